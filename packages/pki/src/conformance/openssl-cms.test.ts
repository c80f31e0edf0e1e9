import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signatureSchemes } from '../keys/index.ts'
import { policies } from '../policy/index.ts'
import { createTrustStore, type TrustStore } from '../trust/index.ts'
import { verifySignature } from '../verify/index.ts'
import {
  hasGostEngine,
  hasOpenssl,
  type OpensslRoom,
  openOpensslRoom,
} from '../verify/testing/openssl.ts'
import { parseCertificate } from '../x509/index.ts'

/** Whether a country's signatures may be ECDSA is not asked here. */
const schemes = signatureSchemes.map(({ id }) => id)
const everyAlgorithm = {
  ...policies['etsi-basic'],
  signerSchemes: schemes,
  infrastructureSchemes: schemes,
}

const content = new TextEncoder().encode('Шарт № 1')

const configuration = `[v3_ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[v3_ee]
keyUsage = critical,digitalSignature,nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[req]
distinguished_name = dn
[dn]
`

/** A root, and a signer under it, made by OpenSSL. */
const makePki = (
  room: OpensslRoom,
  { key, digest }: { key: readonly string[]; digest: string },
): TrustStore => {
  room.write('ca.cnf', configuration)
  room.write('content.bin', content)
  room.run('genpkey', ...key, '-out', 'ca.key')
  room.run('genpkey', ...key, '-out', 'ee.key')
  room.run(
    ...['req', '-new', '-x509', digest, '-key', 'ca.key', '-out', 'ca.pem', '-days', '3650'],
    ...['-subj', '/CN=TEST CA/O=TEST', '-config', 'ca.cnf', '-extensions', 'v3_ca'],
  )
  room.run(
    ...['req', '-new', digest, '-key', 'ee.key', '-out', 'ee.csr', '-config', 'ca.cnf'],
    ...['-subj', '/CN=TEST SIGNER'],
  )
  room.run(
    ...['x509', '-req', digest, '-in', 'ee.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key'],
    ...['-CAcreateserial', '-days', '30', '-extfile', 'ca.cnf', '-extensions', 'v3_ee'],
    ...['-out', 'ee.pem'],
  )
  const certificate = parseCertificate(room.run('x509', '-in', 'ca.pem', '-outform', 'DER'))
  return createTrustStore([{ certificate, origin: 'explicit' }])
}

const forms = [
  ['detached', []],
  ['attached', ['-nodetach']],
  ['detached CAdES', ['-cades']],
  ['attached, streamed as BER', ['-nodetach', '-stream', '-indef']],
  ['by key identifier', ['-nodetach', '-keyid']],
  ['without attributes', ['-nodetach', '-noattr']],
  ['without S/MIME capabilities', ['-nodetach', '-nosmimecap']],
] as const

const kinds = [
  {
    name: 'RSA-2048 with SHA-256',
    isThere: hasOpenssl,
    gost: false,
    key: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
    digest: '-sha256',
    md: 'sha256',
  },
  {
    name: 'ECDSA on P-256 with SHA-256',
    isThere: hasOpenssl,
    gost: false,
    key: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    digest: '-sha256',
    md: 'sha256',
  },
  {
    name: 'GOST R 34.10-2012, 512 bit, set A',
    isThere: hasGostEngine,
    gost: true,
    key: ['-algorithm', 'gost2012_512', '-pkeyopt', 'paramset:A'],
    digest: '-md_gost12_512',
    md: 'md_gost12_512',
  },
  {
    name: 'GOST R 34.10-2012, 256 bit, CryptoPro set A',
    isThere: hasGostEngine,
    gost: true,
    key: ['-algorithm', 'gost2012_256', '-pkeyopt', 'paramset:A'],
    digest: '-md_gost12_256',
    md: 'md_gost12_256',
  },
  {
    name: 'GOST R 34.10-2012, 256 bit, TC 26 set A',
    isThere: hasGostEngine,
    gost: true,
    key: ['-algorithm', 'gost2012_256', '-pkeyopt', 'paramset:TCA'],
    digest: '-md_gost12_256',
    md: 'md_gost12_256',
  },
] as const

for (const kind of kinds) {
  describe.skipIf(!kind.isThere)(`CMS of OpenSSL: ${kind.name}`, () => {
    let room: OpensslRoom
    let trust: TrustStore
    beforeAll(() => {
      room = openOpensslRoom({ gost: kind.gost })
      trust = makePki(room, kind)
    })
    afterAll(() => room.close())

    it.each(forms)('%s is accepted, and refused over other content', async (_name, flags) => {
      room.run(
        ...['cms', '-sign', '-binary', '-in', 'content.bin', '-signer', 'ee.pem'],
        ...['-inkey', 'ee.key', '-md', kind.md, '-outform', 'DER', '-out', 'out.p7s', ...flags],
      )
      const container = room.read('out.p7s')
      const judge = async (bytes: Uint8Array) =>
        (
          await verifySignature({
            container,
            content: bytes,
            trust,
            policy: everyAlgorithm,
            now: new Date(),
          })
        ).report
      const report = await judge(content)
      expect(
        report.signatures.flatMap(({ checks }) =>
          checks.filter(({ result }) => result !== 'passed'),
        ),
      ).toEqual([])
      expect(report.indication).toBe('TOTAL-PASSED')
      expect((await judge(Uint8Array.of(...content, 0))).indication).toBe('TOTAL-FAILED')
    })
  })
}
