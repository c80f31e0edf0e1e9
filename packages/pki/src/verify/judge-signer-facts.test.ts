import { beforeAll, describe, expect, it } from 'vitest'
import { policies } from '../policy/index.ts'
import { judgeSigner, timeStampsThatHold } from './judge-signer.ts'
import { createSampleFacts, linesOf, type SampleFacts } from './testing/sample-facts.ts'
import { sampleNow, testNotAfter, testNotBefore } from './testing/test-pki.ts'
import type { EmbeddedCertificateFact, SignerFacts } from './types.ts'

let sample: SampleFacts
let signer: SignerFacts
beforeAll(async () => {
  sample = await createSampleFacts()
  signer = sample.signer
})

const newLines: SampleFacts['newLines'] = (...args) => sample.newLines(...args)
const check = (changed: Partial<SignerFacts['check']>) => ({
  check: { ...signer.check, ...changed },
})
const withPolicy = (changed: Partial<(typeof policies)['etsi-basic']>) => ({
  policy: { ...policies['etsi-basic'], ...changed },
})

describe('facts of a good signature', () => {
  it('are judged in the order of the rules, and all pass', () => {
    const lines = linesOf(judgeSigner(sample.signerCase))
    expect(lines.filter((line) => !line.includes('revocation-unavailable'))).toEqual([
      'format passed',
      'signing-certificate passed',
      'content-digest passed',
      'signature-value passed',
      'algorithms passed',
      'embedded-values passed',
      'certificate-path passed',
      'certificate-validity passed',
      'key-usage passed',
      'signing-time passed',
    ])
    expect(lines.filter((line) => line.split(' ')[1] !== 'passed')).toEqual([])
  })
})

describe('the format', () => {
  it('fails for every defect of it, all of them named', () => {
    expect(
      newLines(check({ defects: ['content-type.missing', 'message-digest.missing'] })),
    ).toEqual(['format failed FORMAT_FAILURE content-type.missing message-digest.missing'])
  })

  it('leaves to other checks what has one of its own', () => {
    for (const defect of [
      'algorithm.mismatch',
      'signing-certificate.mismatch',
      'signing-certificate.unsupported',
    ] as const) {
      expect(newLines(check({ defects: [defect] })), defect).toEqual([])
    }
  })

  it('without signed attributes fails where the policy requires them', () => {
    const bare = { coversAttributes: false }
    expect(newLines(bare)).toEqual([])
    expect(newLines(bare, withPolicy({ signedAttributes: 'required' }))).toEqual([
      'format failed SIG_CONSTRAINTS_FAILURE signed-attributes-required',
    ])
    expect(newLines({}, withPolicy({ signedAttributes: 'required' }))).toEqual([])
  })
})

describe('the certificate of the signer', () => {
  it('that is nowhere leaves the signature open; any other way of not being found fails', () => {
    expect(newLines({ identification: 'absent' })).toEqual([
      'signing-certificate indeterminate NO_SIGNING_CERTIFICATE_FOUND certificate-absent',
    ])
    for (const identification of ['not-embedded', 'ambiguous', 'damaged'] as const) {
      expect(newLines({ identification })).toEqual([
        `signing-certificate failed FORMAT_FAILURE signer-${identification}`,
      ])
    }
  })

  it('that the ESS attribute contradicts fails; one by a digest unknown here leaves it open', () => {
    expect(newLines(check({ certificateReference: 'mismatch' }))).toEqual([
      'signing-certificate failed FORMAT_FAILURE signing-certificate.mismatch',
    ])
    expect(newLines(check({ certificateReference: 'unsupported' }))).toEqual([
      'signing-certificate indeterminate CRYPTO_CONSTRAINTS_FAILURE signing-certificate.unsupported',
    ])
    expect(newLines(check({ certificateReference: 'absent' }))).toEqual([])
  })
})

