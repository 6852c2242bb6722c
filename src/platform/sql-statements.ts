/** What a semicolon does not end: texts, names, dollar-quoted bodies and comments (PostgreSQL §4.1). */
const pieces = /'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$[A-Za-z_0-9]*\$)[\s\S]*?\1|--[^\n]*|\/\*[\s\S]*?\*\/|;/g

/** Splits SQL at the semicolons between its statements; what is empty or only a comment is left out. */
export function statementsIn(text: string): string[] {
  const statements: string[] = []
  let from = 0
  for (const piece of text.matchAll(pieces)) {
    if (piece[0] !== ';') continue
    statements.push(text.slice(from, piece.index))
    from = piece.index + 1
  }
  statements.push(text.slice(from))
  return statements
    .map((one) => one.trim())
    .filter((one) => one.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim() !== '')
}
