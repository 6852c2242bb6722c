import { useState } from 'react'

import type { VersionDetail } from '#user-rules/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { useFormat } from '#web/ui/format.ts'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { useDeed } from './calls.ts'

/** From which day it holds, and where staff turn to. */
export function VersionPanel({ detail, fixed }: { detail: VersionDetail; fixed: boolean }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const texts = t.userRules.version
  const [editing, setEditing] = useState(false)
  const { effectiveFrom, contact } = detail.version
  const address = contact && [pick(contact.unit), contact.phone, contact.mail].filter((part) => part !== '')
  return (
    <Panel title={texts.title} className="mt-4">
      {editing && !fixed ? (
        <Form detail={detail} onClose={() => setEditing(false)} />
      ) : (
        <>
          <DefinitionList
            items={[
              { term: texts.from, detail: effectiveFrom === null ? texts.notSet : f.proseDate(effectiveFrom) },
              {
                term: texts.contact,
                detail:
                  address === null
                    ? texts.notSet
                    : address.map((part) => (
                        <span key={part} className="keep mr-2">
                          {part}
                        </span>
                      )),
              },
            ]}
          />
          {detail.may.write && !fixed && (
            <div className="mt-3">
              <Button size="medium" onPress={() => setEditing(true)}>
                {texts.edit}
              </Button>
            </div>
          )}
        </>
      )}
    </Panel>
  )
}

function Form({ detail, onClose }: { detail: VersionDetail; onClose: () => void }) {
  const t = useTexts()
  const texts = t.userRules.version
  const deed = useDeed(detail)
  const { version } = detail
  const [from, setFrom] = useState<{ iso: string | undefined; ok: boolean }>({
    iso: version.effectiveFrom ?? undefined,
    ok: true,
  })
  const [contact, setContact] = useState(version.contact ?? { unit: { ja: '', en: '' }, phone: '', mail: '' })
  const named = contact.unit.ja.trim() !== ''
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!from.ok) return
        deed.mutate(
          {
            method: 'patch',
            path: '',
            body: { effectiveFrom: from.iso ?? null, contact: named ? contact : null },
            seen: version.version,
          },
          { onSuccess: onClose },
        )
      }}
    >
      <DateField label={texts.from} value={from.iso} onChange={(iso, ok) => setFrom({ iso, ok })} />
      {(['ja', 'en'] as const).map((language) => (
        <TextField
          key={language}
          label={t.ui.named(texts.unit, t.userRules.clause[language])}
          width="full"
          value={contact.unit[language]}
          onChange={(value) => setContact({ ...contact, unit: { ...contact.unit, [language]: value } })}
        />
      ))}
      <TextField label={texts.phone} value={contact.phone} onChange={(phone) => setContact({ ...contact, phone })} />
      <TextField
        label={texts.mail}
        type="email"
        value={contact.mail}
        onChange={(mail) => setContact({ ...contact, mail })}
      />
      {deed.isError && <Problem error={deed.error} takesFocus />}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="filled" size="medium" busy={deed.isPending}>
          {texts.save}
        </Button>
        <Button look="text" size="medium" onPress={onClose}>
          {t.userRules.clause.cancel}
        </Button>
      </div>
    </form>
  )
}
