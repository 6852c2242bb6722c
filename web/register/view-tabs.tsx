import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { api } from '#web/api.ts'
import type { Me } from '#web/shell/session.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Tabs } from '#web/ui/tabs.tsx'

import { savedViewsQuery, usesCountQuery } from './calls.ts'
import { readScoped, registerOf, type RegisterQuery, sameFilter, wholeRegister } from './query.ts'
import { SaveView } from './save-view.tsx'

type Props = {
  ministry: Me['ministry']
  query: RegisterQuery
  /** Counts come after the rows. */
  counting: boolean
  onGo: (query: RegisterQuery) => void
  children: ReactNode
}

type View = { readonly id: string; readonly name: string; readonly query: RegisterQuery; readonly own?: true }

/** Ways of looking at the register: those everybody has, then the person's own. */
export function ViewTabs({ ministry, query, counting, onGo, children }: Props) {
  const t = useTexts()
  const pick = usePick()
  const words = t.register.list.views
  const queryClient = useQueryClient()
  const saved = useQuery(savedViewsQuery)
  const remove = useMutation({
    mutationFn: (id: string) => api.delete(`/saved-views/${id}`),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: savedViewsQuery.queryKey })
      onGo(registerOf(ministry.id))
    },
  })
  const own = registerOf(ministry.id)
  const given: readonly View[] = [
    { id: 'own', name: pick(ministry.name), query: own },
    { id: 'stale', name: words.stale, query: { ...own, stale: true } },
    { id: 'cannot-decide', name: words.cannotDecide, query: { ...own, verdict: ['cannot-decide'] } },
    { id: 'not-reported', name: words.notReported, query: { ...own, verdict: ['not-reported'] } },
    { id: 'all', name: words.everywhere, query: wholeRegister },
  ]
  const kept = (saved.data ?? [])
    .map((view): View => ({ id: view.id, name: view.name, query: readScoped(view.query, ministry.id), own: true }))
    // One that shows the same as a tab that everybody has would stand there twice.
    .filter((view) => given.every((one) => !sameFilter(one.query, view.query)))
  const views = [...given, ...kept]
  const now = views.find((view) => sameFilter(view.query, query))
  const counts = useQueries({ queries: views.map((view) => ({ ...usesCountQuery(view.query), enabled: counting })) })
  const tabs = views.map(({ id, name }, i) => ({ id, name, count: counts[i]?.data?.count }))
  return (
    <Tabs
      label={words.name}
      tabs={now === undefined ? [...tabs, { id: 'current', name: words.current }] : tabs}
      value={now?.id ?? 'current'}
      onChange={(id) => {
        const view = views.find((one) => one.id === id)
        if (view && !sameFilter(view.query, query)) onGo(view.query)
      }}
      aside={
        now?.own ? (
          <Button look="text" size="small" busy={remove.isPending} onPress={() => remove.mutate(now.id)}>
            {words.remove(now.name)}
          </Button>
        ) : (
          now === undefined && <SaveView ministry={ministry.id} query={query} taken={views.map(({ name }) => name)} />
        )
      }
    >
      {remove.isError && <Problem error={remove.error} />}
      {children}
    </Tabs>
  )
}
