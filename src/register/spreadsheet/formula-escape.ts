// Spreadsheet programs take a cell of a CSV file for a formula when it begins with one of these (OWASP, CSV injection),
// also in full width. The escape is one apostrophe before them. Cells that begin with an apostrophe get one more, so that
// every escaped text has exactly one origin: escape is injective and `unescapeCell(escapeCell(x)) = x` for every text.

const dangerous = /^[=+\-@\t\r\n＝＋－＠']/

export const escapeCell = (cell: string): string => (dangerous.test(cell) ? `'${cell}` : cell)
export const unescapeCell = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell)
