import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'

import type { Consultation } from '#consultation/desk/api.ts'
import { api } from '#web/api.ts'
import { EvidencePanel } from '#web/evidence/evidence-panel.tsx'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'
import { MainAndAside, Page } from '#web/ui/page.tsx'
import { Tag, VerdictTag } from '#web/ui/tags.tsx'

import { consultationQuery } from './calls.ts'
import { Deeds } from './deeds.tsx'
import { DraftView } from './draft-view.tsx'
import { StateTag } from './state-tag.tsx'
import { Thread } from './thread.tsx'

/** One question: its thread, what may be done with it, and what it is about. */
export function ConsultationScreen() {
  const { id } = useParams({ from: '/consultations/$id' })
  return <Loaded query={useQuery(consultationQuery(id))}>{(one) => <Shown one={one} />}</Loaded>
}

function Shown({ one }: { one: Consultation }) {
  const t = useTexts()
  const words = t.desk
  useMarkRead(one)
  const files = <EvidencePanel of={{ kind: 'consultation', id: one.id }} words={words.form.files} />
  return (
    <Page
      title={one.subject}
      crumbs={[{ name: one.side === 'desk' ? words.arrived : words.title, href: paths.consultations() }]}
      lead={
        <span className="flex flex-wrap items-center gap-2">
          <StateTag state={one.state} />
          {one.overdue && <Tag tone="error">{words.list.overdue}</Tag>}
          <span>{one.number ?? words.list.noNumber}</span>
        </span>
      }
    >
      {one.state === 'draft' ? (
        <>
          <DraftView key={one.version} one={one} />
          {files}
        </>
      ) : (
        <MainAndAside
          main={
            <>
              <Thread one={one} />
              <Deeds one={one} />
              {files}
            </>
          }
          aside={<Facts one={one} />}
          asideName={words.deeds.about}
        />
      )}
    </Page>
  )
}

/** The asking side opens an answer by looking at it. */
function useMarkRead({ id, side, unread }: Consultation): void {
  const queryClient = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: () => api.post(`/consultations/${id}/read`, {}),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['navigation-counts'] }),
  })
  useEffect(() => {
    if (side === 'asker' && unread) mutate()
  }, [side, unread, mutate])
}

function Facts({ one }: { one: Consultation }) {
  const t = useTexts()
  const words = t.desk.one
  const pick = usePick()
  const f = useFormat()
  return (
    <Panel title={t.desk.deeds.about}>
      <DefinitionList
        items={[
          {
            term: words.deadline,
            detail:
              one.deadline === null ? (
                t.desk.list.noDeadline
              ) : (
                <>
                  <span className="font-700">{f.deadline(one.deadline)}</span>
                  <span className="block text-note text-solid-gray-700">
                    {one.deadlineBy === 'desk' ? words.byDesk : words.byRule(f.number(one.rule.officeDays))}
                  </span>
                </>
              ),
          },
          { term: words.wishedOn, detail: one.wishedOn === null ? words.noWish : f.deadline(one.wishedOn) },
          {
            term: words.holder,
            detail: one.holder ? pick(one.holder.name) : one.taken ? t.desk.list.ofDesk : t.desk.list.nobody,
          },
          {
            term: words.organisation,
            detail: one.organisation.map((part) => pick(part)).join(' '),
          },
          {
            term: words.askedBy,
            detail: one.askedBy ? `${pick(one.askedBy.post)} ${pick(one.askedBy.name)}` : t.evidence.someone,
          },
          { term: words.system, detail: <System one={one} /> },
          ...(one.entry === null
            ? []
            : [
                {
                  term: words.entry,
                  detail: <Link href={paths.collectionEntry(one.entry.id)}>{one.entry.number}</Link>,
                },
              ]),
        ]}
      />
    </Panel>
  )
}

/** Asking shares the system: its page, and the verdict on each of its uses. */
function System({ one: { system } }: { one: Consultation }) {
  const words = useTexts().desk.one
  if (system === null) return words.noSystem
  return (
    <>
      <Link href={paths.system(system.id)} bold>
        {system.name}
      </Link>
      <span className="block text-note text-solid-gray-700">{system.number}</span>
      <ul className="mt-2 flex flex-col gap-2">
        {system.uses.map((use) => (
          <li key={use.id} className="text-note">
            <Link href={paths.useFinder(use.id)}>{words.finderOf(use.name)}</Link>
            <span className="mt-1 block">
              <VerdictTag
                verdict={use.stale ? 'stale' : (use.verdict as Parameters<typeof VerdictTag>[0]['verdict'])}
              />
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
