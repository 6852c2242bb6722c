import { useQuery } from '@tanstack/react-query'

import type { SimilarAnswer } from '#consultation/desk/api.ts'
import { paths } from '#web/paths.ts'
import { useSettled } from '#web/register/use-settled.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { LongText } from '#web/ui/long-text.tsx'

import { similarAnswersQuery } from './calls.ts'

type Props = {
  text: string
  /** Offers to copy an answer into what is being written; nothing is copied by itself. */
  onUse?: (answer: SimilarAnswer) => void
}

/** Published answers like what is being written, once the typing pauses. Nothing is shown where nothing is alike. */
export function SimilarAnswers({ text, onUse }: Props) {
  const words = useTexts().desk.similar
  const f = useFormat()
  const settled = useSettled(text.trim().slice(0, 5000), 600)
  const found = useQuery({ ...similarAnswersQuery(settled), enabled: settled.length >= 6 })
  const similar = settled.length >= 6 ? (found.data?.similar ?? []) : []
  return (
    <>
      <p role="status" className="sr-only">
        {similar.length > 0 && words.found(f.number(similar.length))}
      </p>
      {similar.length > 0 && (
        <section aria-label={words.title} className="rounded-8 border-2 border-blue-900 bg-white p-5">
          <h2 className="text-std-18B-160">{words.title}</h2>
          <p className="mt-1 text-note">{onUse === undefined ? words.lead : words.deskLead}</p>
          <ul className="mt-3">
            {similar.map((one) => (
              <Similar key={one.id} one={one} onUse={onUse} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Similar({ one, onUse }: { one: SimilarAnswer; onUse: Props['onUse'] }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.desk
  return (
    <li className="border-t border-solid-gray-200 py-3">
      <Link href={paths.collectionEntry(one.id)} bold>
        {one.title}
      </Link>
      <p className="text-note text-solid-gray-700">
        {t.ui.list([
          words.collection.kinds[one.kind],
          one.number,
          words.collection.publishedOn(f.date(one.publishedAt)),
        ])}
      </p>
      <div lang="ja" className="mt-1 text-note">
        <LongText text={one.answer} />
      </div>
      {onUse !== undefined && (
        <div className="mt-2">
          <Button look="text" size="small" label={words.similar.useOf(one.title)} onPress={() => onUse(one)}>
            {words.similar.use}
          </Button>
        </div>
      )}
    </li>
  )
}
