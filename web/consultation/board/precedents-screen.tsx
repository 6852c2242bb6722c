import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'

import type { Precedents } from '#consultation/board/api.ts'
import { fieldOf } from '#register/fields.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Checkbox } from '#web/ui/choices.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'
import { Select } from '#web/ui/select.tsx'

import { PrecedentList } from './precedent-list.tsx'
import { axisMark } from './words.ts'

const axes = ['axis-a', 'axis-b', 'axis-c', 'axis-d'] as const
const any = 'any'

/** Earlier cases by the states of their axes and by field of work. */
export function PrecedentsScreen() {
  const t = useTexts()
  const router = useRouter()
  const search = useSearch({ strict: false })
  const words = t.docket.precedents
  const query: Record<string, string> = Object.fromEntries(
    [...axes, 'field', 'advised'].map((name) => [name, oneOf(search, name)]),
  )
  const go = (name: string, value: string) =>
    router.history.replace(paths.precedents({ ...query, [name]: value === any ? '' : value }))
  const asked = axes.flatMap((id) => (query[id] ? [`${id}:${query[id]}`] : []))
  const found = useQuery({
    queryKey: ['board-cases', 'precedents', query],
    queryFn: ({ signal }) =>
      api.get<Precedents>('/board/precedents', {
        signal,
        query: { axes: asked.join(','), fieldOfWork: query['field'], advised: query['advised'] },
      }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title={words.title}
      lead={words.lead}
      crumbs={[
        { name: t.shell.product, href: paths.overview() },
        { name: t.docket.list.caption, href: paths.docket() },
      ]}
    >
      <div className="mb-6 flex flex-wrap items-end gap-4">
        {axes.map((id) => (
          <Select
            key={id}
            label={words.axis(axisMark(id))}
            width="short"
            value={query[id] || any}
            onChange={(value) => go(id, value)}
            choices={[
              { id: any, name: words.any },
              ...Object.entries(words.states).map(([state, name]) => ({ id: state, name })),
            ]}
          />
        ))}
        <Select
          label={words.field}
          width="medium"
          value={query['field'] || any}
          onChange={(value) => go('field', value)}
          choices={[
            { id: any, name: words.any },
            ...(fieldOf('field-of-work').codes ?? []).map((code) => ({
              id: code,
              name: t.fields.codes['field-of-work'][code as keyof (typeof t.fields.codes)['field-of-work']],
            })),
          ]}
        />
        <Checkbox
          chosen={query['advised'] === 'yes'}
          onChange={(chosen) => go('advised', chosen ? 'yes' : '')}
          label={words.onlyAdvised}
        />
      </div>
      <Loaded query={found}>
        {({ items }) => (items.length === 0 ? <Empty why={words.noneListed} /> : <PrecedentList items={items} />)}
      </Loaded>
    </Page>
  )
}
