import { describe, expect, it } from 'vitest'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { actions, breadths, type Role, roles } from '#access/model.ts'
import { loadLibrary } from '#catalog/catalog-library.ts'
import type { AppError } from '#platform/errors.ts'
import { rights } from '#test/rights.ts'

import { openRights } from './rights.ts'

const here = { organisationPath: ['ministry', 'bureau', 'division'] }
const as = (role: Role, organisationId = 'bureau') => ({ personId: 'me', role, organisationId })
const refusal = (deed: () => void): AppError => {
  try {
    deed()
  } catch (error) {
    return error as AppError
  }
  throw new Error('it was permitted')
}

describe('the policies that are shipped', () => {
  it('name every action and every role of the house, and no other', () => {
    expect(rights.policies.length).toBeGreaterThan(25)
    const { text } = { text: readFileSync('policies/tenbin.cedarschema', 'utf8') }
    const declared = [...text.matchAll(/action ([^;{]+?)(?:\sin\s|;)/g)].flatMap(([, names]) =>
      [...names!.matchAll(/"([^"]+)"/g)].map(([, name]) => name!),
    )
    const groups = ['own', 'open', 'reading', 'writing', 'advising', 'answering', 'breadth']
    expect(declared.filter((name) => !groups.includes(name)).toSorted()).toEqual([...actions, ...breadths].toSorted())
    const [, listed = ''] = /entity Role enum \[([^\]]+)\]/.exec(text) ?? []
    expect([...listed.matchAll(/"([^"]+)"/g)].map(([, name]) => name)).toEqual(roles)
  })

  it('rest on items of the roles in DS-920 that are there, or say that they are a preset', () => {
    const { library } = loadLibrary(['catalogs'])
    const lists = library.get('ds-920', '1.0')!.content.lists
    const items = lists.flatMap((list) => (list.items ?? []).flatMap((item) => (item.details ?? []).map((d) => d.id)))
    expect(items).toContain('caio-01')
    const cited = rights.policies.flatMap(({ source }) => (source === 'preset' ? [] : source.split(/, | /).slice(1)))
    expect(cited.length).toBeGreaterThan(8)
    expect(cited.filter((id) => !items.includes(id))).toEqual([])
  })

  it('leave every role something, and nobody from outside more than the rules and themselves', () => {
    const open = (role: Role) => actions.filter((action) => rights.mayAll(as(role))[action])
    for (const role of roles) expect(open(role)).toContain('own-account')
    expect(open('public')).toEqual(['own-account', 'read-rules'])
    expect(open('supplier')).toEqual([
      'own-account',
      'read-rules',
      'read-evidence',
      'add-evidence',
      'withdraw-evidence',
      'make-token',
      'read-tender',
      'answer-tender',
    ])
  })

  it('let only the Chief AI Officer decide otherwise than the rule', () => {
    expect(rights.rolesFor('override-verdict')).toEqual(['caio'])
  })

  it('say how far each role reads and writes', () => {
    const of = (reads: string) => roles.filter((role) => rights.breadthOf({ role }).reads === reads)
    expect(of('all')).toEqual(['board', 'secretariat', 'desk'])
    expect(of('held')).toEqual(['auditor'])
    expect(of('nothing')).toEqual(['supplier', 'public'])
    const writing = roles.filter((role) => rights.breadthOf({ role }).writes === 'held')
    expect(writing).toEqual(['caio', 'caio-office', 'planner', 'provider', 'administrator'])
    expect(rights.breadthOf({ role: 'nonsense' })).toEqual({ reads: 'nothing', shared: false, writes: 'nothing' })
  })
})

describe('a refusal names the policy', () => {
  it('that forbids it to the role, whatever the item', () => {
    const { code, params } = refusal(() => rights.may(as('auditor'), 'change-system', here))
    expect(code).toBe('not-permitted')
    expect(params).toMatchObject({ policy: 'auditor-changes-nothing', because: 'forbidden', action: 'change-system' })
    expect(params['words']).toEqual({ ja: expect.stringContaining('監査'), en: expect.stringContaining('Auditors') })
  })

  it('that keeps deeds within the own organisation and below', () => {
    expect(() => rights.may(as('caio', 'ministry'), 'change-system', here)).not.toThrow()
    for (const elsewhere of ['division-beside', 'other-ministry'])
      expect(refusal(() => rights.may(as('caio', elsewhere), 'change-system', here)).params).toMatchObject({
        policy: 'only-below-ones-own-place',
        outside: true,
      })
    const above = { organisationPath: ['ministry'] }
    expect(refusal(() => rights.may(as('planner'), 'change-system', above)).params).toMatchObject({ outside: true })
  })

  it('by which others may, where nothing permits the role', () => {
    const { params } = refusal(() => rights.may(as('planner'), 'override-verdict', here))
    expect(params).toMatchObject({ policy: 'caio-decides', because: 'role', roles: ['caio'] })
  })

  it('under which the role may do it, but not at this stage', () => {
    const idea = { ...here, stage: 'idea' } as const
    const { params } = refusal(() => rights.may(as('provider'), 'change-system', idea))
    expect(params).toMatchObject({ policy: 'provider-keeps-from-procurement-on', because: 'item' })
    expect(() => rights.may(as('provider'), 'change-system', { ...idea, ownerId: 'me' })).not.toThrow()
    expect(() => rights.may(as('provider'), 'change-system', { ...here, stage: 'operation' })).not.toThrow()
  })

  it('that keeps what is restricted in its unit, however far the role reads', () => {
    const restricted = { ...here, sharing: 'restricted' } as const
    for (const role of ['board', 'desk', 'planner'] as const)
      expect(refusal(() => rights.may(as(role, 'elsewhere'), 'read-register', restricted)).params).toMatchObject({
        policy: 'restricted-stays-in-the-unit',
      })
    expect(() => rights.may(as('planner', 'ministry'), 'read-register', restricted)).not.toThrow()
  })

  it('and refuses a role that no policy knows', () => {
    const stranger = { personId: 'me', role: 'emperor', organisationId: 'bureau' }
    expect(refusal(() => rights.may(stranger, 'read-rules')).code).toBe('not-permitted')
  })
})

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tenbin-policies-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}
const said = '@ja("ことば") @en("words") @source("preset")'

