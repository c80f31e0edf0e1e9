import { beforeAll, describe, expect, it } from 'vitest'
import type { PathCheckName, PathFailureCode, PathResult } from '../path/index.ts'
import { policies, sandboxPolicyOid, type VerificationPolicy } from '../policy/index.ts'
import { type Certificate, extension } from '../x509/index.ts'
import { isSandboxCertificate, judgePath, judgeSandbox } from './judge-path.ts'
import { createSampleFacts, linesOf, type SampleFacts } from './testing/sample-facts.ts'
import { issue } from './testing/test-pki.ts'
import type { PathFacts } from './types.ts'

let sample: SampleFacts
let path: PathFacts
beforeAll(async () => {
  sample = await createSampleFacts()
  const found = sample.signer.path
  if (found === undefined) {
    throw new Error('The sample has no path.')
  }
  path = found
})

const basic = policies['etsi-basic']
const judge = (changed: PathFacts | undefined, policy: Partial<VerificationPolicy> = {}) =>
  linesOf(judgePath('certificate-path', { path: changed, policy: { ...basic, ...policy } }))

/** The path with failures of one check each, of one of its certificates. */
const failing = (
  failures: readonly (readonly [PathFailureCode, number?, PathCheckName?])[],
): PathFacts => {
  const { chain, anchor } = path.result
  const checks = failures.map(([code, index = 1, name = 'basic-constraints']) => ({
    name,
    certificate: chain[index]?.sha256 ?? '',
    result: 'failed' as const,
    code,
  }))
  const result: PathResult = { chain, anchor, checks, status: 'invalid', code: 'not-a-ca' }
  return { ...path, result }
}

const open: Readonly<Partial<Record<PathFailureCode, string>>> = {
  'issuer-not-found': 'NO_CERTIFICATE_CHAIN_FOUND',
  'issuer-key-mismatch': 'NO_CERTIFICATE_CHAIN_FOUND',
  'name-chaining': 'NO_CERTIFICATE_CHAIN_FOUND',
  'untrusted-root': 'NO_CERTIFICATE_CHAIN_FOUND',
  'search-limit': 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  expired: 'OUT_OF_BOUNDS_NO_POE',
  'algorithm-unsupported': 'CRYPTO_CONSTRAINTS_FAILURE',
}
const wrong: Readonly<Partial<Record<PathFailureCode, string>>> = {
  'signature-invalid': 'NO_CERTIFICATE_CHAIN_FOUND',
  'algorithm-weak': 'CRYPTO_CONSTRAINTS_FAILURE',
  'not-yet-valid': 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
}
const constraints = [
  'not-a-ca',
  'path-length-exceeded',
  'name-excluded',
  'policy-required',
] as const
const codes = [...Object.keys(open), ...Object.keys(wrong), ...constraints] as PathFailureCode[]

describe('a path to a believed anchor', () => {
  it('passes; one that is not there has checks of its own', () => {
    expect(judge(path)).toEqual(['certificate-path passed'])
    expect(judge(undefined)).toEqual([])
  })

  it.each(codes)('that failed by %s says what is missing or what is wrong', (code) => {
    const expected =
      open[code] === undefined
        ? `certificate-path failed ${wrong[code] ?? 'CHAIN_CONSTRAINTS_FAILURE'} ${code}`
        : `certificate-path indeterminate ${open[code]} ${code}`
    expect(judge(failing([[code]]))).toEqual([expected])
  })

  it('names every failure once', () => {
    expect(judge(failing([['not-a-ca'], ['expired'], ['not-a-ca', 2]]))).toEqual([
      'certificate-path failed CHAIN_CONSTRAINTS_FAILURE not-a-ca',
      'certificate-path indeterminate OUT_OF_BOUNDS_NO_POE expired',
    ])
  })

  it('leaves the validity of the leaf to its own rule, and nothing else of it', () => {
    expect(judge(failing([['expired', 0, 'validity']]))).toEqual(['certificate-path passed'])
    expect(judge(failing([['expired', 1, 'validity']]))).toHaveLength(1)
    expect(judge(failing([['not-a-ca', 0]]))).toHaveLength(1)
  })

  it('does not tell of what is a warning', () => {
    const { checks } = failing([['algorithm-weak']]).result
    const warned = checks.map((check) => ({ ...check, result: 'warning' as const }))
    const result = { ...path.result, checks: warned } as PathResult
    expect(judge({ ...path, result })).toEqual(['certificate-path passed'])
  })
})

describe('a path to no believed anchor', () => {
  it('is open, whatever else it is', () => {
    const none = ['certificate-path indeterminate NO_CERTIFICATE_CHAIN_FOUND anchor-not-believed']
    expect(judge({ ...path, anchor: undefined })).toEqual(none)
    expect(judge(path, { anchorOrigins: ['configured'] })).toEqual(none)
    expect(judge({ ...failing([['not-a-ca']]), anchor: undefined })).toEqual(none)
  })

  it.each(codes)('because of %s says so', (code) => {
    const { chain } = path.result
    const result: PathResult = { chain, anchor: null, checks: [], status: 'invalid', code }
    expect(judge({ ...path, result })).toEqual([
      open[code] === undefined
        ? `certificate-path failed ${wrong[code] ?? 'NO_CERTIFICATE_CHAIN_FOUND'} ${code}`
        : `certificate-path indeterminate ${open[code]} ${code}`,
    ])
  })

  it('is open even if it were called valid', () => {
    const result: PathResult = { ...path.result, anchor: null, status: 'valid' }
    expect(judge({ ...path, result })).toEqual([
      'certificate-path indeterminate NO_CERTIFICATE_CHAIN_FOUND issuer-not-found',
    ])
  })
})

