import type { Consultation, ThreadEntry } from '#consultation/desk/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'
import { useFormat } from '#web/ui/format.ts'
import { Section } from '#web/ui/page.tsx'
import { Tag } from '#web/ui/tags.tsx'

/** What both sides wrote and did, oldest first. */
export function Thread({ one }: { one: Consultation }) {
  const words = useTexts().desk.one
  return (
    <Section title={words.thread}>
      <ol className="flex flex-col gap-4">
        {one.thread.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </Section>
  )
}

function Entry({ entry }: { entry: ThreadEntry }) {
  const t = useTexts()
  const words = t.desk.one
  const f = useFormat()
  const pick = usePick()
  const side = entry.side === 'desk' ? words.deskSide : words.you
  const by = entry.by ? t.ui.named(side, pick(entry.by.name)) : side
  return (
    <li
      className={classes(
        entry.text === null ? 'border-l-4 pl-4' : 'rounded-8 border p-4',
        entry.side === 'desk' ? 'border-blue-900' : 'border-solid-gray-420',
        entry.internal && 'bg-solid-gray-50',
      )}
    >
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-note">
        <span className="font-700">{by}</span>
        <span>{words.types[entry.type]}</span>
        <time className="text-solid-gray-700" dateTime={entry.at}>
          {f.dateTime(entry.at)}
        </time>
        {entry.internal && <Tag tone="quiet">{words.internal}</Tag>}
      </p>
      {entry.to && <p className="mt-1 text-note">{words.handedTo(pick(entry.to.name))}</p>}
      {entry.deadline !== null && <p className="mt-1 font-700">{words.newDeadline(f.deadline(entry.deadline))}</p>}
      {entry.text !== null && (
        <p lang="ja" className="mt-2 whitespace-pre-wrap">
          {entry.text}
        </p>
      )}
    </li>
  )
}
