/** Joins class names, leaving out what does not hold. */
export const classes = (...names: (string | false | undefined)[]): string => names.filter(Boolean).join(' ')