describe('the content', () => {
  const digest = (result: SignerFacts['check']['digest']['result']) =>
    newLines(check({ digest: { ...signer.check.digest, result } }))

  it('that differs fails, that is not there leaves it open', () => {
    expect(digest('mismatch')).toEqual([
      'content-digest failed HASH_FAILURE message-digest-mismatch',
    ])
    expect(digest('absent')).toEqual([
      'content-digest indeterminate SIGNED_DATA_NOT_FOUND content-absent',
    ])
    expect(digest('unsupported')).toEqual([
      'content-digest indeterminate CRYPTO_CONSTRAINTS_FAILURE digest-unsupported',
    ])
    expect(digest('unbound')).toEqual([])
  })

  it('attached that is not the one at hand fails, whatever its digest', () => {
    expect(newLines({ content: 'differs' })).toEqual([
      'content-digest failed HASH_FAILURE attached-content-differs',
    ])
  })
})

describe('the value of the signature', () => {
  it('that does not hold fails, and says so when an algorithm contradicts the key', () => {
    expect(newLines(check({ signature: 'invalid' }))).toEqual([
      'signature-value failed SIG_CRYPTO_FAILURE signature-invalid',
    ])
    expect(newLines(check({ signature: 'invalid', defects: ['algorithm.mismatch'] }))).toEqual([
      'signature-value failed SIG_CRYPTO_FAILURE algorithm.mismatch',
    ])
  })

  it('of an algorithm unknown here leaves it open; unchecked, it says nothing of its own', () => {
    expect(newLines(check({ signature: 'unsupported' }))).toEqual([
      'signature-value indeterminate CRYPTO_CONSTRAINTS_FAILURE algorithm-unsupported',
    ])
    expect(newLines(check({ signature: 'unchecked' }))).toEqual([])
    const lines = linesOf(
      judgeSigner({
        ...sample.signerCase,
        signer: { ...signer, ...check({ signature: 'unchecked' }) },
      }),
    )
    expect(lines.filter((line) => line.startsWith('signature-value'))).toEqual([])
  })
})

describe('what is embedded', () => {
  const embedded = (
    certificates: readonly EmbeddedCertificateFact[],
    revocation: SampleFacts['signerCase']['container']['embeddedRevocation'] = [],
  ) => {
    const container = {
      ...sample.signerCase.container,
      embeddedCertificates: certificates,
      embeddedRevocation: revocation,
    }
    return newLines({}, { container })
  }
  const own = (status: EmbeddedCertificateFact['status']) => ({
    certificate: sample.pki.signer.certificate,
    status,
  })
  const other = (status: EmbeddedCertificateFact['status']) => ({
    certificate: sample.pki.root.certificate,
    status,
  })
  const damaged = ['embedded-values failed FORMAT_FAILURE embedded-damaged']
  const open = [
    'embedded-values indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE embedded-unsupported',
  ]
  const unknown = ['embedded-values passed warning.embedded-unknown']

  it('and damaged fails, the own certificate as any other', () => {
    expect(embedded([own('damaged')])).toEqual(damaged)
    expect(embedded([own('intact'), other('damaged')])).toEqual(damaged)
    for (const status of ['damaged', 'unreadable'] as const) {
      expect(embedded([own('intact')], [{ kind: 'crl', sha256: 'aa', status }])).toEqual(damaged)
    }
  })

  it('and of an unknown algorithm leaves it open, but the own certificate has checks of its own', () => {
    expect(embedded([own('unsupported')])).toEqual([])
    expect(embedded([other('unsupported')])).toEqual(open)
    expect(
      embedded([own('intact')], [{ kind: 'ocsp', sha256: 'aa', status: 'unsupported' }]),
    ).toEqual(open)
  })

  it('and of nobody known is a word beside it, for the own certificate none', () => {
    expect(embedded([own('unknown-issuer')])).toEqual([])
    expect(embedded([other('unknown-issuer')])).toEqual(unknown)
    expect(embedded([], [{ kind: 'crl', sha256: 'aa', status: 'unknown-issuer' }])).toEqual(unknown)
    expect(embedded([])).toEqual([])
  })

  it('for another signer, or who signed over him, concerns that one alone', () => {
    const certificate = sample.pki.root.certificate
    const container = { ...sample.signerCase.container, embeddedCertificates: [other('damaged')] }
    const two: SignerFacts = { ...signer, certificate }
    const facts = { ...sample.signerCase.facts, signers: [signer, two] }
    expect(newLines({}, { container, facts })).toEqual([])
    expect(newLines({ certificate }, { container, facts })).toContain(damaged[0])
    const under = { ...facts, signers: [{ ...signer, counterSignatures: [two] }] }
    expect(newLines({}, { container, facts: under })).toEqual([])
    const deeper = {
      ...facts,
      signers: [{ ...signer, counterSignatures: [{ ...signer, counterSignatures: [two] }] }],
    }
    expect(newLines({}, { container, facts: deeper })).toEqual([])
  })
})

