import { createHash } from 'node:crypto'
import { createTrustStore, parseCertificate } from '@muhr/pki'
import { beforeAll, describe, expect, it } from 'vitest'
import { readBundle } from '../read-bundle.ts'
import {
  changeBundle,
  type EditableFiles,
  manifestOf,
  setManifest,
} from '../testing/change-bundle.ts'
import { makeEvidence, stampOver, type TestEvidence, testTimes } from '../testing/make-evidence.ts'
import { testPki, trustIn } from '../testing/test-pki.ts'
import type { BundleReport, JudgeOptions } from './judge-bundle.ts'
import { verifyBundle } from './verify-bundle.ts'

/** With a time-stamp over the manifest, and one without, whose manifest can be changed unseen. */
let stamped: TestEvidence
let unstamped: TestEvidence

beforeAll(async () => {
  stamped = await makeEvidence()
  unstamped = await makeEvidence({ withManifestTimestamp: false, onlyRsa: true })
})

function judge(bytes: Uint8Array, options: Partial<JudgeOptions> = {}): Promise<BundleReport> {
  return verifyBundle(bytes, {
    trust: trustIn(...stamped.pkis),
    policy: 'etsi-basic',
    now: testTimes.now,
    ...options,
  })
}

/** Verdict and every check that is not passed, in short. */
async function verdictOf(
  bytes: Uint8Array,
  options: Partial<JudgeOptions> = {},
): Promise<readonly string[]> {
  const { indication, subIndication, bundle } = await judge(bytes, options)

  return [
    subIndication === undefined ? indication : `${indication} ${subIndication}`,
    ...bundle.checks
      .filter(({ result }) => result !== 'passed')
      .map(({ name, detail }) => `${name}: ${detail}`),
  ]
}

const pathOf = (files: EditableFiles, start: string): string =>
  [...files.keys()].find((path) => path.startsWith(start)) ?? ''

describe('a bundle as it was written', () => {
  it('passes, with a report for every signature and what it belongs to', async () => {
    const report = await judge(stamped.bytes)
    expect(report).toMatchObject({
      indication: 'TOTAL-PASSED',
      policy: 'etsi-basic',
      sandbox: true,
      validationTime: testTimes.now.toISOString(),
    })
    expect(report.subIndication).toBeUndefined()
    expect(
      report.signatures.map(({ indication, document, recipient, signer, format }) => ({
        indication,
        document,
        recipient,
        iin: signer.iin,
        format,
      })),
    ).toEqual([
      {
        indication: 'TOTAL-PASSED',
        document: 'documents/01-Договор № 17.pdf',
        recipient: 'Тестов Тест',
        iin: '000140000017',
        format: 'CAdES-T',
      },
      {
        indication: 'TOTAL-PASSED',
        document: 'documents/02-Шарт № 18.pdf',
        recipient: 'Үлгіұлы Сынақ',
        iin: '000140000025',
        format: 'CAdES-T',
      },
      {
        indication: 'TOTAL-PASSED',
        document: 'documents/03-shartnoma.pdf',
        recipient: 'Үлгіұлы Сынақ',
        iin: '000140000025',
        format: 'CAdES-T',
      },
    ])
    expect(report.bundle.checks.map(({ name, result }) => `${name} ${result}`)).toEqual([
      'manifest passed',
      'files passed',
      'derivations passed',
      'signatures passed',
      'time-stamp passed',
      'events passed',
      'report passed',
      'pages passed',
      'claims passed',
      'sandbox passed',
    ])
    expect(report.bundle.envelope).toMatchObject({ state: 'completed', sandbox: true })
    expect(report.bundle.manifestTimestamp).toEqual({
      indication: 'TOTAL-PASSED',
      genTime: testTimes.manifestStamped.toISOString(),
    })
  })

  it('gives the same judgement of its files again and again', async () => {
    expect(await judge(stamped.bytes)).toEqual(await judge(stamped.bytes))
  })

  it('passes without a time-stamp where the policy does not ask for one', async () => {
    expect(await verdictOf(unstamped.bytes)).toEqual(['TOTAL-PASSED'])
  })

  it('never passes without trust, nor by sandbox anchors of the installation', async () => {
    const none = await judge(stamped.bytes, { trust: createTrustStore([]) })
    expect(none).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
    })
    const configured = createTrustStore(
      trustIn(...stamped.pkis).anchors.map((anchor) => ({ ...anchor, origin: 'configured' })),
    )
    expect((await judge(stamped.bytes, { trust: configured })).indication).toBe('INDETERMINATE')
  })

  it('is incomplete under a policy that asks for more than it holds', async () => {
    const report = await judge(unstamped.bytes, { policy: 'sandbox' })
    expect(report.indication).toBe('INDETERMINATE')
    expect(report.bundle.checks).toContainEqual({
      name: 'time-stamp',
      result: 'indeterminate',
      detail: 'time-stamp-missing',
    })
  })
})

