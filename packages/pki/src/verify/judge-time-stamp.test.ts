import { beforeAll, describe, expect, it } from 'vitest'
import { algorithmOid, schemeById } from '../keys/index.ts'
import type { PathResult } from '../path/index.ts'
import { policies, sandboxPolicyOid, type VerificationPolicy } from '../policy/index.ts'
import { extension } from '../x509/index.ts'
import { holds, judgeTimeStamp } from './judge-time-stamp.ts'
import { failed, indeterminate, passed } from './outcome.ts'
import { createSampleFacts, linesOf, type SampleFacts } from './testing/sample-facts.ts'
import { issue, sampleNow } from './testing/test-pki.ts'
import type { PathFacts, ReadTimeStampFacts, RevocationFact } from './types.ts'

let sample: SampleFacts
let stamp: ReadTimeStampFacts
let path: PathFacts
beforeAll(async () => {
  sample = await createSampleFacts()
  stamp = sample.timeStamp
  if (stamp.path === undefined) {
    throw new Error('The sample has no path.')
  }
  // Revocation is known, so that a good stamp is one word.
  const revocation = stamp.path.revocation.map(
    (fact): RevocationFact => ({ ...fact, status: 'good', problems: [] }),
  )
  path = { ...stamp.path, revocation }
  stamp = { ...stamp, path }
})

const basic = policies['etsi-basic']
const judge = (
  changed: Partial<ReadTimeStampFacts>,
  policy: Partial<VerificationPolicy> = {},
  validationTime = sampleNow,
): readonly string[] =>
  linesOf(
    judgeTimeStamp({ ...stamp, ...changed }, { policy: { ...basic, ...policy }, validationTime }),
  )
const check = (changed: Partial<ReadTimeStampFacts['check']>) => ({
  check: { ...stamp.check, ...changed },
})
const broken = (code: string) => [`time-stamp failed FORMAT_FAILURE broken ${code}`]
const good = ['time-stamp passed']

describe('a time-stamp', () => {
  it('in good order passes in one word', () => {
    expect(judge({})).toEqual(good)
  })

  it('that cannot be read fails by its code', () => {
    const facts = { readable: false, bytes: new Uint8Array(), code: 'tsp.bad-token' } as const
    const outcomes = judgeTimeStamp(facts, { policy: basic, validationTime: sampleNow })
    expect(linesOf(outcomes)).toEqual(broken('tsp.bad-token'))
  })

  it('that was changed after it was made is broken', () => {
    expect(judge({ imprint: 'mismatch' })).toEqual(broken('imprint-mismatch'))
    expect(judge(check({ signature: 'invalid' }))).toEqual(broken('signature-invalid'))
    const digest = { ...stamp.check.digest, result: 'mismatch' as const }
    expect(judge(check({ digest }))).toEqual(broken('message-digest-mismatch'))
    expect(judge(check({ defects: ['algorithm.parameters', 'algorithm.mismatch'] }))).toEqual([
      ...broken('algorithm.parameters'),
      ...broken('algorithm.mismatch'),
    ])
    for (const identification of ['not-embedded', 'ambiguous', 'damaged'] as const) {
      expect(judge({ identification })).toEqual(broken(`signer-${identification}`))
    }
    const certificate = sample.pki.root.certificate
    expect(judge({ embedded: [{ certificate, status: 'damaged' }] })).toEqual(
      broken('certificate-damaged'),
    )
  })

  it('of algorithms unknown here is open', () => {
    const open = ['time-stamp indeterminate CRYPTO_CONSTRAINTS_FAILURE algorithm-unsupported']
    expect(judge({ imprint: 'unsupported' })).toEqual(open)
    expect(judge(check({ signature: 'unsupported' }))).toEqual(open)
  })

  it('whose certificate is nowhere is open', () => {
    expect(judge({ identification: 'absent' })).toEqual([
      'time-stamp indeterminate NO_CERTIFICATE_CHAIN_FOUND certificate-absent',
    ])
  })

  it('is open beside a certificate of an unknown algorithm, unless it is that of the TSA', () => {
    const of = (certificate = sample.pki.root.certificate) =>
      judge({ embedded: [{ certificate, status: 'unsupported' }] })
    expect(of()).toEqual([
      'time-stamp indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE embedded-unsupported',
    ])
    expect(of(stamp.certificate)).toEqual(good)
    const certificate = sample.pki.root.certificate
    expect(judge({ embedded: [{ certificate, status: 'unknown-issuer' }] })).toEqual(good)
  })

  it('with a critical extension that nobody knows fails', () => {
    expect(judge({ tstInfo: { ...stamp.tstInfo, hasCriticalExtension: true } })).toEqual([
      'time-stamp failed SIG_CONSTRAINTS_FAILURE unknown-critical-extension',
    ])
  })
})