describe('a folder of a ministry', () => {
  it('replaces a file of the same name and adds others', () => {
    const folder = folderWith({
      'planner.cedar': `@id("planner-only-reads") ${said}\npermit (principal in Tenbin::Role::"planner", action == Tenbin::Action::"read-register", resource);`,
      'ours.cedar': `@id("no-exports-here") ${said}\nforbid (principal, action == Tenbin::Action::"export", resource);`,
    })
    const ours = openRights(['policies', folder])
    expect(ours.rolesFor('assess')).not.toContain('planner')
    expect(ours.rolesFor('read-register')).toContain('planner')
    expect(ours.rolesFor('export')).toEqual([])
    expect(refusal(() => ours.may(as('caio'), 'export')).params).toMatchObject({ policy: 'no-exports-here' })
  })

  it.each([
    [
      'a role that is not there',
      `permit (principal in Tenbin::Role::"ciao", action, resource);`,
      'does-not-fit',
      'ciao',
    ],
    [
      'an action that is not there',
      `permit (principal, action == Tenbin::Action::"fly", resource);`,
      'does-not-fit',
      'fly',
    ],
    [
      'an attribute that is not there',
      `permit (principal, action, resource) when { resource.stages == 1 };`,
      'does-not-fit',
      'stages',
    ],
    ['a word that Cedar does not know', `permitt (principal, action, resource);`, 'syntax', 'permitt'],
    ['a sentence that is not finished', `permit (principal, action, resource) when { true `, 'syntax', ''],
    ['a template', `permit (principal == ?principal, action, resource);`, 'template', ''],
  ])('refuses the start for %s, naming file and line', (_name, policy, fault, told) => {
    const folder = folderWith({ 'ours.cedar': `// 前置き: わたしたちのポリシー\n\n@id("ours") ${said}\n${policy}` })
    const { code, params } = refusal(() => openRights(['policies', folder]))
    expect([code, params['reason']]).toEqual(['unavailable', 'policies-faulty'])
    const [first] = params['faults'] as { file: string; line: number; fault: string; message?: string }[]
    expect(first).toMatchObject({ file: join(folder, 'ours.cedar'), fault })
    expect(first!.line).toBeGreaterThanOrEqual(3)
    expect(first!.line).toBeLessThanOrEqual(4)
    expect(first!.message ?? '').toContain(told)
  })

  it('refuses policies without words, without source, of the same name, and a schema of its own', () => {
    const folder = folderWith({
      'a.cedar': `@id("a") permit (principal, action, resource);`,
      'b.cedar': `@id("caio-decides") ${said} permit (principal, action, resource);`,
      'tenbin.cedarschema': 'namespace Tenbin {}',
    })
    const { params } = refusal(() => openRights(['policies', folder]))
    const faults = (params['faults'] as { fault: string; message?: string }[]).map((f) => [f.fault, f.message])
    expect(faults).toEqual([
      ['schema-elsewhere', undefined],
      ['annotation-missing', '@ja'],
      ['annotation-missing', '@en'],
      ['annotation-missing', '@source'],
      ['id-twice', undefined],
    ])
  })

  it('that is not there, or holds no policy beside the schema, refuses the start', () => {
    expect(refusal(() => openRights(['policies', '/nowhere'])).params['faults']).toMatchObject([
      { file: '/nowhere', fault: 'not-readable' },
    ])
    const empty = folderWith({})
    copyFileSync('policies/tenbin.cedarschema', join(empty, 'tenbin.cedarschema'))
    expect(refusal(() => openRights([empty])).params['faults']).toMatchObject([{ fault: 'no-policies' }])
    expect(readdirSync(empty)).toEqual(['tenbin.cedarschema'])
  })
})
