import type { Level } from '#catalog/model.ts'
import type { Amount } from '#catalog/model-result.ts'
import { type Texts, useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'
import { formatNumber } from '#web/ui/format.ts'

import { markOfLevel, questionsOfLevel } from './reading.ts'
import type { Weighing } from './weighing.ts'
import type { Worder } from './words.ts'

type Props = { weighing: Weighing; words: Worder }

/** The state of every axis; of a rule set without levels, its points. */
export function Axes({ weighing, words }: Props) {
  const { catalog } = weighing
  const t = useTexts()
  if (catalog.levels.length === 0) return <Scores weighing={weighing} words={words} />
  return (
    <section aria-labelledby="axes-title">
      <h3 id="axes-title" className="mb-2 text-std-17B-170">
        {t.finder.axes.title(catalog.levels.length)}
      </h3>
      <ul className={classes('grid gap-2', catalog.levels.length === 4 ? 'grid-cols-4' : 'grid-cols-3')}>
        {catalog.levels.map((level) => (
          <Axis key={level.id} level={level} weighing={weighing} words={words} />
        ))}
      </ul>
    </section>
  )
}

function Axis({ level, weighing, words }: Props & { level: Level }) {
  const t = useTexts()
  const { result, catalog } = weighing
  const found = result.levels[level.id]
  const feeding = questionsOfLevel(catalog, level)
  const asked = new Set([...result.visible, ...result.maybeVisible])
  if (feeding && feeding.length > 0 && !feeding.some((q) => asked.has(q))) {
    return (
      <li className="rounded-4 border border-solid-gray-300 bg-solid-gray-50 px-1 py-1.5 text-center text-note leading-snug text-solid-gray-700">
        <span className="block">{markOfLevel(level) ?? words.text(level.title)}</span>
        <span className="block">{t.finder.axes.notAsked}</span>
      </li>
    )
  }
  const band = level.bands.find((b) => b.id === found?.band)
  const highest = level.bands.length > 1 && band === level.bands.at(-1)
  const possible = level.bands.filter((b) => found?.possible.includes(b.id)).map((b) => words.text(b.title))
  return (
    <li
      className={classes(
        'rounded-4 border px-1 py-1.5 text-center text-note leading-snug narrow-column',
        band === undefined && 'hatch border-dashed border-solid-gray-536',
        highest ? 'border-orange-800 bg-orange-50 text-orange-1000' : 'border-solid-gray-536',
      )}
    >
      <span className="block">{markOfLevel(level) ?? words.text(level.title)}</span>
      <span className="block font-700">{band ? words.text(band.title) : t.finder.axes.open}</span>
      {band === undefined && <span className="sr-only">{t.finder.axes.openOf(t.ui.list(possible))}</span>}
    </li>
  )
}

export function amountWords(t: Texts, amount: Amount): string {
  if (amount === null) return t.finder.axes.noValue
  if (typeof amount === 'number') return formatNumber(amount)
  const end = (n: number | null) => (n === null ? '∞' : formatNumber(n))
  return t.finder.axes.between(end(amount.from), end(amount.to))
}

function Scores({ weighing, words }: Props) {
  const { catalog, result } = weighing
  const t = useTexts()
  if (catalog.scores.length === 0) return null
  return (
    <section aria-labelledby="scores-title">
      <h3 id="scores-title" className="mb-2 text-std-17B-170">
        {t.finder.axes.scores}
      </h3>
      <dl className="text-note">
        {catalog.scores.map((score) => {
          const found = result.scores[score.id]
          const value = amountWords(t, found?.value ?? null)
          const maximum = found?.maximum
          return (
            <div key={score.id} className="flex justify-between gap-3 border-b border-solid-gray-200 py-1.5">
              <dt>{words.text(score.title)}</dt>
              <dd className="tabular-nums">
                {maximum === null || maximum === undefined ? value : t.finder.axes.of(value, formatNumber(maximum))}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