describe('the schemes of a chain', () => {
  const weak = (ids: string) => [
    `certificate-path failed CRYPTO_CONSTRAINTS_FAILURE algorithm-weak ${ids}`,
  ]

  it('must be those of the policy, each signature below the anchor', () => {
    expect(judge(path, { infrastructureSchemes: ['ru-2012-256'] })).toEqual(
      weak('rsa-sha256 rsa-sha256'),
    )
    const chain = path.result.chain.slice(0, 1)
    const alone = { ...path, result: { ...path.result, chain } }
    expect(judge(alone, { infrastructureSchemes: [] })).toEqual(['certificate-path passed'])
  })

  it('must not have ended at the time of the path', () => {
    const until = (time: number) => ({
      schemesUntil: { 'rsa-sha256': new Date(time).toISOString() },
    })
    expect(judge(path, until(path.at.getTime()))).toEqual(weak('rsa-sha256 rsa-sha256'))
    expect(judge(path, until(path.at.getTime() + 1))).toEqual(['certificate-path passed'])
  })

  it('must belong to the keys above them', async () => {
    const gost = await issue({ commonName: 'TEST GOST', kind: 'kz-2015-512', ca: {} })
    const [leaf] = path.result.chain
    const chain = [leaf, gost.certificate].flatMap((each) => each ?? [])
    expect(judge({ ...path, result: { ...path.result, chain } })).toEqual(
      weak('scheme.key-mismatch'),
    )
  })

  it('are told beside what else failed', () => {
    expect(judge(failing([['not-a-ca']]), { infrastructureSchemes: [] })).toEqual([
      'certificate-path failed CHAIN_CONSTRAINTS_FAILURE not-a-ca',
      ...weak('rsa-sha256 rsa-sha256'),
    ])
  })
})

describe('a certificate of the sandbox', () => {
  let marked: Certificate
  beforeAll(async () => {
    const policiesOf = [{ oid: '1.2.3' }, { oid: sandboxPolicyOid }]
    const moreExtensions = [extension.certificatePolicies(policiesOf)]
    marked = (await issue({ commonName: 'TEST SANDBOX', key: sample.pki.root.key, moreExtensions }))
      .certificate
  })

  it('has small arcs alone: others refuse or misread an arc above 31 bits', () => {
    expect(sandboxPolicyOid.split('.').every((arc) => Number(arc) < 2 ** 31)).toBe(true)
  })

  it('is known by the policy of earlier sandboxes too', async () => {
    const former = '2.25.169843438659581615850702807914438805577'
    const moreExtensions = [extension.certificatePolicies([{ oid: former }])]
    const old = await issue({ commonName: 'TEST', key: sample.pki.root.key, moreExtensions })
    expect(isSandboxCertificate(old.certificate)).toBe(true)
  })

  it('is one that states its policy among others', async () => {
    expect(isSandboxCertificate(marked)).toBe(true)
    expect(isSandboxCertificate(sample.pki.signer.certificate)).toBe(false)
    const moreExtensions = [extension.certificatePolicies([{ oid: '1.2.3' }])]
    const other = await issue({ commonName: 'TEST', key: sample.pki.root.key, moreExtensions })
    expect(isSandboxCertificate(other.certificate)).toBe(false)
  })

  it('anywhere in a chain passes by a person’s word or under its own policy alone', () => {
    const chain = [...path.result.chain, marked]
    const judgeWith = (
      origin: 'explicit' | 'configured' | 'sandbox',
      policy: VerificationPolicy = basic,
    ) =>
      linesOf(
        judgeSandbox('sandbox', {
          path: {
            ...path,
            result: { ...path.result, chain },
            anchor: { certificate: marked, origin },
          },
          policy,
        }),
      )
    const passes = ['sandbox passed sandbox-certificate']
    const fails = ['sandbox failed CHAIN_CONSTRAINTS_FAILURE sandbox-certificate']
    expect(judgeWith('explicit')).toEqual(passes)
    expect(judgeWith('configured')).toEqual(fails)
    expect(judgeWith('sandbox')).toEqual(fails)
    expect(judgeWith('sandbox', policies.sandbox)).toEqual(passes)
    expect(judgeWith('configured', policies.sandbox)).toEqual(passes)
    const result = { ...path.result, chain }
    const unbelieved = { ...path, result, anchor: undefined }
    expect(linesOf(judgeSandbox('sandbox', { path: unbelieved, policy: basic }))).toEqual(fails)
  })

  it('is not told of where there is none', () => {
    expect(judgeSandbox('sandbox', { path, policy: basic })).toEqual([])
    expect(judgeSandbox('sandbox', { path: undefined, policy: basic })).toEqual([])
  })
})