describe('the authority of a time-stamp', () => {
  it('must have a certificate for that alone', () => {
    expect(judge({ isTimeStampCertificate: false })).toEqual([
      'time-stamp failed SIG_CONSTRAINTS_FAILURE not-a-time-stamp-certificate',
    ])
    const unknown = { isTimeStampCertificate: false, certificate: undefined }
    expect(judge({ ...unknown, identification: 'absent' })).toEqual([
      'time-stamp indeterminate NO_CERTIFICATE_CHAIN_FOUND certificate-absent',
    ])
  })

  it('must be named by the ESS attribute where its country asks for that', () => {
    const absent = check({ certificateReference: 'absent' })
    const rule = (KZ: 'required' | 'if-available', other: 'required' | 'if-available') => ({
      timeStampSigningCertificate: { KZ, other },
    })
    const missing = ['time-stamp failed SIG_CONSTRAINTS_FAILURE signing-certificate-missing']
    const word = ['time-stamp passed warning.signing-certificate-missing']
    expect(judge(absent, rule('required', 'if-available'))).toEqual(missing)
    expect(judge(absent, rule('if-available', 'required'))).toEqual(word)
    const nobody = { ...absent, certificate: undefined }
    expect(judge(nobody, rule('required', 'if-available'))).toEqual(word)
    expect(judge(nobody, rule('if-available', 'required'))).toEqual(missing)
    expect(judge({}, rule('required', 'required'))).toEqual(good)
  })

  it('must stamp under the policies of its country', () => {
    const foreign = ['time-stamp failed SIG_CONSTRAINTS_FAILURE time-stamp-policy-foreign']
    const { policy } = stamp.tstInfo
    const rule = (KZ: readonly string[] | null, other: readonly string[] | null) => ({
      timeStampPolicies: { KZ, other },
    })
    expect(judge({}, rule(['1.2.3'], null))).toEqual(foreign)
    expect(judge({}, rule(['1.2.3', policy], ['1.2.3']))).toEqual(good)
    expect(judge({}, rule(null, ['1.2.3']))).toEqual(good)
    expect(judge({ certificate: undefined }, rule(null, ['1.2.3']))).toEqual(foreign)
  })

  it('must sign with a scheme that is believed, at the time of the stamp', () => {
    const { genTime } = stamp.tstInfo
    const weak = 'time-stamp failed CRYPTO_CONSTRAINTS_FAILURE algorithm-weak rsa-sha256'
    const without = basic.infrastructureSchemes.filter((id) => id !== 'rsa-sha256')
    const gone = { ...stamp, path: undefined }
    expect(judge(gone, { infrastructureSchemes: without })).toEqual([weak])
    const until = (time: number) => ({
      schemesUntil: { 'rsa-sha256': new Date(time).toISOString() },
    })
    expect(judge(gone, until(genTime.getTime()))).toEqual([weak])
    expect(judge(gone, until(genTime.getTime() + 1))).toEqual(good)
    const unknown = { ...gone, ...check({ scheme: undefined }) }
    expect(judge(unknown, { infrastructureSchemes: [] })).toEqual(good)
    const listed = { ...gone, ...check({ scheme: schemeById('kz-2015-512') }) }
    expect(judge(listed, { infrastructureSchemes: ['kz-2015-512'] })).toEqual(good)
  })

  it('must have been valid, by the code of its path', () => {
    const at = (certificate: string | undefined, code: 'expired' | 'not-yet-valid') => {
      const failure = { name: 'validity', certificate, result: 'failed', code }
      const result = { ...path.result, checks: [failure] } as unknown as PathResult
      return judge({ path: { ...path, result } })
    }
    const own = stamp.certificate?.sha256
    expect(at(own, 'expired')).toEqual([
      'time-stamp failed CHAIN_CONSTRAINTS_FAILURE authority-expired',
    ])
    expect(at(own, 'not-yet-valid')).toEqual([
      'time-stamp failed CHAIN_CONSTRAINTS_FAILURE authority-not-yet-valid',
    ])
    expect(at(sample.pki.root.certificate.sha256, 'expired')).toEqual([
      'time-stamp indeterminate OUT_OF_BOUNDS_NO_POE expired',
    ])
    const other = { name: 'policy', certificate: own, result: 'failed', code: 'policy-required' }
    const result = { ...path.result, checks: [other] } as unknown as PathResult
    expect(judge({ path: { ...path, result } })).toEqual([
      'time-stamp failed CHAIN_CONSTRAINTS_FAILURE policy-required',
    ])
  })

  it('that is not believed, or of the sandbox, makes the stamp worth nothing', async () => {
    expect(judge({ path: { ...path, anchor: undefined } })).toEqual([
      'time-stamp indeterminate NO_CERTIFICATE_CHAIN_FOUND anchor-not-believed',
    ])
    const moreExtensions = [extension.certificatePolicies([{ oid: sandboxPolicyOid }])]
    const { key } = sample.pki.root
    const { certificate } = await issue({ commonName: 'TEST SANDBOX', key, moreExtensions })
    const result = { ...path.result, chain: [certificate] }
    const anchor = { certificate, origin: 'configured' } as const
    expect(judge({ path: { ...path, result, anchor, revocation: [] } })).toEqual([
      'time-stamp failed CHAIN_CONSTRAINTS_FAILURE sandbox-certificate',
    ])
  })

  it('that was revoked makes the stamp worthless, and not the signature revoked', () => {
    const revoked = (index: number, status: RevocationFact['status']) =>
      judge({
        path: {
          ...path,
          revocation: path.revocation.map((fact, each) =>
            each === index ? { ...fact, status } : fact,
          ),
        },
      })
    expect(revoked(0, 'revoked')).toEqual([
      'time-stamp failed SIG_CONSTRAINTS_FAILURE certificate-revoked',
    ])
    expect(revoked(1, 'revoked')).toEqual([
      'time-stamp failed SIG_CONSTRAINTS_FAILURE authority-revoked',
    ])
    expect(revoked(0, 'on-hold')).toEqual([
      'time-stamp indeterminate TRY_LATER certificate-on-hold',
    ])
    expect(revoked(0, 'unavailable')).toEqual([
      'time-stamp passed certificate-revocation-unavailable',
    ])
  })

  it('without revocation data leaves it open where the policy requires those of a TSA', () => {
    const [fact, ...rest] = path.revocation
    const unavailable = { ...fact, status: 'unavailable', problems: [] } as RevocationFact
    const revocation = { ...basic.revocation, timeStampAuthority: 'required' } as const
    expect(
      judge({ path: { ...path, revocation: [unavailable, ...rest] } }, { revocation }),
    ).toEqual(['time-stamp indeterminate TRY_LATER certificate-revocation-unavailable'])
  })
})

