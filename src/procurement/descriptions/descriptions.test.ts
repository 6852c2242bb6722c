import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Description, DescriptionFault } from './model.ts'
import { type Json, parseJson } from './parse-json.ts'
import { propose } from './propose.ts'
import { readDescription } from './read-description.ts'
import { readInThread } from './read-in-thread.ts'
import { loadDescriptionRules } from './rules.ts'

const rules = loadDescriptionRules()
const bytes = (text: string) => new TextEncoder().encode(text)

const model = {
  type: 'machine-learning-model',
  'bom-ref': 'model',
  name: 'みなと-7b',
  version: '2.1',
  licenses: [{ license: { id: 'Apache-2.0' } }],
  hashes: [{ alg: 'SHA-256', content: 'a'.repeat(64) }],
  pedigree: { ancestors: [{ type: 'machine-learning-model', name: 'open-base-7b' }] },
  externalReferences: [{ type: 'security-contact', url: 'mailto:security@minato.example' }],
  modelCard: {
    modelParameters: {
      task: 'text-generation',
      datasets: [{ type: 'dataset', name: '公開文書集', classification: 'public', sensitiveData: ['氏名を含む'] }],
    },
    quantitativeAnalysis: { performanceMetrics: [{ type: 'accuracy', value: '0.91', slice: '要約' }] },
    considerations: {
      useCases: ['文書の要約'],
      technicalLimitations: ['長い表は読み誤る'],
      ethicalConsiderations: [{ name: '偏り', mitigationStrategy: '出力を職員が確認する' }],
    },
  },
}
const bom = (more: object = {}, component: object = model) =>
  JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components: [component], ...more }, null, 2)

const card = `---
license: apache-2.0
language: [ja, en]
base_model: example/open-base-7b
datasets:
  - example/public-documents
co2_eq_emissions: { emissions: 120, unit: kg }
---
# Model Card for みなと-7b

## Uses
文書の要約に使います。

### Out-of-Scope Use
個人の評価には使えません。

## Bias, Risks, and Limitations
[More Information Needed]

## 学習データ
公開された行政文書です。

\`\`\`
# Evaluation
not a heading
\`\`\`
`

async function read(text: string | Uint8Array): Promise<Description> {
  const found = await readDescription(typeof text === 'string' ? bytes(text) : text, rules)
  if (!found.ok) throw new Error(JSON.stringify(found.faults))
  return found.description
}
async function faults(text: string | Uint8Array): Promise<readonly DescriptionFault[]> {
  const found = await readDescription(typeof text === 'string' ? bytes(text) : text, rules)
  expect(found.ok, 'was read').toBe(false)
  return found.ok ? [] : found.faults
}
const said = ({ statements }: Description, topic: string) =>
  statements.filter((one) => one.topic === topic).map(({ text, place }) => [text, place.at])

