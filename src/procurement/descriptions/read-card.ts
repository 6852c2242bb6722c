import { type Document, isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml'

import { wordsOf } from './locate.ts'
import { type Description, type Statement, Unreadable } from './model.ts'
import { type Json, lineAt } from './parse-json.ts'
import type { DescriptionRules } from './rules.ts'
import { statementOf } from './statements.ts'

/**
 * Reads a model card of Hugging Face: a head of YAML between `---`, then Markdown whose headings are those of the template;
 * either may be missing.
 * @throws Unreadable
 * Source: Hugging Face Hub documentation, Model Cards.
 */
export function readCard(text: string, rules: DescriptionRules): Description {
  const lines = text.split(/\r?\n/)
  const end = lines[0]?.trim() === '---' ? lines.findIndex((line, i) => i > 0 && line.trim() === '---') : 0
  if (end < 0) throw new Unreadable({ code: 'head-not-closed', line: 1 })
  const head = end === 0 ? [] : readHead(lines.slice(1, end).join('\n'), rules)
  const { title, sections } = sectionsOf(lines, end === 0 ? 0 : end + 1)
  const statements = [...head, ...saidIn(sections, rules)]
  if (statements.length === 0) throw new Unreadable({ code: 'says-nothing' })
  const order = new Map(rules.topics.map(({ id }, i) => [id, i]))
  return {
    format: 'hugging-face',
    models: title === undefined ? [] : [title],
    statements: statements.toSorted((a, b) => order.get(a.topic)! - order.get(b.topic)! || a.place.line - b.place.line),
  }
}

/** Aliases make a small file a large one (and anchors are of no other use), own tags ask for code: both are refused. */
function readHead(yaml: string, { limits, topics }: DescriptionRules): Statement[] {
  if (Buffer.byteLength(yaml) > limits.headBytes)
    throw new Unreadable({ code: 'head-too-large', line: 2, detail: limits.headBytes })
  const counter = new LineCounter()
  // The first line of the file is the mark before the head.
  const line = (offset: number) => counter.linePos(offset).line + 1
  tooDeep(yaml, limits.depth)
  const document = parseDocument(yaml, { lineCounter: counter, uniqueKeys: true, merge: false, schema: 'core' })
  const [error] = document.errors
  if (error)
    throw new Unreadable({
      code: error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'yaml-syntax',
      line: line(error.pos[0]),
      detail: error.code,
    })
  const [tag] = document.warnings
  if (tag) throw new Unreadable({ code: 'yaml-tag', line: line(tag.pos[0]), detail: tag.code })
  visit(document, (_key, node) => {
    if (!isNode(node)) return
    const at = line(node.range?.[0] ?? 0)
    if (isAlias(node) || ('anchor' in node && node.anchor !== undefined))
      throw new Unreadable({ code: 'yaml-alias', line: at })
    if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:'))
      throw new Unreadable({ code: 'yaml-tag', line: at, detail: node.tag.slice(0, 60) })
  })
  const content = document.toJS() as Json
  if (content === null) return []
  if (typeof content !== 'object' || Array.isArray(content))
    throw new Unreadable({ code: 'yaml-syntax', line: 2, detail: 'NOT_A_MAP' })
  return topics.flatMap(({ id, huggingFace }) =>
    huggingFace.keys.flatMap((key): Statement[] => {
      const value = (content as Readonly<Record<string, Json>>)[key]
      const words = value === undefined ? '' : wordsOf(value, undefined)
      const place = { line: line(keyAt(document, key)), at: key }
      return words === '' ? [] : [statementOf(id, words, place, limits)]
    }),
  )
}

function keyAt(document: Document, key: string): number {
  const pairs = isMap(document.contents) ? document.contents.items : []
  const found = pairs.find((pair) => isScalar(pair.key) && pair.key.value === key)?.key
  return isScalar(found) ? (found.range?.[0] ?? 0) : 0
}

/** Before anything walks into it: brackets and indentation are the two ways of going deep. */
function tooDeep(yaml: string, limit: number): void {
  let open = 0
  for (let i = 0; i < yaml.length; i += 1) {
    const sign = yaml[i]
    if (sign === '[' || sign === '{') open += 1
    else if (sign === ']' || sign === '}') open = Math.max(0, open - 1)
    if (open > limit) throw new Unreadable({ code: 'too-deep', line: lineAt(yaml, i) + 1, detail: limit })
  }
  const indented = /^[ -]{400}/m.exec(yaml)
  if (indented) throw new Unreadable({ code: 'too-deep', line: lineAt(yaml, indented.index) + 1, detail: limit })
}

type Section = { readonly heading: string; readonly line: number; readonly text: string }

/** Headings of Markdown (`#`), outside fenced code. What stands below a smaller heading belongs to that one alone. */
function sectionsOf(lines: readonly string[], from: number): { title: string | undefined; sections: Section[] } {
  const sections: { heading: string; line: number; text: string[] }[] = []
  let title: string | undefined
  let fence: string | undefined
  for (let i = from; i < lines.length; i += 1) {
    const line = lines[i]!
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence
    const [, level, words] = fence === undefined ? (/^ {0,3}(#{1,6})[ \t]+(\S.*)$/.exec(line) ?? []) : []
    if (level !== undefined && words !== undefined) {
      const heading = words.replace(/[ \t]+#*[ \t]*$/, '')
      if (level === '#') title ??= heading.replace(/^model card for\s+/i, '').slice(0, 200)
      sections.push({ heading, line: i + 1, text: [] })
    } else sections.at(-1)?.text.push(line)
  }
  return { title, sections: sections.map(({ text, ...rest }) => ({ ...rest, text: proseOf(text.join('\n')) })) }
}

/** Comments, pictures and the gaps of the template say nothing. */
const proseOf = (markdown: string): string =>
  markdown
    .replace(/<!--[^]{0,20000}?-->/g, '')
    .replace(/!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)/g, '')
    .replace(/<[^>\n]{1,500}>/g, '')
    .split('\n')
    .filter((line) => !/\[more information needed\]|\{\{.*\}\}/i.test(line))
    .join('\n')
    .trim()

const key = (heading: string) =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

function saidIn(sections: readonly Section[], { topics, limits }: DescriptionRules): Statement[] {
  return topics.flatMap(({ id, huggingFace }) => {
    const wanted = new Set(huggingFace.headings.map(key))
    return sections
      .filter(({ heading, text }) => text !== '' && wanted.has(key(heading)))
      .slice(0, limits.statementsPerTopic)
      .map(({ heading, line, text }) => statementOf(id, text, { line, at: `# ${heading.slice(0, 120)}` }, limits))
  })
}
