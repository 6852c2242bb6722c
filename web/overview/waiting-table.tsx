import type { Waiting } from '#overview/api.ts'
import { paths } from '#web/paths.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Section } from '#web/ui/page.tsx'
import { DataTable } from '#web/ui/table.tsx'

/** What waits, for whom, since when; what waits for the person stands first. */
export function WaitingTable({ waiting }: { waiting: readonly Waiting[] }) {
  const t = useTexts()
  const f = useFormat()
  const me = useMe()
  const words = t.overview.waiting
  const own = ({ who }: Waiting) => who === me?.role
  const rows = [...waiting.filter(own), ...waiting.filter((one) => !own(one))]
  const partyName = (one: Waiting) => (own(one) ? words.you(words.parties[one.who]) : words.parties[one.who])
  if (rows.length === 0) {
    return (
      <Section title={words.title}>
        <p>{words.none}</p>
      </Section>
    )
  }
  return (
    <Section title={words.title}>
      <DataTable
        caption={words.title}
        rows={rows}
        rowKey={(one) => `${one.who}:${one.what}`}
        rowTone={(one) => (own(one) ? 'own' : undefined)}
        columns={[
          { id: 'who', name: words.who, cell: partyName, width: 'w-56' },
          {
            id: 'what',
            name: words.what,
            rowHead: true,
            cell: (one) => <Link href={paths.register(one.filter)}>{words.sentences[one.what]}</Link>,
          },
          {
            id: 'count',
            name: words.count,
            align: 'right',
            cell: (one) => <b>{t.overview.cases(f.number(one.count))}</b>,
          },
          {
            id: 'oldest',
            name: words.oldest,
            align: 'right',
            width: 'lg:w-64',
            cell: (one) => (one.oldest === null ? words.noDate : f.waiting(one.oldest)),
          },
        ]}
      />
    </Section>
  )
}
