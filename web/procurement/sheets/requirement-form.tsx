import { useState } from 'react'

import type { SheetItem } from '#procurement/sheets/api.ts'
import { labelOf, type Way, ways } from '#procurement/sheets/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { CheckboxGroup } from '#web/ui/choices.tsx'
import { TextArea, TextField } from '#web/ui/text-field.tsx'

import { EditFrame } from './edit-frame.tsx'
import { PresetNote } from './preset-note.tsx'

type Props = { item: SheetItem; procurementId: string; onDone: () => void }

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Requirement, its number, evidence asked for and how it is verified. */
export function RequirementForm({ item, procurementId, onDone }: Props) {
  const t = useTexts().procurement
  const [requirement, setRequirement] = useState(item.requirement)
  const [chapter, setChapter] = useState(item.chapter)
  const [evidence, setEvidence] = useState(item.evidence.join('\n'))
  const [verification, setVerification] = useState<readonly string[]>(item.verification)
  const chosen: Way[] = ways.filter((way) => verification.includes(way))
  const wayWords = (of: readonly Way[]) => of.map((way) => t.ways[way]).join('\n')
  return (
    <EditFrame
      title={t.item.editOf(t.item.requirement, labelOf(item.item))}
      item={item}
      procurementId={procurementId}
      edit={{ requirement, chapter, evidence: linesOf(evidence), verification: chosen }}
      fields={[
        { name: t.edit.requirement, mine: requirement, theirs: (now) => now.requirement },
        { name: t.edit.chapter, mine: chapter, theirs: (now) => now.chapter },
        { name: t.edit.evidence, mine: evidence, theirs: (now) => now.evidence.join('\n') },
        { name: t.edit.ways, mine: wayWords(chosen), theirs: (now) => wayWords(now.verification) },
      ]}
      onDone={onDone}
    >
      <div>
        <TextArea
          label={t.edit.requirement}
          help={t.edit.requirementHelp}
          rows={5}
          width="full"
          value={requirement}
          onChange={setRequirement}
        />
        <PresetNote preset={item.preset.requirement} text={requirement} onBack={setRequirement} />
      </div>
      <TextField
        label={t.edit.chapter}
        help={t.edit.chapterHelp}
        width="short"
        maxLength={40}
        value={chapter}
        onChange={setChapter}
      />
      <TextArea
        label={t.edit.evidence}
        help={t.edit.evidenceHelp}
        rows={4}
        width="full"
        value={evidence}
        onChange={setEvidence}
      />
      <CheckboxGroup
        label={t.edit.ways}
        choices={ways.map((way) => ({ id: way, name: t.ways[way] }))}
        value={[...verification]}
        onChange={setVerification}
        columns={3}
      />
    </EditFrame>
  )
}
