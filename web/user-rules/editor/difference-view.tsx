import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'

import type { Clause, ClauseChange, VersionDetail } from '#user-rules/api.ts'
import { changesBetween } from '#user-rules/differences.ts'
import { type Setting, singlesOf } from '#user-rules/settings.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { type Texts, useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { type Difference, DiffList } from '#web/ui/diff.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Loaded } from '#web/ui/loading.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Select } from '#web/ui/select.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { ClauseText } from './clause-text.tsx'
import { aboutWords, valueWords } from './setting-words.ts'

type Props = { detail: VersionDetail; from: string | undefined }

/** Two versions of a rule, clause by clause: what was taken out is struck, what came in is green. */
export function DifferenceView({ detail, from }: Props) {
  const t = useTexts()
  const router = useRouter()
  const { version, versions } = detail
  const texts = t.userRules.difference
  const others = versions.filter((v) => v.number !== version.number)
  const earlier = from ?? String(detail.before?.number ?? others[0]?.number ?? '')
  const go = (query: { version: string; from: string }) =>
    router.history.replace(paths.userRule(version.rule.id, { view: 'difference', ...query }))
  const choices = versions.map((v) => ({ id: String(v.number), name: t.userRules.edition(v.number) }))
  const query = useQuery({
    queryKey: ['user-rules', 'clauses', version.rule.id, earlier],
    queryFn: ({ signal }) =>
      api.get<{ clauses: Clause[] }>(`/user-rules/${version.rule.id}/clauses`, { signal, query: { version: earlier } }),
    enabled: earlier !== '',
  })
  return (
    <div className="max-w-[60rem]">
      <div data-print="hide" className="mb-5 flex flex-wrap gap-6">
        <Select
          label={texts.from}
          width="short"
          choices={choices}
          value={earlier}
          onChange={(number) => go({ version: String(version.number), from: number })}
        />
        <Select
          label={texts.to}
          width="short"
          choices={choices}
          value={String(version.number)}
          onChange={(number) => go({ version: number, from: earlier })}
        />
      </div>
      {earlier === '' ? (
        <p>{texts.none}</p>
      ) : (
        <Loaded query={query}>{({ clauses }) => <Changes before={clauses} detail={detail} />}</Loaded>
      )}
    </div>
  )
}

function Changes({ before, detail }: { before: readonly Clause[]; detail: VersionDetail }) {
  const t = useTexts()
  const f = useFormat()
  const texts = t.userRules.difference
  const after = detail.version.clauses.filter((clause) => clause.number !== null)
  const changes = changesBetween(before, after)
  const same = after.length - changes.filter(({ kind }) => kind !== 'removed').length
  return (
    <>
      {changes.length === 0 && <p>{texts.none}</p>}
      {changes.map((change) => (
        <Change
          key={change.clauseId}
          change={change}
          before={before.find(({ id }) => id === change.clauseId)}
          after={after.find(({ id }) => id === change.clauseId)}
        />
      ))}
      {changes.length > 0 && <p className="mt-4 text-note">{texts.same(f.number(same))}</p>}
    </>
  )
}

function Change({
  change,
  before,
  after,
}: {
  change: ClauseChange
  before: Clause | undefined
  after: Clause | undefined
}) {
  const t = useTexts()
  const pick = usePick()
  const { language } = useLanguage()
  const texts = t.userRules.difference
  const clause = after ?? before!
  const lines = (one: Clause | undefined) => (one?.staff ?? []).map((line) => line[language]).join('\n')
  return (
    <Panel
      className="mb-4"
      title={`${change.number === null ? '' : `${t.userRules.article(change.number)} `}${pick(clause.heading)}`}
      aside={
        <span className="flex gap-2">
          <Tag tone="blue">{texts.kinds[change.kind]}</Tag>
          <Tag tone={change.substantive ? 'attention' : 'quiet'}>
            {change.substantive ? texts.substantive : texts.wording}
          </Tag>
        </span>
      }
    >
      <p>
        <ClauseText before={before?.text[language] ?? ''} text={after?.text[language] ?? ''} language={language} />
      </p>
      {change.parts.includes('staff') && (
        <>
          <h3 className="mt-3 text-note font-700">{texts.staff}</h3>
          <p className="text-note whitespace-pre-wrap">
            <ClauseText before={lines(before)} text={lines(after)} language={language} />
          </p>
        </>
      )}
      {change.parts.includes('settings') && (
        <>
          <h3 className="mt-3 text-note font-700">{texts.settings}</h3>
          <DiffList items={changedSettings(t, pick, before?.settings ?? [], after?.settings ?? [])} />
        </>
      )}
    </Panel>
  )
}

/** Settings that differ, those of articles that went or came too, in the order in which they stand. */
function changedSettings(
  t: Texts,
  pick: ReturnType<typeof usePick>,
  before: readonly Setting[],
  after: readonly Setting[],
): Difference[] {
  const wordsOf = (settings: readonly Setting[]) =>
    new Map(
      settings.flatMap((setting) =>
        singlesOf(setting).map((single) => {
          const names = 'names' in setting ? setting.names : {}
          return [
            single.key,
            { name: aboutWords(t, single), value: valueWords(t, pick, single.kind, single.value, names) },
          ] as const
        }),
      ),
    )
  const [old, now] = [wordsOf(before), wordsOf(after)]
  const none = t.userRules.difference.noSetting
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): Difference[] => {
    const [from, to] = [old.get(key)?.value ?? none, now.get(key)?.value ?? none]
    return from === to ? [] : [{ id: key, name: (now.get(key) ?? old.get(key))!.name, from, to }]
  })
}
