import { useQuery } from '@tanstack/react-query'

import { useHashTarget } from '#web/catalog/use-hash-target.ts'
import { editionQuery } from '#web/catalog/load.ts'
import { paths } from '#web/paths.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page, Section } from '#web/ui/page.tsx'

import { CombinationTable } from './combination-table.tsx'
import { InForce } from './in-force.tsx'
import { Rejudge } from './rejudge.tsx'
import { UsesToJudge } from './uses-to-judge.tsx'

/** What waits for a verdict, the rules in force with every combination, and judging again under another edition. */
export function FinderOverviewScreen() {
  const t = useTexts()
  const me = useMe()
  const finder = me?.finder ?? null
  const edition = useQuery({
    ...editionQuery(finder?.catalog ?? '', finder?.edition ?? ''),
    enabled: finder !== null,
  })
  useHashTarget(edition.data !== undefined)
  const words = t.finder.home
  return (
    <Page title={words.title} crumbs={[{ name: t.shell.product, href: paths.overview() }]} lead={<p>{words.lead}</p>}>
      <UsesToJudge />
      {finder === null ? (
        <Section title={words.catalog}>
          <p>{words.noCatalog}</p>
        </Section>
      ) : (
        <Loaded query={edition}>
          {({ catalog, digest }) => (
            <>
              <InForce catalog={catalog} digest={digest} />
              <Section title={words.combinations} id="combinations">
                <CombinationTable catalog={catalog} />
              </Section>
              <Rejudge inForce={catalog} />
            </>
          )}
        </Loaded>
      )}
    </Page>
  )
}
