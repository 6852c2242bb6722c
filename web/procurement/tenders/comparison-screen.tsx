import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'

import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page, Section } from '#web/ui/page.tsx'

import { AwardPanel } from './award-panel.tsx'
import { BiddersPanel } from './bidders-panel.tsx'
import { comparisonQuery, tenderQuery } from './calls.ts'
import { ComparisonTable } from './comparison-table.tsx'

/** Suppliers of one procurement: who was asked, what they answered side by side, how it was evaluated, who was chosen. */
export function ComparisonScreen() {
  const { tenders, procurement } = useTexts()
  const t = tenders.compare
  const { id } = useParams({ from: '/procurement/$id/comparison' })
  const tender = useQuery(tenderQuery(id))
  const comparison = useQuery(comparisonQuery(id))
  const head = tender.data?.procurement
  return (
    <Page
      title={t.title}
      {...(head ? { lead: `${head.number} ${head.title}` } : {})}
      crumbs={[
        { name: procurement.title, href: paths.procurements() },
        { name: head?.number ?? t.back, href: paths.procurement(id) },
      ]}
      wide
    >
      <Loaded query={tender}>{(data) => <BiddersPanel tender={data} />}</Loaded>
      <Loaded query={comparison}>
        {(data) =>
          data.bidders.length === 0 || data.items.length === 0 ? null : (
            <>
              <Section title={t.table}>
                <ComparisonTable comparison={data} />
              </Section>
              <Section title={t.award.title}>
                <AwardPanel comparison={data} />
              </Section>
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