describe('what a time-stamp says', () => {
  it('by a broken digest proves nothing, by an unknown one has a fault of its own', () => {
    const by = (oid: string) => {
      const { messageImprint } = stamp.tstInfo
      const algorithm = { ...messageImprint.algorithm, oid }
      return judge({
        tstInfo: { ...stamp.tstInfo, messageImprint: { ...messageImprint, algorithm } },
      })
    }
    expect(by(algorithmOid.sha1)).toEqual([
      'time-stamp failed CRYPTO_CONSTRAINTS_FAILURE imprint-algorithm-weak',
    ])
    expect(by('1.2.3.4')).toEqual(good)
  })

  it('of a time after the validation is open beyond what clocks may differ', () => {
    const { genTime } = stamp.tstInfo
    const seen = (ms: number) => judge({}, {}, new Date(genTime.getTime() - ms))
    expect(seen(basic.clockSkewMs)).toEqual(good)
    expect(seen(basic.clockSkewMs + 1)).toEqual([
      'time-stamp indeterminate TIMESTAMP_ORDER_FAILURE later-than-validation-time',
    ])
  })

  it('holds when nothing speaks against it and nothing is open', () => {
    expect(holds([])).toBe(true)
    expect(holds([passed('time-stamp'), passed('time-stamp', 'warning.x')])).toBe(true)
    expect(holds([passed('time-stamp'), failed('time-stamp', 'FORMAT_FAILURE', 'x')])).toBe(false)
    expect(holds([indeterminate('time-stamp', 'TRY_LATER', 'x')])).toBe(false)
  })
})
