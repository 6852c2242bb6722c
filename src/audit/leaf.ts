// What is hashed of a row: docs/en/audit-log.md, "Leaf".

/** What a leaf says in the open; as `log_fields` of the database gives it, with ids of people. */
export type LeafFields = Readonly<Partial<Record<(typeof fieldNames)[number], string>>>
const fieldNames = [
  'at',
  'actor',
  'role',
  'organisation',
  'type',
  'itemKind',
  'item',
  'catalog',
  'edition',
  'digest',
  'decision',
] as const

export type InboxRow = {
  readonly ord: number
  readonly kind: string
  readonly row: string
  /** Hex. */
  readonly commitment: string
  /** Hex; null when the row was withheld before its leaf had its place. */
  readonly salt: string | null
  readonly fields: LeafFields
}

/** The people a row names, who are named by pseudonyms in its leaf. */
export const peopleIn = ({ fields }: InboxRow): string[] =>
  [fields.actor, fields.itemKind === 'person' ? fields.item : undefined].filter((id) => id !== undefined)

/** @returns canonical JSON (RFC 8785) of the leaf */
export function leafOf(row: InboxRow, pseudonyms: ReadonlyMap<string, string>): string {
  const { actor, item, ...rest } = row.fields
  const isPerson = row.fields.itemKind === 'person'
  return canonical({
    v: 1,
    kind: row.kind,
    row: row.row,
    commitment: row.commitment,
    ...rest,
    actor: actor === undefined ? undefined : pseudonyms.get(actor),
    item: isPerson && item !== undefined ? pseudonyms.get(item) : item,
  })
}

/** RFC 8785 for a flat object of strings and whole numbers: JSON.stringify writes those as the RFC asks. */
export function canonical(value: Readonly<Record<string, string | number | null | undefined>>): string {
  // The RFC sorts by UTF-16 code units, as JavaScript does by itself.
  const keys = Object.keys(value).toSorted((a, b) => (a < b ? -1 : 1))
  const parts = keys
    .filter((key) => value[key] !== undefined && value[key] !== null)
    .map((key) => `${JSON.stringify(key)}:${JSON.stringify(value[key])}`)
  return `{${parts.join(',')}}`
}
