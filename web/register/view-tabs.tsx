import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { api } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Tabs } from '#web/ui/tabs.tsx'

import { savedViewsQuery, usesCountQuery } from './calls.ts'
import { readQuery, type RegisterQuery, sameFilter, wholeRegister } from './query.ts'
import { SaveView } from './save-view.tsx'

type Props = {
  query: RegisterQuery
  /** Counts come after the rows. */
  counting: boolean
  onGo: (query: RegisterQuery) => void
  children: ReactNode
}

/** Ways of looking at the register: those everybody has, then the person's own. */
export function ViewTabs({ query, counting, onGo, children }: Props) {
  const t = useTexts()
  const words = t.register.list.views
  const queryClient = useQueryClient()
  const saved = useQuery(savedViewsQuery)
  const remove = useMutation({
    mutationFn: (id: string) => api.delete(`/saved-views/${id}`),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: savedViewsQuery.queryKey })
      onGo(wholeRegister)
    },
  })
  const views: readonly { id: string; name: string; query: RegisterQuery; own?: true }[] = [
    { id: 'all', name: words.all, query: wholeRegister },
    { id: 'consult', name: words.consult, query: { ...wholeRegister, verdict: ['consult-board'] } },
    { id: 'stale', name: words.stale, query: { ...wholeRegister, stale: true } },
    { id: 'cannot-decide', name: words.cannotDecide, query: { ...wholeRegister, verdict: ['cannot-decide'] } },
    { id: 'not-reported', name: words.notReported, query: { ...wholeRegister, verdict: ['not-reported'] } },
    ...(saved.data ?? []).map(({ id, name, query: found }) => ({
      id,
      name,
      query: readQuery(found),
      own: true as const,
    })),
  ]
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
          now === undefined && <SaveView query={query} taken={views.map(({ name }) => name)} />
        )
      }
    >
      {remove.isError && <Problem error={remove.error} />}
      {children}
    </Tabs>
  )
}