describe('an unsigned attribute', () => {
  const attribute = (status: SignerFacts['unsignedAttributes'][number]['status']) =>
    newLines({ unsignedAttributes: [{ type: '1.2.3', status }] })

  it('that hides what would have counted, or is malformed, fails', () => {
    for (const status of ['hidden', 'malformed'] as const) {
      expect(attribute(status)).toEqual([
        `unsigned-attributes failed FORMAT_FAILURE attribute-${status} 1.2.3`,
      ])
    }
  })

  it('that nobody can check is a word beside it; one with checks of its own is not told of', () => {
    expect(attribute('unverified')).toEqual([
      'unsigned-attributes passed warning.attribute-unverified 1.2.3',
    ])
    expect(attribute('values')).toEqual([])
    expect(attribute('counter-signature')).toEqual([])
  })
})

describe('a time-stamp', () => {
  it('that is missing fails where the country of the signer needs one', () => {
    const none = { timeStamps: [] }
    const rule = withPolicy({ timeStamp: { KZ: 'required', other: 'if-available' } })
    const missing = ['time-stamp failed SIG_CONSTRAINTS_FAILURE time-stamp-missing']
    expect(newLines(none)).toEqual([])
    expect(newLines(none, rule)).toEqual(missing)
    expect(newLines({ ...none, identity: undefined }, rule)).toEqual([])
    const others = withPolicy({ timeStamp: { KZ: 'if-available', other: 'required' } })
    expect(newLines(none, others)).toEqual([])
    expect(newLines({ ...none, identity: undefined }, others)).toEqual(missing)
    expect(newLines({}, rule)).toEqual([])
  })

  it('holds or not by itself, each of several', () => {
    const { signerCase, timeStamp } = sample
    const broken = { readable: false, bytes: new Uint8Array(), code: 'cms.x' } as const
    expect(
      timeStampsThatHold({
        ...signerCase,
        signer: {
          ...signer,
          timeStamps: [broken, timeStamp, { ...timeStamp, imprint: 'mismatch' }],
        },
      }),
    ).toEqual([false, true, false])
  })
})