describe('years later, when certificates have ended', () => {
  const now = new Date('2034-01-01T00:00:00Z')

  it('a time-stamp over the manifest keeps signatures proven that have none of their own', async () => {
    const kept = await makeEvidence({ withSignatureTimestamps: false })
    expect(await verdictOf(kept.bytes, { now })).toEqual(['TOTAL-PASSED'])
  })

  it('without any time-stamp nobody knows', async () => {
    const lost = await makeEvidence({
      withSignatureTimestamps: false,
      withManifestTimestamp: false,
    })
    expect(await verdictOf(lost.bytes)).toEqual(['TOTAL-PASSED'])
    expect((await verdictOf(lost.bytes, { now }))[0]).toBe('INDETERMINATE OUT_OF_BOUNDS_NO_POE')
  })
})

const files = (bytes: Uint8Array): EditableFiles => new Map(readBundle(bytes))

describe('the time-stamp over the manifest', () => {
  it('fails over another manifest', async () => {
    const bytes = changeBundle(stamped.bytes, (files) => {
      const manifest = manifestOf(files)
      setManifest(files, { ...manifest, envelope: { ...manifest.envelope, state: 'declined' } })
    })
    const verdict = await verdictOf(bytes)
    expect(verdict[0]).toBe('TOTAL-FAILED FORMAT_FAILURE')
    expect(verdict).toContain('time-stamp: broken imprint-mismatch')
  })

  it('fails when it cannot be read', async () => {
    const bytes = changeBundle(stamped.bytes, (files) => {
      files.set('timestamps/manifest.tst', Buffer.from('no token'))
    })
    expect((await verdictOf(bytes))[0]).toBe('TOTAL-FAILED FORMAT_FAILURE')
  })

  it('leaves the bundle open when its authority is not trusted, and proves no time', async () => {
    const now = new Date('2034-01-01T00:00:00Z')
    const stranger = await testPki({ kind: 'rsa-2048', sandbox: false })
    const plain = await makeEvidence({
      withSignatureTimestamps: false,
      withManifestTimestamp: false,
    })
    const by = async (tsa: typeof stranger.tsa): Promise<Uint8Array> => {
      const token = await stampOver(
        tsa,
        files(plain.bytes).get('manifest.json') ?? new Uint8Array(),
      )

      return changeBundle(plain.bytes, (editable) => {
        editable.set('timestamps/manifest.tst', token)
      })
    }
    const [own] = plain.pkis
    expect(await verdictOf(await by(own?.tsa ?? stranger.tsa), { now })).toEqual(['TOTAL-PASSED'])
    expect(await verdictOf(await by(stranger.tsa), { now })).toEqual([
      'INDETERMINATE OUT_OF_BOUNDS_NO_POE',
      'time-stamp: issuer-not-found',
      ...['01-Договор № 17.pdf', '02-Шарт № 18.pdf', '03-shartnoma.pdf'].map(
        (name) => `claims: claimed TOTAL-PASSED found INDETERMINATE signatures/${name}.p7s`,
      ),
    ])
  })
})

describe('what is claimed', () => {
  it('and less that is found leaves it open', async () => {
    const [rsa] = stamped.pkis
    const verdict = await verdictOf(stamped.bytes, { trust: trustIn(...(rsa ? [rsa] : [])) })
    expect(verdict).toEqual([
      'INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND',
      'claims: claimed TOTAL-PASSED found INDETERMINATE signatures/02-Шарт № 18.pdf.p7s',
    ])
  })

  it('a failure that is not found again leaves it open, missing data that were found do not', async () => {
    const claiming = (indication: 'INDETERMINATE' | 'TOTAL-FAILED') =>
      makeEvidence({
        withManifestTimestamp: false,
        change: (source) => ({
          ...source,
          signatures: source.signatures.map((each) => ({
            ...each,
            report: { ...each.report, indication },
          })),
        }),
      })
    expect(await verdictOf((await claiming('INDETERMINATE')).bytes)).toEqual(['TOTAL-PASSED'])
    expect((await verdictOf((await claiming('TOTAL-FAILED')).bytes))[0]).toBe(
      'INDETERMINATE SIG_CONSTRAINTS_FAILURE',
    )
  })

  it('a document without a signature is not proven by those of others', async () => {
    const { bytes } = await makeEvidence({
      change: (source) => ({ ...source, signatures: source.signatures.slice(0, 2) }),
    })
    expect(await verdictOf(bytes)).toEqual([
      'INDETERMINATE SIG_CONSTRAINTS_FAILURE',
      'signatures: document-unsigned documents/03-shartnoma.pdf',
    ])
  })

  it('a derivation that nobody knows here leaves it open', async () => {
    const { bytes } = await makeEvidence({
      change: (source) => ({
        ...source,
        contents: source.contents.map((each) =>
          each.derivation === 'identity' ? each : { ...each, derivation: 'constructor' },
        ),
      }),
    })
    expect(await verdictOf(bytes)).toEqual([
      'INDETERMINATE SIG_CONSTRAINTS_FAILURE',
      'derivations: derivation-unknown constructor contents/02-constructor.bin',
    ])
  })
})

