/** Kleene's three truths: unknown is not no. */
export type Truth = 'yes' | 'no' | 'unknown'

export function not(a: Truth): Truth {
  return a === 'yes' ? 'no' : a === 'no' ? 'yes' : 'unknown'
}
export function and(a: Truth, b: Truth): Truth {
  return a === 'no' || b === 'no' ? 'no' : a === 'yes' && b === 'yes' ? 'yes' : 'unknown'
}
export function or(a: Truth, b: Truth): Truth {
  return a === 'yes' || b === 'yes' ? 'yes' : a === 'no' && b === 'no' ? 'no' : 'unknown'
}
export function truth(value: boolean): Truth {
  return value ? 'yes' : 'no'
}
