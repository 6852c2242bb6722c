import type { Waiting } from '#overview/api.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Section } from '#web/ui/page.tsx'
import { DataTable } from '#web/ui/table.tsx'

import { waitAddress, waitWords } from './wait-words.ts'

/** What waits, for whom, since when; what waits for the person stands first. */
export function WaitingTable({ waiting }: { waiting: readonly Waiting[] }) {
  const t = useTexts()
  const f = useFormat()
  const me = useMe()
  const words = t.overview.waiting
  const own = ({ who }: Waiting) => who === me?.role
  const rows = [...waiting.filter(own), ...waiting.filter((one) => !own(one))]
  const partyName = (one: Waiting) => {
    const name = one.who === 'bureau' ? words.bureau : t.words.roles[one.who]
    return own(one) ? words.you(name) : name
  }
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
        rowKey={(one) => `${one.who}:${one.screen}:${one.what}:${Object.values(one.filter).join()}`}
        rowTone={(one) => (own(one) ? 'own' : undefined)}
        columns={[
          { id: 'who', name: words.who, cell: partyName, width: 'w-56' },
          {
            id: 'what',
            name: words.what,
            rowHead: true,
            cell: (one) => <Link href={waitAddress(one)}>{waitWords(t, one)}</Link>,
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
