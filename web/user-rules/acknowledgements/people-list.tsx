import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'

import type { Followed, showns, StaffPage, StaffRow } from '#user-rules/acknowledgements/api.ts'
import { api, apiAddress } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Section } from '#web/ui/page.tsx'
import { Pager } from '#web/ui/pager.tsx'
import { Select } from '#web/ui/select.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { useCursors } from '#web/ui/use-cursors.ts'

type Shown = (typeof showns)[number]
const order: readonly Shown[] = ['missing', 'over', 'earlier', 'never', 'wording', 'this']

/** The people behind the counts, read page by page. */
export function PeopleList({ followed, show }: { followed: Followed; show: string }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.staffRules.following
  const router = useRouter()
  const { language } = useLanguage()
  const shown = order.find((one) => one === show) ?? 'missing'
  const asked = { rule: followed.rule.ruleId, organisation: followed.organisation.id, show: shown }
  return (
    <Section
      title={words.people(pick(followed.organisation.name))}
      aside={
        <ButtonLink
          href={apiAddress('/acknowledgements/people.csv', { ...asked, language })}
          size="medium"
          icon="download"
          download
        >
          {words.csv}
        </ButtonLink>
      }
    >
      <div className="mb-4">
        <Select
          label={words.show}
          width="long"
          value={shown}
          onChange={(next) => router.history.replace(paths.acknowledgements({ ...asked, show: next }))}
          choices={order.map((id) => ({ id, name: words.shows[id] }))}
        />
      </div>
      <People key={shown} asked={asked} />
    </Section>
  )
}

function People({ asked }: { asked: { rule: string; organisation: string; show: Shown } }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.staffRules.following
  const { cursor, turning } = useCursors()
  const people = useQuery({
    queryKey: ['acknowledgement-people', asked, cursor],
    queryFn: ({ signal }) =>
      api.get<StaffPage>('/acknowledgements/people', { signal, query: { ...asked, cursor, limit: 50 } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Loaded query={people}>
      {({ items, next }) =>
        items.length === 0 ? (
          <Empty why={words.nobody} todo={words.nobodyTodo} />
        ) : (
          <>
            <DataTable<StaffRow>
              caption={words.shows[asked.show]}
              rows={items}
              rowKey={({ id }) => id}
              rowName={({ name }) => pick(name)}
              columns={[
                { id: 'post', name: words.post, cell: (p) => pick(p.post), rowHead: true },
                { id: 'name', name: words.name, cell: (p) => pick(p.name) },
                { id: 'unit', name: words.unit, cell: (p) => pick(p.organisation) },
                {
                  id: 'state',
                  name: words.state,
                  cell: (p) =>
                    p.number === null || p.at === null
                      ? words.states[p.standing]
                      : t.ui.named(words.states[p.standing], words.acknowledged(p.number, f.date(p.at))),
                },
                { id: 'due', name: words.due, cell: (p) => <Due person={p} /> },
              ]}
            />
            <Pager {...turning(next)} />
          </>
        )
      }
    </Loaded>
  )
}

function Due({ person }: { person: StaffRow }) {
  const t = useTexts()
  const f = useFormat()
  if (person.standing === 'this' || person.standing === 'wording') return t.words.absences['not-applicable']
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {f.date(person.dueOn)}
      {person.over && <Tag tone="error">{t.staffRules.following.over}</Tag>}
    </span>
  )
}
