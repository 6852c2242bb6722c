import fc from 'fast-check'
import { expect, it } from 'vitest'

import {
  type DocumentKind,
  documentKinds,
  languages,
  placeholderOf,
  placeholders,
} from '#procurement/documents/model.ts'
import { writeZip } from '#register/spreadsheet/write-zip.ts'

import { checkTemplate } from './check-template.ts'
import { defaultTemplate } from './default-template.ts'
import { fillTemplate } from './fill-template.ts'
import { openPackage, packPackage } from './open-package.ts'
import { escapeXml, parseXml, writeXml } from './xml-tree.ts'

const kind: DocumentKind = 'specification-annex'
const part = 'word/document.xml'

async function changed(change: (parts: Map<string, Buffer>) => void): Promise<Buffer> {
  const parts = await openPackage(await defaultTemplate(kind, 'ja'))
  change(parts)
  return packPackage(parts)
}
const text = (edit: (xml: string) => string, name = part) =>
  changed((parts) => void parts.set(name, Buffer.from(edit(parts.get(name)!.toString('utf8')))))
const faultsOf = async (bytes: Buffer, name = 'a.docx') => {
  const judged = await checkTemplate(kind, name, bytes)
  return judged.ok ? [] : judged.faults
}
const relation = (type: string, target: string) =>
  text(
    (xml) =>
      xml.replace(
        '</Relationships>',
        `<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" TargetMode="External"/></Relationships>`,
      ),
    'word/_rels/document.xml.rels',
  )
const paragraph = (inner: string) => (xml: string) => xml.replace('<w:sectPr', `<w:p>${inner}</w:p><w:sectPr`)
const run = (words: string) => `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`

const fill = async (template: Buffer, values: Record<string, string> = {}) => {
  const ours = await defaultTemplate(kind, 'ja')
  const filled = await fillTemplate(template, ours, {
    lookUp: (written) => placeholderOf(kind, written),
    values: Object.fromEntries(placeholders[kind].map(({ id }) => [id, values[id] ?? id])),
    blocks: {
      items: [
        { kind: 'heading', level: 1, text: '体制' },
        { kind: 'heading', level: 2, text: '項目' },
        { kind: 'paragraph', text: values['body'] ?? '本文' },
      ],
    },
    contentsId: 'contents',
    title: '別紙',
    madeAt: new Date(0),
  })
  return (await openPackage(filled)).get(part)!.toString('utf8')
}

it.each(documentKinds.flatMap((one) => languages.map((language) => [one, language] as const)))(
  'our own template of the %s in %s is one that we would take',
  async (one, language) => {
    expect(await checkTemplate(one, 'a.docx', await defaultTemplate(one, language))).toMatchObject({ ok: true })
  },
)

it('a placeholder is found however many runs Word cut it into, with any width of braces', async () => {
  const template = await text(
    paragraph(`${run('甲は{')}${run('{件')}<w:proofErr w:type="spellStart"/>${run('名}')}${run('}である')}`),
  )
  expect(await faultsOf(template)).toEqual([])
  expect((await fill(template, { subject: '調達A' })).replace(/<[^>]+>/g, '')).toContain('甲は調達Aである')
  expect(await faultsOf(await text(paragraph(run('｛｛ 件名 ｝｝'))))).toEqual([])
})

it('any value is put in as it is, and what looks like a placeholder in it stays words', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), async (words) => {
      const xml = await fill(await defaultTemplate(kind, 'ja'), {
        subject: words,
        body: `${words}{{項目の本文}}{{件名}}`,
      })
      expect(parseXml(xml, part).name).toBe('w:document')
      expect(xml).toContain('{{項目の本文}}{{件名}}')
      expect(xml).toContain(escapeXml(words.replace(/\s+/g, ' ')))
    }),
    { numRuns: 25 },
  )
})

it('the contents have their entries with the numbers that Word will give the headings', async () => {
  const xml = await fill(await defaultTemplate(kind, 'ja'))
  expect(xml).toContain('TOC \\o')
  expect(xml).toContain('第1章\u3000体制')
  expect(xml).toContain('1.1\u3000項目')
})

it.each<[string, () => Promise<Buffer>, object]>([
  [
    'an unknown placeholder',
    () => text(paragraph(run('{{件命}}'))),
    { code: 'unknown-placeholder', name: '件命', near: '件名', around: '{{件命}}', place: 'body' },
  ],
  [
    'a missing required one',
    () => text((xml) => xml.replace('{{項目の本文}}', '')),
    { code: 'missing-placeholder', name: '項目の本文' },
  ],
  [
    'braces that do not close',
    () => text(paragraph(run('{{件名'))),
    { code: 'placeholder-not-closed', around: '{{件名', place: 'body' },
  ],
  [
    'a block beside other words',
    () => text((xml) => xml.replace('{{項目の本文}}', '次：{{項目の本文}}')),
    { code: 'block-not-alone', name: '項目の本文' },
  ],
  ['a block twice', () => text(paragraph(run('{{項目の本文}}'))), { code: 'block-twice', name: '項目の本文' }],
  [
    'a block in a table',
    () => text((xml) => xml.replace('{{件名}}', '{{項目の一覧}}')),
    { code: 'block-not-in-body', name: '項目の一覧' },
  ],
  [
    'a remote template',
    () => relation('attachedTemplate', 'https://x.example/a.dotx'),
    { code: 'remote-template', target: 'https://x.example/a.dotx' },
  ],
  [
    'a picture elsewhere',
    () => relation('image', 'https://x.example/a.png'),
    { code: 'external-relation', kind: 'image' },
  ],
  [
    'a file by link',
    () => relation('hyperlink', 'file:///etc/passwd'),
    { code: 'external-relation', kind: 'hyperlink' },
  ],
  [
    'macros',
    () => changed((parts) => void parts.set('word/vbaProject.bin', Buffer.from('x'))),
    { code: 'macros', part: 'word/vbaProject.bin' },
  ],
  [
    'an embedded object',
    () => changed((parts) => void parts.set('word/embeddings/a.bin', Buffer.from('x'))),
    { code: 'active-content' },
  ],
  [
    'a field that reads from outside',
    () =>
      text(
        paragraph(
          `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT "c:\\a" </w:instrText></w:r>`,
        ),
      ),
    { code: 'outside-field', field: 'INCLUDETEXT' },
  ],
  [
    'tracked changes',
    () => text(paragraph(`<w:ins w:id="1" w:author="x">${run('足した')}</w:ins>`)),
    { code: 'tracked-changes', around: '足した' },
  ],
])('%s is named with its place and refused', async (_what, make, fault) => {
  expect(await faultsOf(await make())).toContainEqual(expect.objectContaining(fault))
})

