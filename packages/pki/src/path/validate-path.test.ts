import { describe, expect, it } from 'vitest'
import { schemeById } from '../keys/schemes.ts'
import {
  caExtensions,
  issueTest,
  signerExtensions,
  type TestEntity,
  testKey,
} from '../test-support/test-ca.ts'
import { extension } from '../x509/build-extension.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import { checkBasicConstraints, checkPathLength } from './check-certificate.ts'
import type { PathRequirements } from './types.ts'
import { validatePath } from './validate-path.ts'

const at = new Date('2026-06-01T00:00:00Z')
const rootKey = testKey('root')
const caKey = testKey('ca')
const leafKey = testKey('leaf')
const root = await issueTest({ key: rootKey })
const ca = await issueTest({
  subject: [['CN', 'TEST CA']],
  key: caKey,
  issuer: root,
  extensions: caExtensions(caKey),
})
const leaf = await issueTest({
  subject: [['CN', 'ТЕСТОВ ТЕСТ']],
  key: leafKey,
  issuer: ca,
  extensions: signerExtensions(leafKey),
})
const names = new Map([leaf, ca, root].map((each, index) => [each, ['leaf', 'ca', 'root'][index]]))

const validate = (chain: readonly TestEntity[], requirements: Partial<PathRequirements> = {}) =>
  validatePath(
    chain.map(({ certificate }) => certificate),
    { at, ...requirements },
  )

/** Every check as a line: certificate, check, result, code, detail. */
const linesOf = (result: ReturnType<typeof validate>): readonly string[] =>
  result.checks.map((check) => {
    const [, who = '?'] =
      [...names].find(([each]) => each.certificate.sha256 === check.certificate) ?? []
    const more = check.result === 'passed' ? [] : [check.code, check.detail ?? '']
    return [who, check.name, check.result, ...more].join(' ').trim()
  })
const failures = (result: ReturnType<typeof validate>): readonly string[] =>
  linesOf(result).filter((line) => !line.endsWith(' passed'))

describe('validatePath', () => {
  it('makes these checks of each certificate, from the anchor down', () => {
    const inside = ['basic-constraints', 'key-cert-sign', 'path-length']
    const own = ['validity', 'algorithm', 'critical-extensions', 'name-constraints']
    const signed = ['signature', 'algorithm', 'name-chaining']
    const lines = (who: string, checks: readonly string[]) =>
      checks.map((check) => `${who} ${check} passed`)
    expect(linesOf(validate([leaf, ca, root]))).toEqual([
      ...lines('root', [...own, ...inside]),
      ...lines('ca', [...signed, ...own, 'policy', ...inside]),
      ...lines('leaf', [...signed, ...own, 'policy']),
    ])
  })

  it('of a chain of one judges the anchor alone, and finds no policies', () => {
    const result = validate([leaf])
    expect(result).toMatchObject({ status: 'valid', anchor: leaf.certificate })
    expect(result).not.toHaveProperty('policies')
    expect(validate([ca, root])).toHaveProperty('policies')
  })

  it('names the first failure from the anchor down, and tells all', () => {
    const late = new Date('2040-01-01T00:00:00Z')
    const result = validate([leaf, ca, root], { at: late })
    expect(result).toMatchObject({ status: 'invalid', code: 'expired' })
    expect(failures(result)).toEqual(
      ['root', 'ca', 'leaf'].map(
        (who) => `${who} validity failed expired 2034-01-01T00:00:00.000Z`,
      ),
    )
    const early = new Date('2020-01-01T00:00:00Z')
    expect(failures(validate([root], { at: early }))).toEqual([
      'root validity failed not-yet-valid 2024-01-01T00:00:00.000Z',
    ])
  })

  it('finds a signature by another key', () => {
    const result = validate([leaf, root])
    expect(result).toMatchObject({ status: 'invalid', code: 'signature-invalid' })
    expect(failures(result)).toEqual([
      'leaf signature failed signature-invalid',
      'leaf name-chaining failed name-chaining',
    ])
  })

  it('finds a key that the algorithm does not belong to, for signature and algorithm', async () => {
    const rsaKey = testKey('rsa', 'rsa-2048')
    const rsaCa = await issueTest({
      subject: [['CN', 'TEST CA']],
      key: rsaKey,
      extensions: caExtensions(rsaKey),
    })
    expect(failures(validate([leaf, rsaCa]))).toEqual([
      'leaf signature failed algorithm-unsupported scheme.key-mismatch',
      'leaf algorithm failed algorithm-unsupported scheme.key-mismatch',
    ])
  })

  it('calls a scheme that is not allowed weak, and that alone a warning where asked to', () => {
    const allowedSchemes = [schemeById('rsa-sha256').id]
    expect(failures(validate([ca, root], { allowedSchemes }))).toEqual([
      'ca algorithm failed algorithm-weak kz-2015-512',
    ])
    const warned = validate([leaf, root], { allowedSchemes, weakAlgorithms: 'warning' })
    expect(failures(warned)).toEqual([
      'leaf signature failed signature-invalid',
      'leaf algorithm warning algorithm-weak kz-2015-512',
      'leaf name-chaining failed name-chaining',
    ])
    const only = validate([ca, root], { allowedSchemes, weakAlgorithms: 'warning' })
    expect(only.status).toBe('valid')
  })

  it('asks bits of RSA keys, the anchor’s too, and of no others', async () => {
    const key = testKey('rsa', 'rsa-2048')
    const anchor = await issueTest({ key, extensions: caExtensions(key) })
    const { checks } = validate([anchor], { minRsaBits: 2049 })
    expect(checks.filter(({ result }) => result !== 'passed')).toMatchObject([
      { name: 'algorithm', code: 'algorithm-weak', detail: 'RSA 2048' },
    ])
    expect(validate([anchor]).status).toBe('valid')
    expect(validate([root], { minRsaBits: 99_999 }).status).toBe('valid')
  })
})

describe('an issuer', () => {
  it('may say anything of keys where it says nothing of key usage', async () => {
    const extensions = [extension.basicConstraints({ ca: true })]
    const silent = await issueTest({ key: rootKey, extensions })
    expect(validate([ca, silent]).status).toBe('valid')
  })

  it('of version 1 issues as an anchor only', () => {
    const old: Certificate = { ...root.certificate, version: 1, extensions: { all: [] } }
    expect(checkBasicConstraints(old, { isAnchor: true })).toBeUndefined()
    expect(checkBasicConstraints(old, { isAnchor: false })).toEqual({ code: 'not-a-ca' })
    const later: Certificate = { ...old, version: 3 }
    expect(checkBasicConstraints(later, { isAnchor: true })).toEqual({ code: 'not-a-ca' })
    const chain = [ca.certificate, old]
    expect(validatePath(chain, { at }).status).toBe('valid')
    const below = { ...ca.certificate, version: 1 as const, extensions: { all: [] } }
    expect(validatePath([leaf.certificate, below, root.certificate], { at })).toMatchObject({
      code: 'not-a-ca',
    })
  })

  it('says how many below it when there are too many', () => {
    const narrow: Certificate = {
      ...root.certificate,
      extensions: { ...root.certificate.extensions, basicConstraints: { ca: true, pathLength: 0 } },
    } as Certificate
    const below = [leaf, ca].map(({ certificate }) => certificate)
    expect(checkPathLength(narrow, below)).toEqual({
      code: 'path-length-exceeded',
      detail: '1 > 0',
    })
    expect(checkPathLength(narrow, below.slice(0, 1))).toBeUndefined()
    expect(checkPathLength(root.certificate, below)).toBeUndefined()
  })
})