describe('a CycloneDX ML-BOM', () => {
  it.each(['1.6', '1.7'])('of version %s says what its model card says, each with its place', async (specVersion) => {
    const description = await read(bom({ specVersion }))
    expect(description).toMatchObject({ format: 'cyclonedx', specVersion, models: ['みなと-7b'] })
    expect(said(description, 'licence')).toEqual([['Apache-2.0', '/components/0/licenses/0/license']])
    expect(said(description, 'base-model')).toEqual([['open-base-7b', '/components/0/pedigree/ancestors/0']])
    expect(said(description, 'limitations')[0]).toEqual([
      '長い表は読み誤る',
      '/components/0/modelCard/considerations/technicalLimitations/0',
    ])
    expect(said(description, 'sensitive-data')).toEqual([
      ['氏名を含む', '/components/0/modelCard/modelParameters/datasets/0/sensitiveData/0'],
    ])
    expect(said(description, 'metrics')).toEqual([
      ['accuracy / 0.91 / 要約', '/components/0/modelCard/quantitativeAnalysis/performanceMetrics/0'],
    ])
    const text = bom({ specVersion }).split('\n')
    for (const { place, topic } of description.statements.filter((one) => one.topic === 'limitations'))
      expect(text[place.line - 1], topic).toContain('長い表は読み誤る')
  })

  it('that breaks the schema is refused with path and line', async () => {
    const broken = bom({}, { ...model, licenses: [{ license: { id: 'My-Own-Licence' } }], version: 7 })
    const told = await faults(broken)
    expect(told.every(({ code, line }) => code === 'schema' && line !== undefined)).toBe(true)
    const version = told.find(({ at }) => at === '/components/0/version')!
    expect(version.detail).toBe('type string')
    expect(broken.split('\n')[version.line! - 1]).toContain('"version": 7')
    expect(told.length).toBeLessThanOrEqual(20)
  })

  it.each([
    ['1.5', 'spec-version'],
    ['9.0', 'spec-version'],
    ['__proto__', 'spec-version'],
  ])('of version %s is not known', async (specVersion, code) => {
    expect(await faults(bom({ specVersion }))).toEqual([
      expect.objectContaining({ code, detail: specVersion, line: 3 }) as unknown,
    ])
  })

  it.each<[string, string, string]>([
    ['without a model in it', bom({}, { type: 'library', name: 'x' }), 'no-model'],
    ['that is other JSON', '{"name": "x"}', 'not-cyclonedx'],
    ['that is a list', '[1, 2]', 'not-cyclonedx'],
    ['with a key twice', '{"bomFormat": "CycloneDX",\n"bomFormat": "CycloneDX"}', 'duplicate-key'],
    ['that ends too early', '{"bomFormat": "CycloneDX", ', 'json-syntax'],
    ['with something behind it', '{} {}', 'json-syntax'],
    ['with a number nobody writes so', '{"a": 01}', 'json-syntax'],
    ['of lists in lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'too-deep'],
    ['of objects in objects', '{"a":'.repeat(1000), 'too-deep'],
    ['of more values than anybody writes', `[${'1,'.repeat(300_000)}1]`, 'too-many-values'],
  ])('%s is refused', async (_what, text, code) => {
    expect((await faults(text))[0]).toMatchObject({ code })
  })
})

describe('a model card', () => {
  it('says what its head and its headings say, each with its place', async () => {
    const description = await read(card)
    expect(description).toMatchObject({ format: 'hugging-face', models: ['みなと-7b'] })
    expect(said(description, 'licence')).toEqual([['apache-2.0', 'license']])
    expect(said(description, 'languages')).toEqual([['ja, en', 'language']])
    expect(said(description, 'out-of-scope')).toEqual([['個人の評価には使えません。', '# Out-of-Scope Use']])
    expect(said(description, 'intended-use')).toEqual([['文書の要約に使います。', '# Uses']])
    expect(said(description, 'training-data').map(([text]) => text)).toContain('example/public-documents')
    expect(said(description, 'training-data').at(-1)![0]).toMatch(/^公開された行政文書です。/)
    expect(said(description, 'energy')).toEqual([['emissions: 120; unit: kg', 'co2_eq_emissions']])
    for (const { place, topic } of description.statements)
      expect(card.split('\n')[place.line - 1], topic).toContain(place.at.replace('# ', ''))
  })

  it('takes a gap of the template for nothing said, and code for code', async () => {
    const description = await read(card)
    expect(said(description, 'limitations')).toEqual([])
    expect(said(description, 'metrics')).toEqual([])
  })

  it('is read without a head too', async () => {
    expect(said(await read('# みなと\n\n## Limitations\n長い表'), 'limitations')).toEqual([['長い表', '# Limitations']])
  })

  it.each<[string, string, string]>([
    ['an anchor', '---\na: &a [x]\n---\n', 'yaml-alias'],
    [
      'aliases that grow',
      `---\na: &a [x,x,x,x,x,x,x,x,x]\n${Array.from('bcdefgh', (c, i) => `${c}: &${c} [${`*${'abcdefg'[i]},`.repeat(9)}]`).join('\n')}\n---\n`,
      'yaml-alias',
    ],
    ['a tag of its own', '---\nlicense: !!js/function "x"\n---\n', 'yaml-tag'],
    ['a key twice', '---\nlicense: a\nlicense: b\n---\n', 'duplicate-key'],
    ['no end', '---\nlicense: a\n', 'head-not-closed'],
    ['something that is no YAML', '---\n{ [ \n---\n', 'yaml-syntax'],
    ['brackets in brackets', `---\na: ${'['.repeat(5000)}\n---\n`, 'too-deep'],
    ['lists in lists', `---\n${'- '.repeat(5000)}x\n---\n`, 'too-deep'],
    ['more than a head is', `---\na: ${'x'.repeat(300_000)}\n---\n`, 'head-too-large'],
  ])('with a head that holds %s is refused', async (_what, text, code) => {
    expect((await faults(text))[0]).toMatchObject({ code })
  })

  it('that says nothing of any topic is told so', async () => {
    expect(await faults('# Hello\n\nNothing.')).toEqual([{ code: 'says-nothing' }])
  })
})

describe('a file that is not what its name says', () => {
  it.each<[string, Uint8Array | string, string]>([
    ['a ZIP', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 1, 2]), 'zip'],
    ['a PDF', '%PDF-1.7', 'pdf'],
    ['a BOM in XML', '<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.6"/>', 'xml'],
    ['a page', '<!DOCTYPE html><html></html>', 'html'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0]), 'utf-16'],
    ['a program', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0]), 'binary'],
  ])('%s is named', async (_what, content, detail) => {
    expect(await faults(content)).toEqual([{ code: 'not-what-it-says', detail }])
  })

  it('nothing, and what is no UTF-8, is refused', async () => {
    expect(await faults('')).toEqual([{ code: 'empty' }])
    expect(await faults(' \n ')).toEqual([{ code: 'empty' }])
    expect(await faults(new Uint8Array([0x7b, 0xff, 0x7d]))).toEqual([{ code: 'not-utf8' }])
  })
})