it('an address to click is fine', async () => {
  expect(await faultsOf(await relation('hyperlink', 'https://www.digital.go.jp/'))).toEqual([])
})

it.each<[string, () => Promise<Buffer> | Buffer, object]>([
  ['nothing', () => Buffer.alloc(0), { fault: 'empty-file' }],
  ['text', () => Buffer.from('ひな形'), { fault: 'not-a-document' }],
  ['an old Word file', () => Buffer.from('d0cf11e0a1b11ae100', 'hex'), { fault: 'old-word' }],
  [
    'an encrypted one',
    () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
    { fault: 'encrypted' },
  ],
  ['half a file', async () => (await defaultTemplate(kind, 'ja')).subarray(0, 4000), { fault: 'broken-document' }],
  [
    'a bomb',
    async () =>
      Buffer.from(
        await writeZip([
          { name: 'word/document.xml', text: Array.from({ length: 64 }, () => ' '.repeat(1024 * 1024)) },
        ]),
      ),
    { fault: 'zip-bomb' },
  ],
  [
    'a document type',
    () => text((xml) => xml.replace('<w:document', '<!DOCTYPE x [<!ENTITY a "b">]><w:document')),
    { fault: 'document-type' },
  ],
])('%s is refused as a file', async (_what, make, params) => {
  await expect(checkTemplate(kind, 'a.docx', await make())).rejects.toMatchObject({ params })
})

// Each of these kept the one thread of the server busy for half a minute or longer, or ended it.
it.each<[string, (xml: string) => string]>([
  [
    'an element with a long word that is no attribute',
    (xml) => xml.replace('<w:sectPr', `<w:p ${'x'.repeat(300_000)}/>$&`),
  ],
  [
    'elements 20,000 deep',
    (xml) => xml.replace('<w:sectPr', `${'<w:sdt>'.repeat(20_000)}${'</w:sdt>'.repeat(20_000)}$&`),
  ],
  ['300,000 elements', (xml) => xml.replace('<w:sectPr', `${'<w:p/>'.repeat(300_000)}$&`)],
])('%s is refused as broken', async (_what, edit) => {
  await expect(checkTemplate(kind, 'a.docx', await text(edit))).rejects.toMatchObject({
    code: 'bad-file',
    params: { fault: 'broken-document', part },
  })
})

it('of ten thousand unknown placeholders the first fifty are named', async () => {
  const many = Array.from(
    { length: 10_000 },
    (_, n) => `<w:p>${run(`{{${'未知の置き場所'.repeat(20)}${n}}}`)}</w:p>`,
  ).join('')
  const faults = await faultsOf(await text((xml) => xml.replace('<w:sectPr', `${many}$&`)))
  expect(faults).toHaveLength(50)
  expect(faults.every(({ code }) => code === 'unknown-placeholder')).toBe(true)
})

it('paragraphs in paragraphs are each looked at once', async () => {
  const nested = `${'<w:p>'.repeat(100)}${run('字').repeat(1000)}<w:r><w:instrText> INCLUDETEXT "c:" </w:instrText></w:r>${'</w:p>'.repeat(100)}`
  const faults = await faultsOf(await text((xml) => xml.replace('<w:sectPr', `${nested}$&`)))
  expect(faults.filter(({ code }) => code === 'outside-field')).toHaveLength(1)
})

it('a template that Word saved under Japanese names of styles keeps headings and numbers', async () => {
  const template = await changed((parts) => {
    const styles = parts.get('word/styles.xml')!.toString('utf8')
    parts.set('word/styles.xml', Buffer.from(styles.replaceAll('"Heading1"', '"1"').replaceAll('"Heading2"', '"2"')))
    const numbering = parts.get('word/numbering.xml')!.toString('utf8')
    parts.set(
      'word/numbering.xml',
      Buffer.from(numbering.replaceAll('"Heading1"', '"1"').replaceAll('"Heading2"', '"2"')),
    )
  })
  const xml = await fill(template)
  expect(xml).toContain('<w:pStyle w:val="1"/>')
  expect(xml).toContain('第1章\u3000体制')
})

it('a part comes back as it was, whatever it holds', () => {
  const any = '<a xmlns:b="c" d="&quot;&#10;"><b:e/>x &amp; y<f> </f><!-- g --><![CDATA[<h>]]></a>'
  const once = writeXml(parseXml(any, 'x'))
  expect(writeXml(parseXml(once, 'x'))).toBe(once)
  expect(once).toContain('x &amp; y<f> </f>&lt;h&gt;')
})
