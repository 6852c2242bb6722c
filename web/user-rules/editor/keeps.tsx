import type { Clause, RuleVersion } from '#user-rules/api.ts'
import { compile, type CompiledSetting } from '#user-rules/compile.ts'
import { categories, type Service, services } from '#user-rules/settings.ts'
import { type Texts, usePick, useTexts } from '#web/texts/language.tsx'
import { Icon } from '#web/ui/icon.tsx'

import { valueWords } from './setting-words.ts'

/** What of an article the machine keeps, and what is left to people, with the reason. */
export function Keeps({ version, clause }: { version: RuleVersion; clause: Clause }) {
  const t = useTexts()
  const pick = usePick()
  const texts = t.userRules.keeps
  const compiled = compile({ ...version, clauses: [clause] })
  const machine = machineLines(t, pick, compiled.settings)
  const people = new Map(
    compiled.forPeople.map((one) => {
      const codes = t.ui.list(one.codes.map((code) => codeWords(t, pick, clause, code)))
      return [`${one.reason}${codes}`, { codes, why: texts.reasons[one.reason] }]
    }),
  )
  return (
    <div className="mt-4 grid gap-3 sm:grid-cols-2">
      <section className="rounded-8 border border-solid-gray-200 p-3.5">
        <h4 className="flex items-center gap-1.5 text-std-16B-170">
          <Icon name="circle-tick" size={20} className="text-green-900" />
          {texts.machine}
        </h4>
        {machine.length === 0 ? (
          <p className="text-note">{texts.noMachine}</p>
        ) : (
          <ul className="text-note">
            {machine.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </section>
      <section className="rounded-8 border border-solid-gray-200 p-3.5">
        <h4 className="flex items-center gap-1.5 text-std-16B-170">
          <Icon name="information" size={20} className="text-yellow-1200" />
          {texts.people}
        </h4>
        {people.size === 0 ? (
          <p className="text-note">{texts.noPeople}</p>
        ) : (
          <ul className="text-note">
            {[...people].map(([key, { codes, why }]) => (
              <li key={key}>{codes === '' ? why : `${t.ui.named(codes, why)}`}</li>
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}

type Line = { readonly setting: CompiledSetting; readonly service: Service | 'any' | null }

/** One line for each value: seven kinds of personal data that are all masked are one thing to read. */
function machineLines(t: Texts, pick: ReturnType<typeof usePick>, settings: readonly CompiledSetting[]): string[] {
  const { category: words, services: serviceNames, kinds } = t.userRules.settings
  const same = (s: CompiledSetting) => JSON.stringify([s.kind, s.category, s.value])
  const wherever = [...Map.groupBy(settings, same).values()].flatMap((all): Line[] => {
    if (all.length === services.length && all[0]!.service !== null) return [{ setting: all[0]!, service: 'any' }]
    return all.map((setting) => ({ setting, service: setting.service }))
  })
  const alike = ({ setting, service }: Line) => JSON.stringify([setting.kind, service, setting.value])
  return [...Map.groupBy(wherever, alike).values()].map((lines) => {
    const { setting, service } = lines[0]!
    const found = categories.filter((one) => lines.some((line) => line.setting.category === one))
    const what = found.length > 0 ? t.ui.list(found.map((one) => words[one])) : kinds[setting.kind]
    const about = service === null ? what : `${serviceNames[service]}${t.ui.brackets(what)}`
    return t.userRules.keeps.does(about, valueWords(t, pick, setting.kind, setting.value, setting.names))
  })
}

function codeWords(
  t: ReturnType<typeof useTexts>,
  pick: ReturnType<typeof usePick>,
  clause: Clause,
  code: string,
): string {
  const named = clause.settings.flatMap((s) => ('names' in s ? (s.names[code] ?? []) : []))[0]
  const { checks } = t.userRules.settings
  return named ? pick(named) : (checks[code as keyof typeof checks] ?? code)
}