it('a file of 50 MB is refused before it is looked at', async () => {
  const refused = await readInThread(new Uint8Array(50_000_000), rules)
  expect(refused).toEqual({ ok: false, faults: [{ code: 'too-large', detail: rules.limits.bytes }] })
})

it('a reading that takes longer than its limit is ended', async () => {
  const slow = { ...rules, limits: { ...rules.limits, seconds: 0.001 } }
  expect(await readInThread(bytes(bom()), slow)).toEqual({
    ok: false,
    faults: [{ code: 'took-too-long', detail: 0.001 }],
  })
})

it('in its thread it reads the same', async () => {
  expect(await readInThread(bytes(bom()), rules)).toEqual(await readDescription(bytes(bom()), rules))
})

it('JSON is read as the engine reads it, whatever it holds', () => {
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(4), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      expect(plain(parseJson(text, { depth: 64, values: 100_000 }).value)).toEqual(JSON.parse(text) as Json)
    }),
  )
})

it('what the engine refuses is refused, and nothing else fails', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 40, unit: fc.constantFrom(...Array.from('{}[]":,\\truefalsn0123.eE+- \n')) }),
      (text) => {
        const ours = () => parseJson(text, { depth: 64, values: 1000 })
        let theirs = true
        try {
          JSON.parse(text)
        } catch {
          theirs = false
        }
        if (theirs) return
        expect(ours).toThrow(expect.objectContaining({ faults: expect.any(Array) as unknown }) as Error)
      },
    ),
    { numRuns: 2000 },
  )
})

it('any text is read or refused with a code, and never breaks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ maxLength: 300, unit: 'binary' }),
      fc.constantFrom('', '---\n', '{', '# Uses\n'),
      async (text, start) => {
        const found = await readDescription(bytes(start + text), rules)
        expect(found.ok || found.faults.length > 0).toBe(true)
      },
    ),
  )
})

describe('proposals', () => {
  it('stand only at items that were asked, in the words of the file, with the reason of the rule', async () => {
    const proposals = propose(await read(bom()), rules, ['p-08', 'p-15', 'p-02'])
    expect(proposals.map(({ item }) => item)).toEqual(['p-08', 'p-15'])
    expect(proposals[0]!.statements.map(({ topic, text }) => [topic, text])).toEqual([
      ['licence', 'Apache-2.0'],
      ['base-model', 'open-base-7b'],
    ])
    expect(proposals[0]!.why.ja).not.toBe('')
  })

  it('say nothing of whether a requirement is met', async () => {
    const text = JSON.stringify(propose(await read(card), rules, ['p-07', 'p-08', 'p-10', 'p-11', 'p-15', 'p-20']))
    expect(text).not.toMatch(/fulfils|meets/)
  })
})
