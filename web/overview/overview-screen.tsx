import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'

import type { Overview } from '#overview/api.ts'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { useMe } from '#web/shell/session.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { inTokyo, useFormat } from '#web/ui/format.ts'
import { ButtonLink, Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'

import { Effect } from './effect.tsx'
import { FirstSteps } from './first-steps.tsx'
import { overviewQuery } from './load.ts'
import { NotYetReported } from './not-reported.tsx'
import { WaitingTable } from './waiting-table.tsx'
import { Weighed } from './weighed.tsx'

/** Where the ministry stands: first what waits, then stages and verdicts, what nobody reported, and the effect. */
export function OverviewScreen() {
  const t = useTexts()
  const search = useSearch({ strict: false })
  const me = useMe()
  const query = useQuery(overviewQuery(oneOf(search, 'organisation')))
  const pick = usePick()
  const organisation = query.data?.organisation ?? me?.ministry
  return (
    <Page
      title={organisation === undefined ? t.overview.title : t.overview.heading(pick(organisation.name))}
      crumbs={[{ name: t.shell.product, href: paths.overview() }]}
      lead={query.data && <Lead overview={query.data} />}
      actions={
        <ButtonLink href={paths.imports({ tab: 'export' })} size="medium" icon="download">
          {t.overview.export}
        </ButtonLink>
      }
    >
      <Loaded query={query}>
        {(overview) =>
          overview.uses.count === 0 ? (
            <FirstSteps />
          ) : (
            <>
              <WaitingTable waiting={overview.waiting} />
              <Weighed overview={overview} />
              <NotYetReported overview={overview} />
              <Effect overview={overview} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function Lead({ overview }: { overview: Overview }) {
  const t = useTexts()
  const f = useFormat()
  const { uses, systems, at, edition } = overview
  return (
    <p>
      {t.overview.lead.uses}{' '}
      <Link href={paths.register(uses.filter)} bold>
        {t.overview.lead.count(f.number(uses.count))}
      </Link>
      {t.overview.lead.systems(f.number(systems))}
      {t.overview.separator}
      <span className="keep">{t.overview.lead.at(`${f.proseDate(at)} ${inTokyo(at).time}`)}</span>
      {edition && (
        <>
          {t.overview.separator}
          {t.overview.lead.edition}
          <Link href={paths.catalog(edition.catalog, edition.edition)}>
            {t.catalog.shortEdition(edition.catalog, edition.edition)}
          </Link>
        </>
      )}
    </p>
  )
}
