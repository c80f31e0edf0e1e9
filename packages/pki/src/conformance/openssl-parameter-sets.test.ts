import { describe, expect, it } from 'vitest'
import { decodeContainer } from '../asn1/index.ts'
import { hasGostEngine, withPeer } from '../test-support/openssl-peer.ts'
import { createTrustStore } from '../trust/index.ts'
import { type VerificationReport, verifySignature } from '../verify/index.ts'
import { parseCertificate } from '../x509/index.ts'

const sets = [
  ...['A', 'B', 'C', 'XA', 'XB', 'TCA', 'TCB', 'TCC', 'TCD'].map(
    (set) => ['gost2012_256', set, 'md_gost12_256', 'ru-2012-256'] as const,
  ),
  ...['A', 'B', 'C'].map((set) => ['gost2012_512', set, 'md_gost12_512', 'ru-2012-512'] as const),
  ...['A', 'B', 'C', 'XA', 'XB'].map((set) => ['gost2001', set, 'md_gost94', 'ru-2001'] as const),
  // The example curve of the standard: nobody's key.
  ['gost2012_256', '0', 'md_gost12_256', undefined] as const,
]

/** What we say of an attached signature that OpenSSL made with a key of the set. */
const judge = (algorithm: string, set: string, digest: string) =>
  withPeer(async ({ run, read, write }) => {
    write('content', 'Договор')
    run('genpkey', '-algorithm', algorithm, '-pkeyopt', `paramset:${set}`, '-out', 'key.pem')
    run(
      ...['req', '-new', '-x509', `-${digest}`, '-key', 'key.pem', '-subj', '/CN=Test'],
      ...['-days', '30', '-out', 'cert.pem', '-addext', 'keyUsage=critical,digitalSignature'],
    )
    run(
      ...['cms', '-sign', '-binary', '-md', digest, '-in', 'content', '-signer', 'cert.pem'],
      ...['-inkey', 'key.pem', '-nodetach', '-outform', 'DER', '-out', 'signed'],
    )
    const certificate = parseCertificate(decodeContainer(read('cert.pem')))
    const verify = async (container: Uint8Array): Promise<VerificationReport> => {
      const { report } = await verifySignature({
        container,
        trust: createTrustStore([{ certificate, origin: 'explicit' }]),
        policy: 'etsi-basic',
        now: new Date(certificate.notBefore.getTime() + 1000),
      })
      return report
    }
    const signed = read('signed')
    return {
      right: await verify(signed),
      wrong: await verify(signed.with(-1, (signed.at(-1) ?? 0) ^ 1)),
    }
  })

describe.skipIf(!hasGostEngine)('what OpenSSL signs on every parameter set of Russia', () => {
  it.each(sets)('%s %s', async (algorithm, set, digest, scheme) => {
    const { right, wrong } = await judge(algorithm, set, digest)
    if (scheme === undefined) {
      expect(right).toMatchObject({
        indication: 'INDETERMINATE',
        subIndication: 'CRYPTO_CONSTRAINTS_FAILURE',
        signatures: [{ cryptography: 'unsupported' }],
      })
      return
    }
    expect(right).toMatchObject({
      indication: 'TOTAL-PASSED',
      signatures: [{ cryptography: 'valid', country: 'RU' }],
    })
    expect(right.signatures[0]?.checks.find(({ name }) => name === 'algorithms')?.detail).toBe(
      scheme === 'ru-2001' ? 'warning.algorithm-legacy ru-2001' : undefined,
    )
    expect(wrong).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'SIG_CRYPTO_FAILURE',
    })
  })
})
