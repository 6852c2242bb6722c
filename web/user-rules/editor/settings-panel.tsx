import { useState } from 'react'

import type { Clause, VersionDetail } from '#user-rules/api.ts'
import { refusalOf } from '#user-rules/compile.ts'
import { type Setting, settingKindIds } from '#user-rules/settings.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { PopoverButton } from '#web/ui/popover-button.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { useDeed } from './calls.ts'
import { Keeps } from './keeps.tsx'
import { type Group, groupsOf, newSettings } from './setting-groups.ts'
import { SettingRow } from './setting-row.tsx'
import { TryPanel } from './try-panel.tsx'

type Props = { detail: VersionDetail; clause: Clause; fixed: boolean }

/** The settings of an article as they are being changed; what it would do with a text, and what people are told. */
export function SettingsPanel({ detail, clause, fixed }: Props) {
  const t = useTexts()
  const texts = t.userRules.settings
  const deed = useDeed(detail)
  const [drafted, setDrafted] = useState<readonly Setting[]>()
  const settings = drafted ?? clause.settings
  const groups = groupsOf(settings)
  const shown = { ...clause, settings: [...settings] }
  const version = { ...detail.version, clauses: detail.version.clauses.map((c) => (c.id === clause.id ? shown : c)) }
  const change = (at: readonly number[], to: Partial<Setting>) =>
    setDrafted(settings.map((s, n) => (at.includes(n) ? ({ ...s, ...to, provenance: 'own' } as Setting) : s)))
  const save = () =>
    deed.mutate(
      { method: 'patch', path: `/clauses/${clause.id}`, body: { settings }, seen: clause.version },
      { onSuccess: () => setDrafted(undefined) },
    )
  return (
    <Panel
      title={texts.title}
      aside={fixed ? undefined : <AddSetting settings={settings} onAdd={setDrafted} />}
      className="mt-4"
    >
      {groups.length === 0 ? (
        <p className="text-note">{texts.none}</p>
      ) : (
        <div className="rounded-8 border border-solid-gray-200">
          {groups.map((group) => (
            <SettingRow
              key={group.key}
              group={group}
              settings={settings}
              fixed={fixed}
              onValue={(at, value) => change(at, { value } as Partial<Setting>)}
            />
          ))}
        </div>
      )}
      {deed.isError && <Problem error={deed.error} takesFocus />}
      {drafted && (
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <Button size="medium" onPress={save} busy={deed.isPending}>
            {texts.save}
          </Button>
          <Button look="text" size="medium" onPress={() => setDrafted(undefined)}>
            {texts.reset}
          </Button>
          <span className="text-note">{texts.unsaved}</span>
        </div>
      )}
      {clause.number !== null && settings.length > 0 && (
        <>
          <TryPanel version={version} />
          <Refusals clause={shown} groups={groups} level={version.rule.level} fixed={fixed} onChange={change} />
        </>
      )}
      <Keeps version={version} clause={shown} />
    </Panel>
  )
}

function AddSetting({ settings, onAdd }: { settings: readonly Setting[]; onAdd: (settings: Setting[]) => void }) {
  const t = useTexts()
  const texts = t.userRules.settings
  const there = new Set(settings.map((s) => s.kind))
  const kinds = settingKindIds.filter((kind) => !there.has(kind))
  return (
    <PopoverButton name={texts.add} look="text">
      {(close) => (
        <ul>
          {kinds.map((kind) => (
            <li key={kind}>
              <Button
                look="text"
                size="medium"
                onPress={() => {
                  onAdd([...settings, ...newSettings(kind)])
                  close()
                }}
              >
                {texts.kinds[kind]}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </PopoverButton>
  )
}

type RefusalsProps = {
  clause: Clause
  groups: readonly Group[]
  level: 'ministry' | 'system'
  fixed: boolean
  onChange: (at: readonly number[], to: Partial<Setting>) => void
}

/** The sentences people see, each with its article, once for settings that share it. */
function Refusals({ clause, groups, level, fixed, onChange }: RefusalsProps) {
  const t = useTexts()
  const pick = usePick()
  const texts = t.userRules.settings
  const [open, setOpen] = useState<string>()
  const refusing = groups.filter(({ at }) => at.some((n) => clause.settings[n]!.refusal !== undefined))
  if (refusing.length === 0 || clause.number === null) return null
  return (
    <section className="mt-5">
      <h4 className="mb-2 text-std-16B-170">{texts.refusal}</h4>
      {refusing.map(({ key, at }) => {
        const refusal = clause.settings[at[0]!]!.refusal ?? { ja: '', en: '' }
        const words = refusalOf({ refusal }, level, clause.number!)
        return (
          <div key={key} className="mb-2 rounded-8 border border-solid-gray-200 p-3 text-note">
            <p>{words && pick(words)}</p>
            {!fixed && (
              <Button
                look="text"
                size="small"
                expanded={open === key}
                onPress={() => setOpen(open === key ? undefined : key)}
              >
                {texts.refusalEdit}
              </Button>
            )}
            {open === key && !fixed && (
              <div className="mt-2 grid gap-3">
                {(['ja', 'en'] as const).map((language) => (
                  <TextArea
                    key={language}
                    label={t.userRules.clause[language]}
                    width="full"
                    rows={2}
                    value={refusal[language]}
                    onChange={(text) => onChange(at, { refusal: { ...refusal, [language]: text } })}
                  />
                ))}
              </div>
            )}
          </div>
        )
      })}
    </section>
  )
}