describe('a bundle of real keys', () => {
  it('is not a sandbox, and need not say so', async () => {
    const real = await makeEvidence({ sandbox: false })
    const report = await judge(real.bytes, { trust: trustIn(...real.pkis) })
    expect(report).toMatchObject({ indication: 'TOTAL-PASSED', sandbox: false })
    const path = pathOf(files(real.bytes), 'certificates/')
    expect(
      parseCertificate(files(real.bytes).get(path) ?? new Uint8Array()).subject.text,
    ).toContain('C=KZ')
  })
})

describe('signatures that do not count', () => {
  const withStanding = (
    standing: string,
    acceptedBy?: { readonly actor: string; readonly reason: string; readonly at: string },
  ) =>
    makeEvidence({
      onlyRsa: true,
      change: (source) => ({
        ...source,
        signatures: source.signatures.map((each, position) =>
          position === 2 ? { ...each, standing, acceptedBy } : each,
        ),
      }),
    })

  it('are named apart and prove nothing: their document stays unsigned', async () => {
    for (const standing of ['refused', 'late']) {
      const { bytes } = await withStanding(standing)
      const report = await judge(bytes)
      expect(report).toMatchObject({
        indication: 'INDETERMINATE',
        signatures: [expect.anything(), expect.anything()],
        bundle: {
          uncounted: [
            {
              path: 'signatures/03-shartnoma.pdf.p7s',
              document: 'documents/03-shartnoma.pdf',
              recipient: 'Үлгіұлы Сынақ',
              standing,
              indication: 'TOTAL-PASSED',
            },
          ],
        },
      })
      expect(await verdictOf(bytes)).toEqual([
        'INDETERMINATE SIG_CONSTRAINTS_FAILURE',
        'signatures: document-unsigned documents/03-shartnoma.pdf',
      ])
    }
  })

  it('harm nothing: a refused try beside the accepted one, even one that is no signature', async () => {
    const garbage = Buffer.from('no signature')
    const { bytes } = await makeEvidence({
      onlyRsa: true,
      change: (source) => {
        const [first] = source.signatures
        const sha256 = createHash('sha256').update(garbage).digest('hex')

        return first === undefined
          ? source
          : {
              ...source,
              read: async (wanted) => (wanted === sha256 ? garbage : source.read(wanted)),
              signatures: [
                {
                  ...first,
                  id: 's9',
                  sha256,
                  standing: 'refused',
                  report: {
                    ...first.report,
                    indication: 'TOTAL-FAILED',
                    subIndication: 'FORMAT_FAILURE',
                    signatures: [],
                  },
                },
                ...source.signatures,
              ],
            }
      },
    })
    expect(await verdictOf(bytes)).toEqual(['TOTAL-PASSED'])
    expect((await judge(bytes)).bundle.uncounted).toEqual([
      expect.not.objectContaining({ indication: expect.anything() }),
    ])
  })

  it('a held one counts, and nobody decided it: milder rules make it no more than that', async () => {
    const report = await judge((await withStanding('held')).bytes)
    expect(report.indication).toBe('INDETERMINATE')
    expect(report.bundle.checks.find(({ name }) => name === 'signatures')).toMatchObject({
      result: 'indeterminate',
      detail: expect.stringMatching(/^held /),
    })
  })

  it('a held one that a person accepted by name counts as what it is', async () => {
    const { bytes } = await withStanding('held', {
      actor: 'usr_1',
      reason: 'seen in person',
      at: '2026-11-22T10:00:00.000Z',
    })
    expect(await verdictOf(bytes)).toEqual(['TOTAL-PASSED'])
  })
})

describe('what the time-stamp over the manifest rests on', () => {
  /** The policy of a country asks for the revocation of everybody, the TSA included. */
  const strict: Partial<JudgeOptions> = { policy: 'sandbox' }
  const ofStamp = (report: BundleReport) =>
    report.bundle.checks.find(({ name }) => name === 'time-stamp')

  it('stands beside it, since the manifest cannot name it', async () => {
    const bare = await makeEvidence({ onlyRsa: true })
    expect(ofStamp(await judge(bare.bytes, strict))).toMatchObject({ result: 'indeterminate' })
    const whole = await makeEvidence({ onlyRsa: true, withStampMaterial: true })
    expect(ofStamp(await judge(whole.bytes, strict))).toEqual({
      name: 'time-stamp',
      result: 'passed',
    })
    expect(await verdictOf(whole.bytes)).toEqual(['TOTAL-PASSED'])
  })

  it('is refused under a name that is not its digest, and without a time-stamp', async () => {
    const whole = await makeEvidence({ onlyRsa: true, withStampMaterial: true })
    const path = pathOf(files(whole.bytes), 'timestamps/manifest-')
    const other = `timestamps/manifest-${'0'.repeat(64)}.ocsp`
    const renamed = changeBundle(whole.bytes, (editable) => {
      editable.set(other, editable.get(path) ?? new Uint8Array())
      editable.delete(path)
    })
    expect(await verdictOf(renamed)).toEqual([
      'TOTAL-FAILED FORMAT_FAILURE',
      `files: not-named ${other}`,
    ])
    const alone = changeBundle(whole.bytes, (editable) => {
      editable.delete('timestamps/manifest.tst')
    })
    expect((await verdictOf(alone))[1]).toMatch(/^files: not-named timestamps\/manifest-/)
  })
})
