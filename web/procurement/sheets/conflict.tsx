import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/notice.tsx'

type Props = {
  fields: readonly { readonly name: string; readonly mine: string; readonly theirs: string }[]
  onTheirs: () => void
  onMine: () => void
}

/** Somebody else was first: both versions, and which is to stay. */
export function Conflict({ fields, onTheirs, onMine }: Props) {
  const t = useTexts().procurement.conflict
  return (
    <Notice
      kind="attention"
      level={3}
      title={t.title}
      takesFocus
      action={
        <>
          <Button size="medium" onPress={onTheirs}>
            {t.keepTheirs}
          </Button>
          <Button size="medium" onPress={onMine}>
            {t.useMine}
          </Button>
        </>
      }
    >
      <p className="mb-2">{t.lead}</p>
      {fields
        .filter(({ mine, theirs }) => mine !== theirs)
        .map(({ name, mine, theirs }) => (
          <dl key={name} className="mb-2 grid gap-x-4 text-note sm:grid-cols-2">
            <div>
              <dt className="font-700">
                {name} {t.theirs}
              </dt>
              <dd className="whitespace-pre-wrap">{theirs}</dd>
            </div>
            <div>
              <dt className="font-700">
                {name} {t.mine}
              </dt>
              <dd className="whitespace-pre-wrap">{mine}</dd>
            </div>
          </dl>
        ))}
    </Notice>
  )
}
