import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { filesBelow } from '#test/rooms.ts'

import { allowedLicences, isAllowed, type Package, packagesOf, refusedOf } from './licences.ts'

const npm = (script: string) =>
  spawnSync('npm', ['run', '-s', script], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
type Lock = {
  packages: Record<string, { hasInstallScript?: boolean; integrity?: string; resolved?: string; link?: boolean }>
}
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock

describe('the licences', () => {
  it('of all packages are allowed, and the command says so for each', () => {
    const { status, stdout, stderr } = npm('licences')
    expect(stderr).toContain(', 0 refused')
    expect(status).toBe(0)
    const lines = stdout.trim().split('\n')
    expect(lines).toHaveLength(Object.keys(lock.packages).length - 1)
    expect(lines.filter((line) => !/^\S+\t\S+\t[^\t?]+\t(tool|delivered)$/.test(line))).toEqual([])
  })

  const one = (more: Partial<Package>): Package => ({
    name: 'x',
    version: '1.0.0',
    licence: 'MIT',
    tool: false,
    ...more,
  })
  it.each([
    ['copyleft', { licence: 'GPL-3.0-only' }],
    ['none at all', { licence: undefined }],
    ['one that is for tools only, delivered', { licence: 'MPL-2.0' }],
    ['two at once of which one is refused', { licence: 'MIT AND GPL-2.0-only' }],
    [
      'another version of a package whose licence was looked up',
      { name: 'only', version: '9.9.9', licence: undefined },
    ],
  ])('refuse %s', (_what, more) => {
    expect(refusedOf([one(more)], allowedLicences())).toHaveLength(1)
  })

  it('may be chosen from where a package offers several', () => {
    const allowed = new Set(['MIT', 'ISC'])
    expect(isAllowed('(MIT OR GPL-3.0-only)', allowed)).toBe(true)
    expect(isAllowed('(MIT OR GPL-3.0-only) AND ISC', allowed)).toBe(true)
    expect(isAllowed('MIT AND (GPL-3.0-only OR AGPL-3.0-only)', allowed)).toBe(false)
    expect(isAllowed('MIT ISC', allowed)).toBe(false)
    expect(isAllowed('', allowed)).toBe(false)
  })

  it('name every package that the page imports', () => {
    const { page } = allowedLicences()
    const files = filesBelow('web').filter((file) => /\.tsx?$/.test(file) && !/\.test\.|config/.test(file))
    const imported = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^import (?!type).*?from '(@[\w-]+\/[\w-]+|[a-z][\w-]*)/gm)].map(
        ([, name]) => name!,
      ),
    )
    expect(new Set(imported).size).toBeGreaterThan(3)
    const inDependencies = packagesOf('package-lock.json', '.', [])
      .filter((p) => !p.tool)
      .map((p) => p.name)
    expect([...new Set(imported)].filter((name) => ![...page, ...inDependencies].includes(name))).toEqual([])
  })

  it('of what the page is built from count as delivered', () => {
    const delivered = packagesOf('package-lock.json', '.')
      .filter((p) => !p.tool)
      .map((p) => p.name)
    expect(delivered).toEqual(
      expect.arrayContaining([
        'react',
        'scheduler',
        'react-stately',
        'react-aria-components',
        '@tanstack/react-query',
        'fastify',
      ]),
    )
    expect(delivered).not.toContain('vitest')
  })
})

describe('the list of parts (SBOM)', () => {
  it('is CycloneDX with every package, its version, address and hash', () => {
    const { status, stdout } = npm('sbom')
    expect(status).toBe(0)
    const sbom = JSON.parse(stdout) as {
      bomFormat: string
      specVersion: string
      serialNumber: string
      metadata: { component: { name: string; type: string } }
      components: { name: string; version: string; purl: string; hashes?: { alg: string; content: string }[] }[]
      dependencies: { ref: string; dependsOn: string[] }[]
    }
    expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: expect.stringMatching(/^1\.[5-9]$/), version: 1 })
    expect(sbom.serialNumber).toMatch(/^urn:uuid:[0-9a-f-]{36}$/)
    expect(sbom.metadata.component).toMatchObject({ type: 'application', version: expect.any(String) })
    const purls = new Set(sbom.components.map((c) => c.purl))
    const missing = packagesOf('package-lock.json', '.').filter(
      (p) => !purls.has(`pkg:npm/${p.name.replace('@', '%40')}@${p.version}`),
    )
    expect(missing).toEqual([])
    expect(
      sbom.components.filter((c) => !c.hashes?.some((h) => h.alg === 'SHA-512' && /^[0-9a-f]{128}$/.test(h.content))),
    ).toEqual([])
    expect(sbom.dependencies.length).toBeGreaterThan(sbom.components.length)
  })
})

describe('the lock file', () => {
  it('has a hash for every package, and none that runs a script when it is installed', () => {
    const packages = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && entry.link !== true)
    expect(packages.length).toBeGreaterThan(100)
    expect(packages.filter(([, p]) => p.hasInstallScript === true).map(([path]) => path)).toEqual([])
    expect(packages.filter(([, p]) => !(p.integrity ?? '').startsWith('sha512-')).map(([path]) => path)).toEqual([])
  })
})
