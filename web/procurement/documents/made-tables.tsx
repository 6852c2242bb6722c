import type { DocumentMade, DocumentsPage } from '#procurement/documents/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Section } from '#web/ui/page.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

type Taken = DocumentsPage['taken'][number]

/** What was made of which version, and which workbooks were taken: newest first. */
export function MadeTables({ page }: { page: DocumentsPage }) {
  const t = useTexts().documents
  const f = useFormat()
  const pick = usePick()
  const same = (made: DocumentMade) =>
    page.stamps.some(({ kind, digest }) => kind === made.kind && digest === made.digest)
  const by = (one: { by: DocumentMade['by'] }) => (one.by === null ? '–' : pick(one.by))
  const made: readonly Column<DocumentMade>[] = [
    { id: 'at', name: t.columns.at, cell: ({ at }) => f.dateTime(at) },
    {
      id: 'document',
      name: t.columns.document,
      rowHead: true,
      cell: (one) => `${t.kinds[one.kind].name} ${t.format[one.format]}（${t.languages[one.language]}）`,
    },
    {
      id: 'version',
      name: t.columns.version,
      cell: (one) => (
        <>
          {one.version} {same(one) && <Tag tone="success">{t.columns.current}</Tag>}
        </>
      ),
    },
    {
      id: 'digest',
      name: t.columns.digest,
      cell: ({ digest }) => <code className="break-all">{digest.slice(0, 12)}</code>,
    },
    {
      id: 'template',
      name: t.columns.template,
      cell: ({ template }) => (template === null ? t.houseTemplate : t.templateNumber(String(template))),
    },
    { id: 'by', name: t.columns.by, cell: by },
  ]
  const taken: readonly Column<Taken>[] = [
    { id: 'at', name: t.columns.at, cell: ({ at }) => f.dateTime(at) },
    { id: 'sheet', name: t.columns.sheet, cell: ({ sheet }) => t.sheets[sheet] },
    { id: 'file', name: t.columns.file, rowHead: true, cell: ({ fileName }) => fileName },
    { id: 'cells', name: t.columns.cells, align: 'right', cell: ({ cells }) => f.number(cells) },
    { id: 'by', name: t.columns.takenBy, cell: by },
  ]
  return (
    <>
      <div className="mt-10">
        <Section title={t.madeTitle}>
          {page.made.length === 0 ? (
            <p>{t.madeNone}</p>
          ) : (
            <DataTable caption={t.madeTitle} columns={made} rows={page.made} rowKey={({ id }) => id} />
          )}
        </Section>
      </div>
      <div className="mt-10">
        <Section title={t.takenTitle}>
          {page.taken.length === 0 ? (
            <p>{t.takenNone}</p>
          ) : (
            <DataTable caption={t.takenTitle} columns={taken} rows={page.taken} rowKey={({ id }) => id} />
          )}
        </Section>
      </div>
    </>
  )
}
