import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { DemoState, Removed } from '#demo/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { meQuery } from '#web/shell/session.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { DataTable } from '#web/ui/table.tsx'

import { useOnlyWho } from './policies.ts'

/** What is fictional, and how to be rid of it. */
export function AboutDemoScreen() {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.access.demo
  const queryClient = useQueryClient()
  const demo = useQuery({ queryKey: ['demo'], queryFn: ({ signal }) => api.get<DemoState>('/demo', { signal }) })
  const remove = useMutation({
    mutationFn: () => api.delete<Removed>('/demo'),
    // The person who did it was fictional too: who they are is asked again.
    onSuccess: () => queryClient.removeQueries({ queryKey: meQuery.queryKey }),
  })
  if (remove.isSuccess) {
    const kept = Object.values(remove.data.kept).flat()
    return (
      <Page title={words.title}>
        <Notice
          kind="success"
          title={words.removed(f.number(remove.data.removed))}
          action={<ButtonLink href={paths.signIn()}>{t.problems.signIn}</ButtonLink>}
        >
          <p>{words.removedTodo}</p>
          {remove.data.founded !== null && <p>{words.founded}</p>}
          {kept.length > 0 && <p>{words.kept(t.ui.list(kept.map(pick)))}</p>}
        </Notice>
      </Page>
    )
  }
  return (
    <Page title={words.title} lead={words.lead} crumbs={[{ name: t.shell.product, href: paths.overview() }]}>
      {remove.isError && <Problem error={remove.error} takesFocus />}
      <Loaded query={demo}>
        {(data) =>
          data.present ? (
            <Present demo={data} busy={remove.isPending} onRemove={() => remove.mutate()} />
          ) : (
            <Empty why={words.absent} action={<ButtonLink href={paths.importNew()}>{words.next}</ButtonLink>} />
          )
        }
      </Loaded>
    </Page>
  )
}

function Present({ demo, busy, onRemove }: { demo: DemoState; busy: boolean; onRemove: () => void }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.access.demo
  const [asking, setAsking] = useState(false)
  const rows = Object.entries(demo.counts).map(([kind, count]) => ({ kind, count }))
  const all = f.number(demo.total)
  const only = useOnlyWho('remove-demo')
  return (
    <>
      <p className="mb-4">{words.present(all)}</p>
      <div className="mb-6 max-w-md">
        <DataTable
          caption={words.title}
          neverCards
          rows={rows}
          rowKey={({ kind }) => kind}
          columns={[
            { id: 'kind', name: words.kind, cell: ({ kind }) => words.kinds[kind] ?? kind },
            { id: 'count', name: words.count, align: 'right', cell: ({ count }) => f.number(count) },
          ]}
        />
      </div>
      <Button tone="danger" blockedBecause={only} onPress={() => setAsking(true)}>
        {words.remove(all)}
      </Button>
      <p className="mt-4 text-note text-solid-gray-700">
        {words.command} <code className="font-mono">npm run -s tenbin -- demo remove</code>
      </p>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.removeTitle(all)}
        deed={words.remove(all)}
        onDeed={() => {
          setAsking(false)
          onRemove()
        }}
        tone="danger"
        busy={busy}
        typed={t.ui.typedWord}
      >
        {words.removeText}
      </ConfirmDialog>
    </>
  )
}
