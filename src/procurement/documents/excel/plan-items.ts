import type { Sheet, SheetItem } from '#procurement/sheets/api.ts'
import type { ItemEdit } from '#procurement/sheets/edit-item.ts'
import { clauseStates, type ClauseState, ways } from '#procurement/sheets/model.ts'
import { type Editable, mayEdit } from '#procurement/sheets/workflow.ts'

import type { ColumnKey, Difference, Form, FormFault } from './model.ts'

/** What a file does to one item: at most one decision and one edit. */
export type ItemDeed = {
  readonly item: string
  readonly version: number
  readonly decision?: { readonly included: boolean | null; readonly reason: string | undefined }
  readonly edit?: ItemEdit
}
export type ItemPlan = { readonly deeds: readonly ItemDeed[]; readonly faults: readonly FormFault[] }

const parts: Readonly<Partial<Record<ColumnKey, Editable>>> = {
  decision: 'decision',
  reason: 'decision',
  requirement: 'requirement',
  chapter: 'requirement',
  evidence: 'requirement',
  verification: 'requirement',
  clauseText: 'clause',
  clauseNumber: 'clause',
  clauseState: 'clause',
  agreedOn: 'clause',
}
const mostEvidence = 20
const mostEvidenceCharacters = 500

/** Turns differences into deeds on items, and names what the rules of the sheet would refuse, before anything is done. */
export function planItems(sheet: Sheet, form: Form, differences: readonly Difference[]): ItemPlan {
  const faults: FormFault[] = []
  const deeds: ItemDeed[] = []
  const byId = Map.groupBy(differences, (difference) => difference.id)
  for (const [id, own] of byId) {
    const item = sheet.items.find((one) => one.item === form.rows.find((row) => row.id === id)?.item)
    if (!item) continue
    for (const { column, cell, name } of own) {
      const part = parts[column]
      if (part && !mayEdit(sheet.state, part)) faults.push({ code: 'state-keeps', cell, state: sheet.state, name })
    }
    const decision = decisionOf(item, form, own, faults)
    const edit = editOf(item, form, own, faults)
    deeds.push({ item: item.item, version: item.version, ...(decision ? { decision } : {}), ...(edit ? { edit } : {}) })
  }
  return { deeds, faults }
}

const find = (own: readonly Difference[], key: ColumnKey) => own.find(({ column }) => column === key)
const codeOf = (form: Form, key: ColumnKey, words: string): string =>
  form.columns.find((column) => column.key === key)?.choices?.find((choice) => choice.words === words)?.code ?? ''

function decisionOf(
  item: SheetItem,
  form: Form,
  own: readonly Difference[],
  faults: FormFault[],
): ItemDeed['decision'] {
  const [decision, reason] = [find(own, 'decision'), find(own, 'reason')]
  if (!decision && !reason) return undefined
  const code = decision ? codeOf(form, 'decision', decision.to) : undefined
  const included = decision ? (code === '' ? null : code === 'include') : item.included
  const words = (reason ? reason.to : (item.reason ?? '')).trim()
  const cell = (reason ?? decision)?.cell ?? ''
  const against =
    (included === true && item.proposal.says === 'leave-out') ||
    (included === false && item.proposal.says !== 'leave-out')
  // A reason without a decision would be lost; so would one that is needed and missing.
  if (words === '' ? against : included === null) faults.push({ code: 'reason-needed', cell, id: own[0]?.id ?? '' })
  return { included, reason: words === '' ? undefined : words }
}

function editOf(item: SheetItem, form: Form, own: readonly Difference[], faults: FormFault[]): ItemEdit | undefined {
  const edit: ItemEdit = {}
  for (const { column, to, cell } of own) {
    if (column === 'requirement' || column === 'chapter' || column === 'clauseText' || column === 'clauseNumber')
      edit[column] = to
    else if (column === 'evidence') edit.evidence = evidenceOf(to, cell, faults)
    else if (column === 'verification') {
      const set = codeOf(form, column, to).split(',')
      edit.verification = ways.filter((way) => set.includes(way))
    } else if (column === 'clauseState') edit.clauseState = stateOf(codeOf(form, column, to))
    else if (column === 'agreedOn') edit.agreedOn = to === '' ? null : to
  }
  const state = edit.clauseState ?? item.clause.state
  const day = edit.agreedOn === undefined ? item.clause.agreedOn : edit.agreedOn
  const touched = find(own, 'clauseState') ?? find(own, 'agreedOn')
  // A day without an agreement, or the other way round: one of them would be lost.
  if (touched && (state === 'agreed') !== (day !== null) && !(state !== 'agreed' && edit.agreedOn === undefined))
    faults.push({ code: 'date-needed', cell: touched.cell, id: touched.id })
  return Object.keys(edit).length > 0 ? edit : undefined
}

const stateOf = (code: string): ClauseState => clauseStates.find((state) => state === code) ?? 'open'

function evidenceOf(text: string, cell: string, faults: FormFault[]): string[] {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  if (lines.length > mostEvidence)
    faults.push({ code: 'too-many-lines', cell, found: lines.length, limit: mostEvidence })
  const longest = Math.max(0, ...lines.map((line) => line.length))
  if (longest > mostEvidenceCharacters)
    faults.push({ code: 'too-long', cell, found: longest, limit: mostEvidenceCharacters })
  return lines
}
