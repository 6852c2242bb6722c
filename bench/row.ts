/** One measured figure, as a line of JSON. `pass` is null where nothing could be measured; `note` says why. */
export type Row = {
  readonly name: string
  readonly value: number | null
  readonly unit: string
  readonly target: string
  readonly pass: boolean | null
  readonly note?: string
}

export type Bench = () => AsyncIterable<Row>

/** @returns the value below which a share `p` (0…1) of the values lies */
export function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN
}
export const median = (values: readonly number[]) => quantile(values, 0.5)

export const atMost = (name: string, value: number, limit: number, unit: string): Row => ({
  name,
  value: Math.round(value * 100) / 100,
  unit,
  target: `≤ ${limit} ${unit}`,
  pass: value <= limit,
})
export const atLeast = (name: string, value: number, limit: number, unit: string): Row => ({
  name,
  value: Math.round(value * 100) / 100,
  unit,
  target: `≥ ${limit} ${unit}`,
  pass: value >= limit,
})
