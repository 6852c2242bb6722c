import { useState } from 'react'

import type { ItemProof, SheetItem } from '#procurement/sheets/api.ts'
import type { ProofInput } from '#procurement/sheets/prove-item.ts'
import { proofKinds, proofStages } from '#procurement/sheets/model.ts'
import { EvidencePanel } from '#web/evidence/evidence-panel.tsx'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { RadioCards } from '#web/ui/choices.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { Form } from '#web/ui/form.tsx'
import { Select } from '#web/ui/select.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { useDeed } from './calls.ts'

type Props = { item: SheetItem; procurementId: string; onDone: () => void }

/** The proofs of one item: those that are there, one more, and the files attached. */
export function ProofsForm({ item, procurementId, onDone }: Props) {
  const t = useTexts().procurement.proof
  return (
    <div className="mt-4 rounded-8 border border-solid-gray-420 bg-white p-4 font-400">
      {item.proofs.map((proof) => (
        <div key={`${proof.id} ${proof.version}`} className="mb-6 border-b border-solid-gray-300 pb-6">
          <ProofForm item={item} procurementId={procurementId} proof={proof} onDone={onDone} />
        </div>
      ))}
      <ProofForm item={item} procurementId={procurementId} proof={undefined} onDone={onDone} />
      <EvidencePanel of={{ kind: 'check-item', id: item.id }} words={t.files} />
    </div>
  )
}

type ProofProps = Props & { proof: ItemProof | undefined }
const empty = { kind: 'evidence', what: '', setting: '', responsible: '', dueOn: undefined } as const

function ProofForm({ item, procurementId, proof, onDone }: ProofProps) {
  const t = useTexts().procurement
  const deed = useDeed(procurementId, onDone)
  const [kind, setKind] = useState<ProofInput['kind']>(proof?.kind ?? empty.kind)
  const [what, setWhat] = useState(proof?.what ?? empty.what)
  const [setting, setSetting] = useState(proof?.setting ?? empty.setting)
  const [responsible, setResponsible] = useState(proof?.responsible ?? empty.responsible)
  const [stage, setStage] = useState<ProofInput['stage']>(proof?.stage ?? item.preset.stage)
  const [due, setDue] = useState<{ iso: string | undefined; ok: boolean }>({ iso: proof?.dueOn ?? undefined, ok: true })
  const [tried, setTried] = useState(false)
  const lacking = (text: string) => (tried && text.trim() === '' ? { error: t.proof.needText } : {})
  const ready =
    what.trim() !== '' && responsible.trim() !== '' && due.ok && (kind === 'evidence' || setting.trim() !== '')
  const send = (state: ProofInput['state']) => {
    setTried(true)
    if (!ready) return
    const given: ProofInput = {
      kind,
      what,
      setting: kind === 'run-time-rule' ? setting : null,
      responsible,
      stage,
      dueOn: due.iso ?? null,
      state,
    }
    if (proof === undefined) deed.mutate({ do: 'add-proof', item: item.item, proof: given })
    else {
      const { id, version } = proof
      deed.mutate({ do: 'change-proof', item: item.item, proofId: id, version, proof: given })
    }
  }
  return (
    <Form
      title={proof === undefined ? t.item.addProof : proof.what}
      error={deed.error}
      onSubmit={() => send(proof?.state ?? 'open')}
    >
      <RadioCards
        label={t.proof.kind}
        choices={proofKinds.map((id) => ({ id, name: t.proofKinds[id] }))}
        value={kind}
        onChange={(id) => setKind(id === 'run-time-rule' ? id : 'evidence')}
        offerNotYet={false}
        columns={2}
      />
      <TextField
        label={t.proof.what}
        help={t.proof.whatHelp}
        requirement="required"
        width="long"
        maxLength={500}
        value={what}
        onChange={setWhat}
        {...lacking(what)}
      />
      {kind === 'run-time-rule' && (
        <TextField
          label={t.proof.setting}
          help={t.proof.settingHelp}
          requirement="required"
          width="medium"
          maxLength={100}
          value={setting}
          onChange={setSetting}
          {...lacking(setting)}
        />
      )}
      <TextField
        label={t.proof.responsible}
        help={t.proof.responsibleHelp}
        requirement="required"
        width="medium"
        maxLength={200}
        value={responsible}
        onChange={setResponsible}
        {...lacking(responsible)}
      />
      <Select
        label={t.proof.stage}
        width="medium"
        choices={proofStages.map((id) => ({ id, name: t.proofStages[id] }))}
        value={stage}
        onChange={(id) => setStage(proofStages.find((one) => one === id) ?? stage)}
      />
      <DateField label={t.proof.dueOn} value={due.iso} onChange={(iso, ok) => setDue({ iso, ok })} />
      <div className="flex flex-wrap gap-4">
        <Button type="submit" size="medium" busy={deed.isPending}>
          {proof === undefined ? t.proof.add : t.proof.save}
        </Button>
        {proof?.state === 'open' && (
          <>
            <Button
              size="medium"
              busy={deed.isPending}
              blockedBecause={kind === 'evidence' && item.files === 0 ? t.proof.noEvidence : undefined}
              onPress={() => send('done')}
            >
              {t.proof.markDone}
            </Button>
            <Button
              look="text"
              size="medium"
              tone="danger"
              onPress={() =>
                deed.mutate({ do: 'remove-proof', item: item.item, proofId: proof.id, version: proof.version })
              }
            >
              {t.proof.remove}
            </Button>
          </>
        )}
        <Button look="text" size="medium" onPress={onDone}>
          {t.edit.cancel}
        </Button>
      </div>
    </Form>
  )
}
