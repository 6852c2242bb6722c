import type { Path } from './expressions.ts'

/** Everything that can be wrong with a catalog. What people read of each is in fault-texts.ts. */
export type FaultCode =
  // files and YAML
  | 'no-such-path'
  | 'not-readable'
  | 'not-a-file'
  | 'no-catalog-file'
  | 'stray-file'
  | 'stray-folder'
  | 'file-too-large'
  | 'too-many-items'
  | 'too-many-faults'
  | 'not-utf8'
  | 'yaml-error'
  | 'duplicate-key'
  | 'too-many-aliases'
  | 'alias-without-anchor'
  | 'nested-too-deep'
  | 'not-a-map'
  | 'id-differs-from-file'
  // shape
  | 'unknown-key'
  | 'missing-key'
  | 'wrong-type'
  | 'not-allowed-value'
  | 'bad-format'
  | 'control-character'
  | 'too-small'
  | 'too-large'
  | 'fits-no-form'
  | 'one-test-needed'
  | 'no-such-day'
  // texts
  | 'missing-text'
  | 'language-not-declared'
  // references
  | 'duplicate-id'
  | 'reserved-id'
  | 'no-such-item'
  | 'no-such-option'
  | 'no-such-band'
  | 'table-never-gives'
  | 'test-not-for-kind'
  | 'outcome-only-in-duties'
  // meaning
  | 'loop'
  | 'row-too-long'
  | 'goto-without-tree'
  | 'show-when-in-tree'
  | 'bands-overlap'
  | 'bands-leave-gap'
  | 'band-without-outcome'
  | 'bounds-twice'
  | 'min-above-max'
  | 'maximum-without-limit'
  | 'exclusive-in-single'
  // proofs
  | 'missing-provenance'
  | 'missing-source'
  | 'source-kind-differs'
  | 'dead-end'
  | 'unreachable-question'
  | 'unreachable-outcome'
  | 'unreachable-band'
  | 'unreachable-rule'
  | 'table-not-total'
  | 'level-not-total'
  | 'case-fails'
  | 'one-language-only'
  | 'uncovered-rule'
  | 'case-answer-fault'
  // library
  | 'released-edition-edited'
  | 'edition-twice'
  | 'released-edition-missing'
  | 'link-to-nothing'
  // proofs that the budget cut short: notes, not faults
  | 'not-settled'

/** A problem at a place of the parsed catalog. */
export type Problem = { path: Path; code: FaultCode; params: Record<string, unknown> }
/** The same with the file and line, as a person finds it. `line` from 1; 0 where no line can be named. */
export type Fault = { file: string; line: number; key: string; code: FaultCode; params: Record<string, unknown> }

/** `options[2].weights.impact` */
export function keyOf(path: Path): string {
  return path.reduce<string>(
    (sofar, part) => (typeof part === 'number' ? `${sofar}[${part}]` : sofar === '' ? part : `${sofar}.${part}`),
    '',
  )
}
