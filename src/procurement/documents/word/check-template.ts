import {
  type DocumentKind,
  placeholderKey,
  placeholderOf,
  placeholders,
  type TemplateFault,
} from '#procurement/documents/model.ts'
import { AppError } from '#platform/errors.ts'

import { textParts, xmlOf } from './fill-template.ts'
import { paragraphsOf, placeholdersIn, strayBraces } from './find-placeholders.ts'
import { openPackage, type Package } from './open-package.ts'
import { descendants, isElement, valueOf, type XmlElement } from './xml-tree.ts'

export type TemplateJudgement =
  | { readonly ok: true; readonly used: readonly string[] }
  | { readonly ok: false; readonly faults: readonly TemplateFault[] }

const mainTypes: Readonly<Record<string, string>> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml': 'docx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml': 'dotx',
  'application/vnd.ms-word.document.macroEnabled.main+xml': 'docm',
  'application/vnd.ms-word.template.macroEnabledTemplate.main+xml': 'dotm',
}
const around = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}…` : text)
const most = 50

/**
 * Judges a file that a person hands in as a template: a plain Word document that runs nothing, fetches nothing, and names
 * only placeholders of the closed list.
 * @param name  of the file as delivered
 * @throws AppError of `openPackage` where it cannot be opened at all
 */
export async function checkTemplate(kind: DocumentKind, name: string, bytes: Buffer): Promise<TemplateJudgement> {
  const parts = await openPackage(bytes)
  const form = formFaults(name, parts)
  if (form.some((fault) => fault.code === 'not-docx')) return { ok: false, faults: form }
  const words = wordFaults(kind, parts)
  const faults = [...form, ...relationFaults(parts), ...words.faults]
  return faults.length > 0 ? { ok: false, faults: faults.slice(0, most) } : { ok: true, used: words.used }
}

function formFaults(name: string, parts: Package): TemplateFault[] {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  if (!parts.has('[Content_Types].xml') || !parts.has('word/document.xml') || !parts.has('word/styles.xml'))
    return [{ code: 'not-docx', found: ending }]
  const types = [...descendants(xmlOf(parts, '[Content_Types].xml'))].map(({ node }) => node)
  const main =
    types.find((node) => node.attributes.get('PartName') === '/word/document.xml')?.attributes.get('ContentType') ?? ''
  const faults: TemplateFault[] = []
  const macros = [...parts.keys()].find((part) => /vbaProject|vbaData|\/macros\//i.test(part))
  const found = mainTypes[main] ?? 'other'
  if (macros !== undefined || found === 'docm' || found === 'dotm')
    faults.push({ code: 'macros', part: macros ?? name })
  else if (found !== 'docx' || (ending !== 'docx' && ending !== ''))
    faults.push({ code: 'not-docx', found: found === 'docx' ? ending : found })
  for (const part of parts.keys())
    if (/^word\/(embeddings|activeX|afchunk)|^customUI|^word\/mailMerge/i.test(part))
      faults.push({ code: 'active-content', part })
  return faults
}

/** What a document may point to outside: an address to click. Anything else is fetched when it is opened. */
function relationFaults(parts: Package): TemplateFault[] {
  return [...parts.keys()]
    .filter((name) => name.endsWith('.rels'))
    .flatMap((name) => [...descendants(xmlOf(parts, name))])
    .flatMap(({ node }): TemplateFault[] => {
      const kind = (node.attributes.get('Type') ?? '').split('/').at(-1) ?? ''
      const target = node.attributes.get('Target') ?? ''
      if (kind === 'aFChunk' || kind === 'oleObject' || kind === 'control')
        return [{ code: 'active-content', part: target }]
      if (node.attributes.get('TargetMode') !== 'External') return []
      if (kind === 'attachedTemplate') return [{ code: 'remote-template', target }]
      return kind === 'hyperlink' && /^(https?|mailto):/i.test(target)
        ? []
        : [{ code: 'external-relation', kind, target }]
    })
}

/** Fields that fetch or run something when they are updated (17.16.5); `AUTOTEXT` and the like stay inside. */
const outsideFields =
  /^\s*"?(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|DDE|DDEAUTO|LINK|DATABASE|MACROBUTTON|RD|EMBED|GOTOBUTTON)\b/i

type Words = { readonly faults: TemplateFault[]; readonly used: string[] }

function wordFaults(kind: DocumentKind, parts: Package): Words {
  const faults: TemplateFault[] = []
  const used = new Map<string, number>()
  for (const name of textParts(parts)) {
    const place = placeOf(name)
    const root = xmlOf(parts, name)
    for (const { paragraph, above, text } of paragraphsOf(root)) {
      const more = { around: around(text), place }
      for (const { written } of placeholdersIn(text)) {
        const known = placeholderOf(kind, written)
        if (!known) {
          faults.push({ code: 'unknown-placeholder', name: written, near: nearestTo(kind, written), ...more })
          continue
        }
        used.set(known.id, (used.get(known.id) ?? 0) + 1)
        if (!known.block) continue
        const inside = above.at(-1)?.name
        if (place !== 'body' || (inside !== 'w:body' && inside !== 'w:sdtContent'))
          faults.push({ code: 'block-not-in-body', name: written, ...more })
        else if (text.replace(/[{｛]{2}[^{}｛｝]*[}｝]{2}/, '').trim() !== '')
          faults.push({ code: 'block-not-alone', name: written, ...more })
        else if ((used.get(known.id) ?? 0) > 1) faults.push({ code: 'block-twice', name: written })
      }
      if (strayBraces(text)) faults.push({ code: 'placeholder-not-closed', ...more })
      faults.push(...contentFaults(paragraph, text))
      // What is left to say would be cut off.
      if (faults.length >= most) return { faults, used: [...used.keys()] }
    }
  }
  for (const { id, ja, required } of placeholders[kind])
    if (required && !used.has(id)) faults.push({ code: 'missing-placeholder', name: ja })
  return { faults, used: [...used.keys()] }
}

function contentFaults(paragraph: XmlElement, text: string): TemplateFault[] {
  const faults: TemplateFault[] = []
  let instruction = ''
  for (const node of ownElements(paragraph)) {
    if (node.name === 'w:fldSimple') instruction += ` ; ${valueOf(node, 'w:instr') ?? ''}`
    if (node.name === 'w:fldChar') instruction += ' ; '
    if (node.name === 'w:instrText') instruction += node.children.filter((child) => !isElement(child)).join('')
    if (node.name === 'w:ins' || node.name === 'w:del') {
      faults.push({ code: 'tracked-changes', around: around(text) })
      break
    }
  }
  for (const one of instruction.split(' ; ')) {
    const field = outsideFields.exec(one)?.[1]
    if (field !== undefined) faults.push({ code: 'outside-field', field: field.toUpperCase(), around: around(text) })
  }
  return faults
}

/** Elements of a paragraph; a paragraph of a text box inside it is looked at for itself. */
function ownElements(node: XmlElement): XmlElement[] {
  return node.children
    .filter(isElement)
    .filter(({ name }) => name !== 'w:p')
    .flatMap((child) => [child, ...ownElements(child)])
}

function placeOf(part: string): 'body' | 'header' | 'footer' | 'note' {
  if (part.includes('header')) return 'header'
  if (part.includes('footer')) return 'footer'
  return part.includes('notes') ? 'note' : 'body'
}

/** The placeholder that was probably meant: at most two signs away. */
export function nearestTo(kind: DocumentKind, written: string): string | null {
  const key = placeholderKey(written)
  const all = placeholders[kind].flatMap(({ ja, en }) => [ja, en])
  const near = all
    .map((name) => ({ name, steps: distance(placeholderKey(name), key) }))
    .filter(({ name, steps }) => steps <= Math.min(2, Math.floor(name.length / 2)))
  return near.toSorted((a, b) => a.steps - b.steps)[0]?.name ?? null
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      )
    row = next
  }
  return row[b.length] ?? 0
}

/** @throws AppError `bad-file` with `template`: what is wrong, where */
export async function requireTemplate(kind: DocumentKind, name: string, bytes: Buffer): Promise<readonly string[]> {
  const judged = await checkTemplate(kind, name, bytes)
  if (!judged.ok) throw new AppError('bad-file', { template: judged.faults, name })
  return judged.used
}