describe('the validity of the certificate', () => {
  const at = (referenceTime: Date, changed: Partial<SignerFacts> = {}) =>
    newLines({ referenceTime, ...changed }).filter((line) =>
      line.startsWith('certificate-validity'),
    )
  const claimed = (signingTime: Date | undefined) => check({ signingTime })
  const after = (time: Date, ms: number): Date => new Date(time.getTime() + ms)

  it('begins and ends with the moments that it names', () => {
    expect(at(testNotBefore)).toEqual([])
    expect(at(testNotAfter)).toEqual([])
    expect(at(after(testNotBefore, -1))).toEqual([
      'certificate-validity failed NOT_YET_VALID time-stamp-before-not-before',
    ])
    expect(at(after(testNotBefore, -1), { referenceSource: 'validation-time' })).toEqual([
      'certificate-validity failed NOT_YET_VALID validation-time-before-not-before',
    ])
    expect(at(after(testNotAfter, 1), claimed(undefined))).toEqual([
      'certificate-validity indeterminate OUT_OF_BOUNDS_NO_POE time-stamp-after-not-after',
    ])
  })

  it('over, is decided by the word of the signer when it speaks against him, and else open', () => {
    const late = after(testNotAfter, 1)
    const within =
      'certificate-validity indeterminate OUT_OF_BOUNDS_NO_POE time-stamp-after-not-after claimed-signing-time-within'
    expect(at(late, claimed(testNotAfter))).toEqual([within])
    expect(at(late, claimed(testNotBefore))).toEqual([within])
    expect(at(late, claimed(late))).toEqual([
      'certificate-validity failed EXPIRED signing-time-after-not-after',
    ])
    expect(at(late, claimed(after(testNotBefore, -1)))).toEqual([
      'certificate-validity failed NOT_YET_VALID signing-time-before-not-before',
    ])
  })

  it('over, has another name where the certificate is known not to be revoked', () => {
    const late = after(testNotAfter, 1)
    const { path } = signer
    const revocation = (path?.revocation ?? []).map((fact, index) => ({
      ...fact,
      status: index === 0 ? ('good' as const) : fact.status,
    }))
    const known = path === undefined ? {} : { path: { ...path, revocation } }
    expect(at(late, { ...claimed(undefined), ...known })).toEqual([
      'certificate-validity indeterminate OUT_OF_BOUNDS_NOT_REVOKED time-stamp-after-not-after',
    ])
    expect(at(late, { ...claimed(undefined), path: undefined })).toEqual([
      'certificate-validity indeterminate OUT_OF_BOUNDS_NO_POE time-stamp-after-not-after',
    ])
  })

  it('is not asked without a certificate', () => {
    const lines = linesOf(
      judgeSigner({ ...sample.signerCase, signer: { ...signer, certificate: undefined } }),
    )
    expect(lines.filter((line) => line.startsWith('certificate-validity'))).toEqual([])
  })
})

describe('the claimed signing time', () => {
  const { clockSkewMs, maxSigningTimeDriftMs } = policies['etsi-basic']
  const claim = (signingTime: Date | undefined, changed: Partial<SignerFacts> = {}) =>
    linesOf(
      judgeSigner({
        ...sample.signerCase,
        signer: { ...signer, ...changed, ...check({ signingTime }) },
      }),
    ).filter((line) => line.startsWith('signing-time'))
  const late = (ms: number): Date => new Date(sampleNow.getTime() + ms)

  it('before the certificate is worth a word, at its beginning none', () => {
    const unstamped = { referenceSource: 'validation-time' } as const
    const before = new Date(testNotBefore.getTime() - 1)
    expect(claim(before, unstamped)).toEqual([
      'signing-time passed warning.signing-time-before-not-before',
    ])
    expect(claim(testNotBefore, unstamped)).toEqual([])
    expect(claim(before, { ...unstamped, certificate: undefined })).toEqual([])
    expect(claim(undefined)).toEqual([])
  })

  it('after the validation is worth a word beyond what clocks may differ', () => {
    const unstamped = { referenceSource: 'validation-time' } as const
    expect(claim(late(clockSkewMs), unstamped)).toEqual([])
    expect(claim(late(clockSkewMs + 1), unstamped)).toEqual([
      'signing-time passed warning.signing-time-after-validation-time',
    ])
  })

  it('further from the time-stamp than the policy allows is worth a word, on both sides', () => {
    const { referenceTime } = signer
    for (const sign of [1, -1]) {
      const from = (ms: number) => new Date(referenceTime.getTime() + sign * ms)
      expect(claim(from(maxSigningTimeDriftMs))).toEqual(['signing-time passed'])
      expect(claim(from(maxSigningTimeDriftMs + 1))).toEqual([
        'signing-time passed warning.signing-time-drift',
      ])
    }
  })
})
