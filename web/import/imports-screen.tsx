import { useQuery } from '@tanstack/react-query'

import type { Import } from '#register/import/api.ts'
import { paths } from '#web/paths.ts'
import { useMe } from '#web/shell/session.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink, Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { importsQuery } from './calls.ts'
import { ExportPanel } from './export-panel.tsx'

/** What came in, with every row accounted for; and what goes out. */
export function ImportsScreen() {
  const t = useTexts()
  const me = useMe()
  const imports = useQuery(importsQuery)
  const words = t.importing.list
  return (
    <Page
      title={t.importing.title}
      crumbs={[{ name: t.shell.product, href: paths.overview() }]}
      actions={
        me?.may.import ? (
          <ButtonLink href={paths.importNew()} look="filled" icon="upload">
            {words.new}
          </ButtonLink>
        ) : (
          <Button blockedBecause={words.blocked}>{words.new}</Button>
        )
      }
    >
      <Section title={words.title}>
        <Loaded query={imports}>{(items) => <ImportList items={items} />}</Loaded>
      </Section>
      <ExportPanel imports={imports.data ?? []} />
    </Page>
  )
}

function ImportList({ items }: { items: readonly Import[] }) {
  const t = useTexts()
  const columns = useColumns()
  if (items.length === 0) return <Empty why={t.importing.list.none} todo={t.importing.list.noneTodo} />
  return <DataTable caption={t.importing.list.title} columns={columns} rows={items} rowKey={({ id }) => id} />
}

const tones = {
  running: 'blue',
  done: 'success',
  cancelled: 'quiet',
  failed: 'error',
  undone: 'quiet',
} as const satisfies Record<Import['state'], string>

export function ImportState({ state }: { state: Import['state'] }) {
  const t = useTexts()
  return <Tag tone={tones[state]}>{t.importing.list.states[state]}</Tag>
}

function useColumns(): readonly Column<Import>[] {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.importing.list.columns
  return [
    {
      id: 'file',
      name: words.file,
      width: 'w-[34%]',
      cell: ({ id, fileName, organisation }) => (
        <>
          <Link href={paths.import(id)} bold>
            {fileName}
          </Link>
          <p className="text-solid-gray-700">{pick(organisation.name)}</p>
        </>
      ),
    },
    { id: 'at', name: words.at, cell: ({ at }) => <span className="keep tabular-nums">{f.dateTime(at)}</span> },
    { id: 'state', name: words.state, cell: ({ state }) => <ImportState state={state} /> },
    { id: 'rows', name: words.rows, align: 'right', cell: ({ rows }) => f.number(rows) },
    { id: 'stored', name: words.stored, align: 'right', cell: ({ stored }) => f.number(stored) },
    { id: 'rejected', name: words.rejected, align: 'right', cell: ({ rejected }) => f.number(rejected) },
    { id: 'by', name: words.by, cell: ({ actor }) => (actor === null ? '' : pick(actor.post)) },
  ]
}
