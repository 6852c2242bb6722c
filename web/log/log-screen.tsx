import { useRouter, useSearch } from '@tanstack/react-router'

import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Page } from '#web/ui/page.tsx'
import { Tabs } from '#web/ui/tabs.tsx'

import { LogEntries } from './log-entries.tsx'
import { LogState } from './log-state.tsx'

/** What was done, by whom, newest first; and whether the log can be trusted. Reading only. */
export function LogScreen() {
  const t = useTexts()
  const words = t.log
  const router = useRouter()
  const search = useSearch({ strict: false })
  const shown = oneOf(search, 'show') === 'state' ? 'state' : 'entries'
  return (
    <Page title={words.title} lead={words.lead} crumbs={[{ name: t.shell.product, href: paths.overview() }]}>
      <Tabs
        label={words.tabs.name}
        tabs={(['entries', 'state'] as const).map((id) => ({ id, name: words.tabs[id] }))}
        value={shown}
        onChange={(id) => {
          if (id !== shown) router.history.push(paths.log(id === 'state' ? { show: id } : {}))
        }}
      >
        {shown === 'entries' ? <LogEntries /> : <LogState />}
      </Tabs>
    </Page>
  )
}
