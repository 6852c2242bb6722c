import { useState } from 'react'

import type { Clause, VersionDetail } from '#user-rules/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { useDeed } from './calls.ts'

/** Moves an article up or down in its section, takes it out, puts it back. */
export function PlaceDeeds({ detail, clause }: { detail: VersionDetail; clause: Clause }) {
  const t = useTexts()
  const texts = t.userRules.clause
  const deed = useDeed(detail)
  const [removing, setRemoving] = useState(false)
  const [because, setBecause] = useState('')
  const path = `/clauses/${clause.id}`
  const seen = clause.version
  if (clause.number === null)
    return (
      <Button
        size="medium"
        busy={deed.isPending}
        onPress={() => deed.mutate({ method: 'post', path: `${path}/restore`, seen })}
      >
        {texts.restore}
      </Button>
    )
  const inSection = detail.version.clauses.filter((c) => c.section === clause.section && c.number !== null)
  const at = inSection.findIndex(({ id }) => id === clause.id)
  const move = (after: string | null) =>
    deed.mutate({ method: 'post', path: `${path}/move`, body: { section: clause.section, after }, seen })
  return (
    <>
      {at > 0 && (
        <Button look="text" size="medium" icon="arrow-up" onPress={() => move(inSection[at - 2]?.id ?? null)}>
          {texts.up}
        </Button>
      )}
      {at < inSection.length - 1 && (
        <Button look="text" size="medium" icon="arrow-down" onPress={() => move(inSection[at + 1]!.id)}>
          {texts.down}
        </Button>
      )}
      <Button look="text" tone="danger" size="medium" onPress={() => setRemoving(true)}>
        {texts.remove}
      </Button>
      {deed.isError && <Problem error={deed.error} takesFocus />}
      <ConfirmDialog
        open={removing}
        onClose={() => setRemoving(false)}
        title={texts.removeTitle(clause.number)}
        deed={texts.remove}
        tone="danger"
        busy={deed.isPending}
        blockedBecause={because.trim() === '' ? texts.because : undefined}
        onDeed={() =>
          deed.mutate(
            { method: 'post', path: `${path}/remove`, body: { because }, seen },
            { onSuccess: () => setRemoving(false) },
          )
        }
      >
        <p className="mb-3">{texts.removeText}</p>
        <TextArea
          label={texts.because}
          requirement="required"
          rows={2}
          value={because}
          onChange={setBecause}
          width="full"
        />
      </ConfirmDialog>
    </>
  )
}
