import type { Fired } from '#catalog/model-result.ts'
import { citationOf, joined } from '#web/catalog/citation.ts'
import { Cite, Mark } from '#web/catalog/cited-text.tsx'
import { conditionWords } from '#web/catalog/condition-words.ts'
import { anchorOf } from '#web/catalog/find.ts'
import { paths } from '#web/paths.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { Link } from '#web/ui/link.tsx'

import { amountWords } from './axes.tsx'
import type { Weighing } from './weighing.ts'
import type { Worder } from './words.ts'

type Props = { weighing: Weighing; words: Worder }

/** Every reason in words, with its rule, whose rule it is, and where the points it looks at stand. */
export function Reasons({ weighing, words }: Props) {
  const { catalog, result } = weighing
  const t = useTexts()
  const deciding = result.fired.filter((f) => f.decisive)
  const others = result.fired.filter((f) => !f.decisive)
  const preset = [...deciding, ...result.mayFire].some(
    (f) => ruleOf(weighing, f.table, f.rule)?.provenance === 'preset',
  )
  const byTable = catalog.decide !== undefined && 'table' in catalog.decide
  return (
    <section aria-labelledby="reasons-title">
      <h3 id="reasons-title" className="mb-1 text-std-17B-170">
        {t.finder.reasons.title}
      </h3>
      {deciding.length === 0 && result.path.length === 0 && !decidingLevel(weighing) && (
        <p className="text-note">{t.finder.reasons.none}</p>
      )}
      <ReasonList fired={deciding} weighing={weighing} words={words} />
      <Path weighing={weighing} words={words} />
      <LevelReason weighing={weighing} words={words} />
      {others.length > 0 && (
        <details className="mt-2 text-note">
          <summary className="cursor-pointer text-blue-1000 underline">{t.finder.reasons.other}</summary>
          <ReasonList fired={others} weighing={weighing} words={words} />
        </details>
      )}
      <p className="mt-3 text-note text-solid-gray-700">
        {preset && <>{t.finder.reasons.preset} </>}
        {byTable && (
          <>
            <Link href={`${paths.finder()}#combinations`}>{t.finder.reasons.toTable}</Link>
            {' ・ '}
          </>
        )}
        <Link href={`${paths.catalog(catalog.id, catalog.edition)}${byTable ? '#tables' : ''}`}>
          {t.finder.reasons.toCatalog}
        </Link>
      </p>
    </section>
  )
}

const ruleOf = ({ catalog }: Weighing, table: string, rule: string) => {
  const found = catalog.tables.find((one) => one.id === table)
  return found?.rules.find((r) => r.id === rule) ?? (found?.otherwise?.id === rule ? found.otherwise : undefined)
}

function ReasonList({ fired, weighing, words }: Props & { fired: readonly Fired[] }) {
  return (
    <ul>
      {fired.map((one) => (
        <Reason key={`${one.table}:${one.rule}`} fired={one} weighing={weighing} words={words} />
      ))}
    </ul>
  )
}

function Reason({ fired, weighing, words }: Props & { fired: Fired }) {
  const { catalog } = weighing
  const { language } = useLanguage()
  const t = useTexts()
  const rule = ruleOf(weighing, fired.table, fired.rule)
  const looked = fired.lookedAt.flatMap(({ question }) => {
    const asked = catalog.questions.find((q) => q.id === question)
    return asked?.['looks-at'] ? [citationOf(catalog, language, asked['looks-at'], asked)] : []
  })
  return (
    <li className="border-b border-solid-gray-200 py-2 text-note">
      <p className="font-700 text-solid-gray-900">{rule ? words.text(rule.title) : fired.rule}</p>
      <p>
        <span className="keep">
          {t.finder.reasons.rule(fired.rule)}
          <Mark
            catalog={catalog}
            cited={[rule]}
            of={t.finder.reasons.rule(fired.rule)}
            item={anchorOf('tables', `${fired.table}-${fired.rule}`)}
          />
        </span>{' '}
        {looked.length > 0 && (
          <span className="keep">
            {t.finder.reasons.looksAt}
            <Cite catalog={catalog} citation={joined(looked)} of={t.finder.reasons.looksAt} />
          </span>
        )}
      </p>
    </li>
  )
}

/** Of a branching tree: the way that the answers took. */
function Path({ weighing, words }: Props) {
  const { catalog, result } = weighing
  const t = useTexts()
  if (result.path.length === 0) return null
  return (
    <ol className="text-note">
      {result.path.map((step, n) => {
        const question = catalog.questions.find((q) => q.id === step.question)
        return (
          <li key={step.question} className="border-b border-solid-gray-200 py-2">
            <p className="text-solid-gray-700">{t.finder.reasons.step(n + 1)}</p>
            <p>
              {question ? words.text(question.title) : step.question}{' '}
              <strong>{words.answer(question, weighing.answers[step.question])}</strong>
            </p>
          </li>
        )
      })}
    </ol>
  )
}

/** Of rules that decide by a level: the band that came out. */
function decidingLevel({ catalog, result }: Weighing) {
  const id = catalog.decide !== undefined && 'level' in catalog.decide ? catalog.decide.level : undefined
  const level = catalog.levels.find((l) => l.id === id)
  const band = level?.bands.find((b) => b.id === result.levels[level.id]?.band)
  return level && band ? { level, band } : undefined
}

function LevelReason({ weighing, words }: Props) {
  const { catalog, result } = weighing
  const { language } = useLanguage()
  const t = useTexts()
  const found = decidingLevel(weighing)
  if (!found) return null
  const { level, band } = found
  const byShare = level['share-of'] !== undefined
  const bounds = conditionWords(catalog, t, language).bounds(band, byShare)
  const { value: plain = null, share = null } = result.levels[level.id] ?? {}
  const value = byShare && typeof share === 'number' ? `${(share * 100).toFixed(1)}%` : amountWords(t, plain)
  return (
    <div className="border-b border-solid-gray-200 py-2 text-note">
      <p className="font-700 text-solid-gray-900">
        {t.finder.reasons.level(words.text(level.title), words.text(band.title))}
        <Mark
          catalog={catalog}
          cited={[band, level]}
          of={words.text(level.title)}
          item={anchorOf('levels', level.id)}
        />
      </p>
      <p>{t.finder.reasons.levelAt(value, bounds)}</p>
    </div>
  )
}
