import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { modelsQuery, suppliersQuery } from './calls.ts'
import { ModelsTable } from './models-table.tsx'
import { SuppliersTable } from './suppliers-table.tsx'
import { useSettled } from './use-settled.ts'

/** Which systems use which model of which supplier; each figure leads to the list of them. */
export function ModelsScreen() {
  const t = useTexts()
  const words = t.register.models
  const router = useRouter()
  const search = useSearch({ strict: false })
  const which = oneOf(search, 'show') === 'suppliers' ? 'suppliers' : 'models'
  const [typed, setTyped] = useState(oneOf(search, 'q'))
  const q = useSettled(typed)
  return (
    <Page title={words.title} lead={words.lead} crumbs={[{ name: t.register.title, href: paths.register() }]}>
      <Tabs
        label={words.tabs.name}
        tabs={(['models', 'suppliers'] as const).map((id) => ({ id, name: words.tabs[id] }))}
        value={which}
        onChange={(id) => {
          if (id !== which) router.history.push(paths.models(id === 'suppliers' ? { show: id } : {}))
        }}
      >
        <div className="mb-5">
          <TextField label={words.find} type="search" width="medium" value={typed} onChange={setTyped} />
        </div>
        {which === 'models' ? <Models q={q} /> : <Suppliers q={q} />}
      </Tabs>
    </Page>
  )
}

function Models({ q }: { q: string }) {
  const models = useQuery(modelsQuery(q))
  return <Loaded query={models}>{(rows) => (rows.length === 0 ? <None q={q} /> : <ModelsTable rows={rows} />)}</Loaded>
}

function Suppliers({ q }: { q: string }) {
  const suppliers = useQuery(suppliersQuery(q))
  return (
    <Loaded query={suppliers}>{(rows) => (rows.length === 0 ? <None q={q} /> : <SuppliersTable rows={rows} />)}</Loaded>
  )
}

function None({ q }: { q: string }) {
  const t = useTexts()
  const words = t.register.models
  return q === '' ? <Empty why={words.none} todo={words.noneTodo} /> : <Empty why={words.noResult} />
}
