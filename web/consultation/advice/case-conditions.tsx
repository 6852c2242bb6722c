import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Advice, Condition } from '#consultation/advice/api.ts'
import type { ConditionInput } from '#consultation/advice/model.ts'
import type { CaseDetail } from '#consultation/board/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { DataTable } from '#web/ui/table.tsx'

import { adviceChanged } from './calls.ts'
import { ConditionForm } from './condition-form.tsx'
import { Due, EffectWord, StateTag, useOwner } from './condition-words.tsx'

type Open = { readonly what: 'add' } | { readonly what: 'edit'; readonly condition: Condition }

/** The conditions of a case; while they are drafted, with what is done to them. */
export function CaseConditions({ all, caseDetail }: { all: Advice; caseDetail: CaseDetail }) {
  const t = useTexts()
  const words = t.advice
  const queryClient = useQueryClient()
  const [open, setOpen] = useState<Open>()
  const base = `/board/cases/${all.caseId}/advice/conditions`
  const save = useMutation({
    mutationFn: (condition: ConditionInput) =>
      open?.what === 'edit'
        ? api.put(`${base}/${open.condition.id}`, condition, { version: open.condition.version })
        : api.post(base, condition),
    onSuccess: async () => {
      await adviceChanged(queryClient)
      setOpen(undefined)
    },
  })
  const remove = useMutation({
    mutationFn: (condition: Condition) => api.delete(`${base}/${condition.id}`, { version: condition.version }),
    onSuccess: () => adviceChanged(queryClient),
  })
  const drafting = all.may.draft && all.advice?.state !== 'adopted'
  if (all.advice === null && !drafting) return null
  return (
    <div className="mt-6">
      {all.conditions.length === 0 ? (
        <p>{words.noConditions}</p>
      ) : (
        <ConditionsTable
          conditions={all.conditions}
          {...(drafting
            ? { onEdit: (condition) => setOpen({ what: 'edit', condition }), onRemove: (one) => remove.mutate(one) }
            : {})}
        />
      )}
      {remove.isError && <Problem error={remove.error} takesFocus />}
      {drafting && open === undefined && (
        <div className="mt-4">
          <Button size="medium" icon="plus" onPress={() => setOpen({ what: 'add' })}>
            {words.add}
          </Button>
        </div>
      )}
      {open !== undefined && (
        <div className="mt-4">
          <ConditionForm
            key={open.what === 'edit' ? open.condition.id : 'new'}
            title={
              open.what === 'edit' ? words.form.titleEdit(formatNumber(open.condition.position)) : words.form.titleNew
            }
            organisation={caseDetail.organisation}
            before={open.what === 'edit' ? open.condition : undefined}
            busy={save.isPending}
            failure={save.error}
            onSave={(condition) => save.mutate(condition)}
            onCancel={() => {
              save.reset()
              setOpen(undefined)
            }}
          />
        </div>
      )}
    </div>
  )
}

type TableProps = {
  conditions: readonly Condition[]
  onEdit?: (condition: Condition) => void
  onRemove?: (condition: Condition) => void
}

function ConditionsTable({ conditions, onEdit, onRemove }: TableProps) {
  const t = useTexts()
  const pick = usePick()
  const owner = useOwner()
  const words = t.advice.columns
  const name = (c: Condition) => formatNumber(c.position)
  return (
    <DataTable
      caption={t.advice.title}
      rows={conditions}
      rowKey={({ id }) => id}
      columns={[
        { id: 'number', name: words.number, align: 'right', cell: name, width: 'w-12' },
        {
          id: 'condition',
          name: words.condition,
          rowHead: true,
          cell: (c) =>
            c.binding ? (
              <Link href={paths.boardConditions({ case: c.caseId, open: c.id })}>{pick(c.text)}</Link>
            ) : (
              pick(c.text)
            ),
        },
        { id: 'effect', name: words.effect, cell: (c) => <EffectWord effect={c.effect} /> },
        { id: 'stage', name: words.stage, cell: (c) => t.fields.codes.stage[c.stage] },
        { id: 'owner', name: words.owner, cell: owner },
        { id: 'due', name: words.due, cell: (c) => <Due day={c.dueOn} /> },
        { id: 'evidence', name: words.evidence, cell: (c) => c.evidenceWanted },
        onEdit && onRemove
          ? {
              id: 'deeds',
              name: words.deeds,
              cell: (c: Condition) => (
                <span className="flex flex-wrap gap-2">
                  <Button look="text" size="small" label={t.advice.editOf(name(c))} onPress={() => onEdit(c)}>
                    {t.advice.edit}
                  </Button>
                  <Button look="text" size="small" label={t.advice.removeOf(name(c))} onPress={() => onRemove(c)}>
                    {t.advice.remove}
                  </Button>
                </span>
              ),
            }
          : { id: 'state', name: words.state, cell: (c: Condition) => <StateTag condition={c} /> },
      ]}
    />
  )
}
