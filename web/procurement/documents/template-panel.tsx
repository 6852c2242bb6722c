import { useMutation, useQueryClient } from '@tanstack/react-query'

import type { Template, TemplateSlot } from '#procurement/documents/api.ts'
import type { TemplateFault } from '#procurement/documents/model.ts'
import { api, apiAddress, ApiError, upload } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { FileField } from '#web/ui/file-field.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink } from '#web/ui/link.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { templatesQuery } from './calls.ts'

type Props = { slot: TemplateSlot; limit: number; may: boolean }

const addressOf = ({ kind, language }: TemplateSlot, template?: string): string =>
  apiAddress(`/templates/${kind}/${language}`, template === undefined ? {} : { template })

/** What is in force, a way to hand in another, and every version. */
export function TemplatePanel({ slot, limit, may }: Props) {
  const t = useTexts().documents.templates
  const f = useFormat()
  const queryClient = useQueryClient()
  const again = () => queryClient.invalidateQueries({ queryKey: templatesQuery.queryKey })
  const add = useMutation({
    mutationFn: (file: File) =>
      upload<{ id: string; number: number }>(`/templates/${slot.kind}/${slot.language}`, file),
    onSuccess: again,
  })
  const choose = useMutation({
    mutationFn: (template: string | null) =>
      api.post('/templates/choice', { kind: slot.kind, language: slot.language, template, seen: slot.inForce }),
    onSuccess: again,
  })
  const now = slot.templates.find((template) => template.id === slot.inForce)
  return (
    <>
      <p className="flex flex-wrap items-center gap-3">
        <Tag tone="success">{t.inForce}</Tag>
        <b>{now ? `${t.number} ${now.number}：${now.fileName}` : t.house}</b>
        {!now && <span className="text-note text-solid-gray-700">{t.houseHelp}</span>}
      </p>
      <div className="mt-4 flex flex-wrap gap-3">
        <ButtonLink href={addressOf(slot, now?.id)} icon="download" size="medium" download>
          {t.download}
        </ButtonLink>
        {now && (
          <ButtonLink href={addressOf(slot)} look="text" size="medium" download>
            {t.downloadHouse}
          </ButtonLink>
        )}
        {now && may && (
          <Button look="text" size="medium" busy={choose.isPending} onPress={() => choose.mutate(null)}>
            {t.useHouse}
          </Button>
        )}
      </div>
      {may && (
        <div className="mt-6 max-w-200">
          <FileField
            label={t.upload}
            help={t.uploadHelp(f.bytes(limit))}
            accept=".docx"
            choose={t.upload}
            drop=""
            busy={add.isPending}
            onFile={(file) => add.mutate(file)}
          />
        </div>
      )}
      <div className="mt-4">
        {add.isSuccess && <Notice kind="success" title={t.added(String(add.data.number))} takesFocus />}
        {add.isError && <TemplateProblem error={add.error} />}
        {choose.isSuccess && !add.isSuccess && <Notice kind="success" title={t.chosen} takesFocus />}
        {choose.isError && <ChoiceProblem error={choose.error} />}
      </div>
      <div className="mt-8">
        <Section title={t.history}>
          {slot.templates.length === 0 ? (
            <p>{t.noHistory}</p>
          ) : (
            <Versions slot={slot} may={may} busy={choose.isPending} onUse={(id) => choose.mutate(id)} />
          )}
        </Section>
      </div>
    </>
  )
}

type VersionsProps = { slot: TemplateSlot; may: boolean; busy: boolean; onUse: (id: string) => void }

function Versions({ slot, may, busy, onUse }: VersionsProps) {
  const t = useTexts().documents
  const f = useFormat()
  const pick = usePick()
  const columns: readonly Column<Template>[] = [
    { id: 'number', name: t.templates.number, rowHead: true, cell: ({ number }) => <b>{number}</b> },
    { id: 'file', name: t.templates.file, cell: ({ fileName, bytes }) => `${fileName}（${f.bytes(bytes)}）` },
    { id: 'at', name: t.columns.at, cell: ({ at }) => f.dateTime(at) },
    { id: 'by', name: t.columns.by, cell: ({ by }) => (by === null ? '–' : pick(by)) },
    {
      id: 'state',
      name: t.templates.state,
      cell: ({ id }) => (id === slot.inForce ? <Tag tone="success">{t.templates.inForce}</Tag> : '–'),
    },
    {
      id: 'deed',
      name: t.templates.deed,
      cell: ({ id, number }) => (
        <span className="flex flex-wrap gap-2">
          <ButtonLink href={addressOf(slot, id)} look="text" size="small" download>
            {t.templates.downloadOf(String(number))}
          </ButtonLink>
          {may && id !== slot.inForce && (
            <Button size="small" busy={busy} onPress={() => onUse(id)}>
              {t.templates.use(String(number))}
            </Button>
          )}
        </span>
      ),
    },
  ]
  return <DataTable caption={t.templates.versions} columns={columns} rows={slot.templates} rowKey={({ id }) => id} />
}

function ChoiceProblem({ error }: { error: unknown }) {
  const t = useTexts().documents.templates
  if (error instanceof ApiError && error.code === 'changed-meanwhile')
    return <Notice kind="attention" title={t.seenElsewhere} takesFocus />
  return <Problem error={error} takesFocus />
}

/** What is wrong with the template, where, and what to do; nothing was stored. */
function TemplateProblem({ error }: { error: unknown }) {
  const t = useTexts().documents
  if (!(error instanceof ApiError)) return <Problem error={error} takesFocus />
  const faults = error.params['template']
  if (Array.isArray(faults)) return <TemplateFaults faults={faults as readonly TemplateFault[]} />
  const words = t.templates.fileFaults[String(error.params['fault'])]
  if (!words) return <Problem error={error} takesFocus />
  return (
    <Notice kind="error" title={words.what} takesFocus>
      {words.todo} {t.templates.nothing}
    </Notice>
  )
}

function TemplateFaults({ faults }: { faults: readonly TemplateFault[] }) {
  const t = useTexts().documents
  const wordsOf = (fault: TemplateFault) => {
    const word = t.templateFaults[fault.code] as (found: TemplateFault) => { what: string; todo: string }
    return word(fault)
  }
  return (
    <Notice kind="error" title={t.templates.faults(String(faults.length))} takesFocus>
      <ul className="list-disc pl-6">
        {faults.map((fault) => {
          const { what, todo } = wordsOf(fault)
          return (
            <li key={`${what} ${todo}`}>
              <b>{what}</b> {todo}
            </li>
          )
        })}
      </ul>
      <p className="mt-2">{t.templates.nothing}</p>
    </Notice>
  )
}
