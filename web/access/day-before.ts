/** The day before, `YYYY-MM-DD`: what ends then is over now. */
export const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
