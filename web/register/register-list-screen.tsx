import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import type { BulkSelect } from '#register/api-bulk.ts'
import { paths } from '#web/paths.ts'
import { type Me, useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ButtonLink } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'

import { BulkChange } from './bulk-change.tsx'
import { usesCountQuery, usesQuery } from './calls.ts'
import { Conditions } from './conditions.tsx'
import { ListCount } from './list-count.tsx'
import { ListPager } from './list-pager.tsx'
import { NothingToShow } from './nothing-to-show.tsx'
import { changeQuery, readScoped, type RegisterQuery, writeFilter, writeScoped } from './query.ts'
import { SearchForm } from './search-form.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useSelection } from './use-selection.ts'
import { UsesTable } from './uses-table.tsx'
import { ViewTabs } from './view-tabs.tsx'

/** Decides: which uses to open, change together, export. The address holds what is shown. */
export function RegisterListScreen() {
  const me = useMe()
  return me && <RegisterList me={me} />
}

function RegisterList({ me }: { me: Me }) {
  const t = useTexts()
  const words = t.register.list
  const router = useRouter()
  const query = readScoped(useSearch({ strict: false }), me.ministry.id)
  const go = (next: RegisterQuery) => router.history.push(paths.register(writeScoped(next, me.ministry.id)))
  const change = (what: Partial<RegisterQuery>) => go(changeQuery(query, what))

  const page = useQuery(usesQuery(query))
  const count = useQuery({ ...usesCountQuery(query), enabled: page.isSuccess })
  const selection = useSelection(JSON.stringify(writeFilter(query)), page.data?.items ?? [])
  const [changing, setChanging] = useState<BulkSelect | undefined>()

  return (
    <Page
      wide
      title={t.register.title}
      crumbs={[{ name: t.shell.product, href: paths.overview() }]}
      actions={
        changing === undefined && (
          <>
            <ButtonLink href={paths.imports({ export: 'register', ...writeFilter(query) })} size="medium">
              {words.exporting}
            </ButtonLink>
            {me.may.import ? (
              <ButtonLink href={paths.importNew()} size="medium">
                {words.importing}
              </ButtonLink>
            ) : (
              <Button size="medium" blockedBecause={t.importing.list.blocked} reason="hidden">
                {words.importing}
              </Button>
            )}
            {me.may['register-system'] ? (
              <ButtonLink href={paths.registerNew()} look="filled" size="medium" icon="plus">
                {words.new}
              </ButtonLink>
            ) : (
              <Button size="medium" blockedBecause={words.newBlocked}>
                {words.new}
              </Button>
            )}
          </>
        )
      }
    >
      {changing === undefined ? (
        <ViewTabs ministry={me.ministry} query={query} counting={page.isSuccess} onGo={go}>
          <SearchForm key={query.q} q={query.q} onFind={(q) => change({ q })} />
          <Conditions ministry={me.ministry.id} query={query} onChange={change} onGo={go} />
          <SelectionBar
            selection={selection}
            query={query}
            count={count.data?.count}
            onChangeTogether={() =>
              setChanging(selection.all ? { filter: writeFilter(query) } : { ids: [...selection.keys] })
            }
          />
          <ListCount query={query} shown={page.data?.items.length} count={count.data} />
          <Loaded query={page}>
            {(data) =>
              data.items.length === 0 ? (
                <NothingToShow ministry={me.ministry.id} query={query} onGo={go} />
              ) : (
                <>
                  <UsesTable rows={data.items} query={query} selection={selection} onSort={change} />
                  <ListPager query={query} page={data} onChange={change} onReload={() => void page.refetch()} />
                </>
              )
            }
          </Loaded>
        </ViewTabs>
      ) : (
        <BulkChange
          select={changing}
          all={selection.all ? (count.data?.count ?? 0) : selection.keys.size}
          onClose={(changed) => {
            setChanging(undefined)
            if (changed) selection.clear()
          }}
        />
      )}
    </Page>
  )
}
