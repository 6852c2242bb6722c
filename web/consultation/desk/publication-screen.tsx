import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { useState } from 'react'

import type { Consultation, Publication, PublicationBody, Published } from '#consultation/desk/api.ts'
import { findNames } from '#consultation/desk/names.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { MainAndAside, Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextArea, TextField } from '#web/ui/text-field.tsx'

import { consultationQuery, publicationQuery } from './calls.ts'
import { ItemsField } from './items-field.tsx'
import { type Found, NamesLeft } from './names-left.tsx'

type Text = PublicationBody
const fields = ['title', 'question', 'answer'] as const

/** The text that is published of an answer: apart from the thread, and without the names of who asked. */
export function PublicationScreen() {
  const { id } = useParams({ from: '/consultations/$id/publication' })
  const consultation = useQuery(consultationQuery(id))
  const publication = useQuery(publicationQuery(id))
  return (
    <Loaded query={consultation}>
      {(one) => (
        <Loaded query={publication}>{(text) => <Shown key={text.version} one={one} publication={text} />}</Loaded>
      )}
    </Loaded>
  )
}

function Shown({ one, publication }: { one: Consultation; publication: Publication }) {
  const t = useTexts()
  const words = t.desk.publication
  return (
    <Page
      title={words.title}
      lead={words.lead}
      crumbs={[
        { name: t.desk.arrived, href: paths.consultations() },
        { name: one.subject, href: paths.consultation(one.id) },
      ]}
    >
      {one.publishable.ok ? <Editor one={one} publication={publication} /> : <Empty why={words.notNow} />}
    </Page>
  )
}

const foundIn = (text: Text, names: Publication['names']): Found[] =>
  fields.flatMap((field) =>
    findNames(text[field], names).map((hit) => ({
      ...hit,
      field,
      confirmed: text.confirmed.some((c) => c.kind === hit.kind && c.name === hit.name),
    })),
  )

function Editor({ one, publication }: { one: Consultation; publication: Publication }) {
  const t = useTexts()
  const words = t.desk.publication
  const f = useFormat()
  const { title, question, answer, items, confirmed } = publication
  const [text, setText] = useState<Text>({ title, question, answer, items, confirmed })
  const [asking, setAsking] = useState(false)
  const set = (part: Partial<Text>) => setText({ ...text, ...part })
  const hits = foundIn(text, publication.names)
  const left = hits.filter((hit) => !hit.confirmed).length
  const { saving, publishing } = useSave(one, publication, text)
  const refused = publishing.data?.ok === false
  return (
    <MainAndAside
      main={
        <form
          noValidate
          className="flex flex-col gap-6"
          onSubmit={(e) => {
            e.preventDefault()
            setAsking(true)
          }}
        >
          <TextField
            label={words.entryTitle}
            requirement="required"
            width="full"
            maxLength={200}
            value={text.title}
            onChange={(v) => set({ title: v })}
          />
          <TextArea
            label={words.question}
            requirement="required"
            width="full"
            rows={7}
            value={text.question}
            onChange={(v) => set({ question: v })}
          />
          <TextArea
            label={words.answer}
            requirement="required"
            width="full"
            rows={10}
            value={text.answer}
            onChange={(v) => set({ answer: v })}
          />
          <ItemsField value={text.items} edition={publication.edition} onChange={(v) => set({ items: v })} />
          {saving.isError && <Problem error={saving.error} takesFocus />}
          {publishing.isError && <Problem error={publishing.error} takesFocus />}
          {refused && <Notice kind="error" title={words.refused} takesFocus />}
          <div className="flex flex-wrap items-start gap-4">
            <Button
              type="submit"
              look="filled"
              busy={publishing.isPending}
              {...(left > 0 ? { blockedBecause: words.publishBlocked(f.number(left)) } : {})}
            >
              {words.publish}
            </Button>
            <Button busy={saving.isPending} onPress={() => saving.mutate()}>
              {words.save}
            </Button>
          </div>
          <ConfirmDialog
            open={asking}
            onClose={() => setAsking(false)}
            title={words.publishAsk}
            deed={words.publish}
            busy={publishing.isPending}
            onDeed={() => {
              setAsking(false)
              publishing.mutate()
            }}
          >
            {words.publishText}
          </ConfirmDialog>
        </form>
      }
      aside={<NamesLeft hits={hits} neutral={publication.neutral} text={text} onChange={set} />}
      asideName={words.names}
    />
  )
}

/** What is published is what was saved: publishing saves first. */
function useSave(one: Consultation, publication: Publication, text: Text) {
  const router = useRouter()
  const queryClient = useQueryClient()
  const key = publicationQuery(one.id).queryKey
  const keep = () =>
    api.put<Publication>(`/consultations/${one.id}/publication`, text, { version: publication.version })
  const saving = useMutation({ mutationFn: keep, onSuccess: (now) => queryClient.setQueryData(key, now) })
  const publishing = useMutation({
    mutationFn: async (): Promise<Published> => {
      const { version } = await keep()
      return api.post<Published>(`/consultations/${one.id}/publish`, undefined, { version })
    },
    onSuccess: async (published) => {
      await queryClient.invalidateQueries({ queryKey: ['collection'] })
      await queryClient.invalidateQueries({ queryKey: ['consultations'] })
      if (published.ok) router.history.push(paths.collectionEntry(published.id))
    },
  })
  return { saving, publishing }
}
