import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'

import type { CollectionEntry } from '#consultation/desk/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { useItemNames } from './items-field.tsx'
import { collectionEntryQuery } from './calls.ts'

/** One published answer or advice. Of a withdrawn one the reason stands in place of the text. */
export function CollectionEntryScreen() {
  const { id } = useParams({ from: '/collection/$id' })
  return <Loaded query={useQuery(collectionEntryQuery(id))}>{(entry) => <Shown entry={entry} />}</Loaded>
}

function Shown({ entry }: { entry: CollectionEntry }) {
  const t = useTexts()
  const words = t.desk.collection
  const f = useFormat()
  return (
    <Page
      title={entry.title}
      crumbs={[{ name: words.title, href: paths.collection() }]}
      lead={
        <span className="flex flex-wrap items-center gap-2">
          <Tag tone={entry.kind === 'advice' ? 'blue' : 'quiet'}>{words.kinds[entry.kind]}</Tag>
          {entry.withdrawn && <Tag tone="attention">{words.withdrawn}</Tag>}
          <span>{t.ui.list([entry.number, words.publishedOn(f.date(entry.publishedAt))])}</span>
        </span>
      }
      actions={entry.mayWithdraw ? <Withdraw entry={entry} /> : undefined}
    >
      {entry.withdrawn ? (
        <Notice kind="attention" title={words.withdrawnOn(f.date(entry.withdrawn.at))}>
          {entry.withdrawn.because}
        </Notice>
      ) : (
        <div className="narrow-column">
          <Section title={entry.kind === 'advice' ? words.caseAbout : words.question}>
            <p lang="ja" className="whitespace-pre-wrap">
              {entry.question}
            </p>
          </Section>
          <Section title={entry.kind === 'advice' ? words.advice : words.answer}>
            <p lang="ja" className="whitespace-pre-wrap">
              {entry.answer}
            </p>
            <p className="mt-4 text-note text-solid-gray-700">{words.notice}</p>
          </Section>
          <Items entry={entry} />
        </div>
      )}
    </Page>
  )
}

function Items({ entry: { items, catalog } }: { entry: CollectionEntry }) {
  const t = useTexts()
  const words = t.desk.collection
  const names = useItemNames(
    catalog === null ? { catalog: '', edition: '' } : { catalog: catalog.id, edition: catalog.edition },
    catalog !== null,
  )
  return (
    <Section title={words.items}>
      {items.length === 0 || catalog === null ? (
        <p>{words.noItems}</p>
      ) : (
        <>
          <ul className="flex flex-col gap-1">
            {items.map((item) => (
              <li key={item}>
                <Link href={paths.collection({ item })}>{names.get(item) ?? item}</Link>
              </li>
            ))}
          </ul>
          <p className="mt-2 text-note text-solid-gray-700">{t.catalog.shortEdition(catalog.id, catalog.edition)}</p>
        </>
      )}
    </Section>
  )
}

function Withdraw({ entry }: { entry: CollectionEntry }) {
  const words = useTexts().desk.collection
  const queryClient = useQueryClient()
  const [open, setOpen] = useState(false)
  const [because, setBecause] = useState('')
  const withdraw = useMutation({
    mutationFn: () => api.post(`/collection/${entry.id}/withdraw`, { because }),
    onSuccess: async () => {
      setOpen(false)
      await queryClient.invalidateQueries({ queryKey: ['collection'] })
      await queryClient.invalidateQueries({ queryKey: ['consultations'] })
    },
  })
  return (
    <>
      <Button tone="danger" size="medium" onPress={() => setOpen(true)}>
        {words.withdraw}
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={words.withdrawAsk}
        deed={words.withdraw}
        tone="danger"
        busy={withdraw.isPending}
        blockedBecause={because.trim() === '' ? words.needWhy : undefined}
        onDeed={() => withdraw.mutate()}
      >
        <p className="mb-4">{words.withdrawText}</p>
        <TextArea
          label={words.withdrawWhy}
          requirement="required"
          width="full"
          rows={3}
          value={because}
          onChange={setBecause}
        />
        {withdraw.isError && <Problem error={withdraw.error} />}
      </ConfirmDialog>
    </>
  )
}
