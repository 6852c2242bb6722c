import type { Figures, NamedSystem } from './model.ts'

/** A figure that is no longer what the report says: `at` is a path of codes such as `byStage.operation.proceed`. */
export type FigureChange = { readonly at: string; readonly was: number; readonly now: number }

/** Every number in figures, by its path; lists count as their length, and what stands in them is named. */
export function numbersIn(figures: Figures): Map<string, number> {
  const { byStage, notReported, movements, highRisk, overrides, effect, conditions } = figures
  const all = new Map<string, number>([
    ['systems', figures.systems],
    ['uses', figures.uses],
  ])
  const put = (head: string, values: Readonly<Record<string, number>>) => {
    for (const [key, value] of Object.entries(values)) all.set(`${head}.${key}`, value)
  }
  for (const row of byStage) put(`byStage.${row.stage}`, row.verdicts)
  put('notReported', notReported)
  const lists: Readonly<Record<string, readonly NamedSystem[]>> = { ...movements, highRisk, overrides }
  put('lists', Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, list.length])))
  put('effect', effect)
  put('conditions', conditions)
  return all
}

/** What differs, in the order of the report. A figure that one of them does not have counts as 0: it is a count of rows. */
export function compareFigures(was: Figures, now: Figures): FigureChange[] {
  const [before, after] = [numbersIn(was), numbersIn(now)]
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((at) => ({ at, was: before.get(at) ?? 0, now: after.get(at) ?? 0 }))
    .filter((one) => one.was !== one.now)
}
