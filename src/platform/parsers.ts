// Type ids of PostgreSQL's catalog (pg_type.dat): int8 20, date 1082, timestamptz 1184, numeric 1700.

/** Dates and big numbers come as text or number from both engines alike: no `Date` whose zone depends on the server. */
export const parsers: Record<number, (value: string) => unknown> = {
  20: Number,
  1082: (v) => v,
  1184: (v) => new Date(v).toISOString(),
  1700: Number,
}
