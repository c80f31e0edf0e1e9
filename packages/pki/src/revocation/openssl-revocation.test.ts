import { describe, expect, it } from 'vitest'
import { writePem } from '../asn1/pem.ts'
import { algorithmOid } from '../keys/oids.ts'
import { createSigningKey, type GenerateKeyKind, generateKey } from '../keys/signing-key.ts'
import { hasGostEngine, hasOpenssl, type Peer, withPeer } from '../test-support/openssl-peer.ts'
import { caExtensions, issueTest, signerExtensions } from '../test-support/test-ca.ts'
import { extension } from '../x509/build-extension.ts'
import { extKeyUsageOid } from '../x509/oids.ts'
import { checkCrls } from './check-crl.ts'
import { checkOcsp } from './check-ocsp.ts'
import { buildOcspRequest } from './ocsp-request.ts'

const caConfig = `
[ca]
default_ca = this
[this]
database = index.txt
crlnumber = crlnumber
default_crl_days = 1
crl_extensions = crl
[crl]
authorityKeyIdentifier = keyid
`

/** A CA, two of its certificates and a responder, keys and all, in the peer's folder. */
const setUp = async ({ write }: Peer, kind: GenerateKeyKind) => {
  const pkcs8 = generateKey(kind)
  const responderPkcs8 = generateKey(kind)
  const key = createSigningKey(pkcs8)
  const ca = await issueTest({ subject: [['CN', 'TEST CA']], key, extensions: caExtensions(key) })
  const issue = (name: string) =>
    issueTest({ subject: [['CN', name]], key, issuer: ca, extensions: signerExtensions(key) })
  const good = await issue('TEST good')
  const revoked = await issue('TEST revoked')
  const responder = await issueTest({
    subject: [['CN', 'TEST OCSP']],
    key: createSigningKey(responderPkcs8),
    issuer: ca,
    extensions: [extension.extKeyUsage([extKeyUsageOid.ocspSigning]), extension.ocspNoCheck()],
  })
  write('ca.pem', writePem('CERTIFICATE', ca.certificate.bytes))
  write('ca.key', writePem('PRIVATE KEY', pkcs8))
  write('ocsp.pem', writePem('CERTIFICATE', responder.certificate.bytes))
  write('ocsp.key', writePem('PRIVATE KEY', responderPkcs8))
  write('ca.cnf', caConfig)
  write('crlnumber', '0A\n')
  write(
    'index.txt',
    [
      `V\t340101000000Z\t\t${good.certificate.serialNumber.toUpperCase()}\tunknown\t/CN=TEST good`,
      `R\t340101000000Z\t260101000000Z,keyCompromise\t${revoked.certificate.serialNumber.toUpperCase()}\tunknown\t/CN=TEST revoked\n`,
    ].join('\n'),
  )
  return {
    responder: responder.certificate,
    good: { certificate: good.certificate, issuer: ca.certificate },
    revoked: { certificate: revoked.certificate, issuer: ca.certificate },
  }
}

const kinds = [
  ['rsa-2048', 'sha256', hasOpenssl],
  ['ru-2012-256', 'md_gost12_256', hasGostEngine],
  ['ru-2012-512', 'md_gost12_512', hasGostEngine],
] as const

describe.each(kinds)('what OpenSSL says with a key of %s', (kind, digest, isHere) => {
  it.skipIf(!isHere)('in a list, we understand', async () => {
    await withPeer(async (peer) => {
      const { good, revoked } = await setUp(peer, kind)
      peer.run(
        ...['ca', '-config', 'ca.cnf', '-gencrl', '-md', digest],
        ...['-cert', 'ca.pem', '-keyfile', 'ca.key', '-out', 'crl.pem'],
      )
      const crl = peer.run('crl', '-in', 'crl.pem', '-outform', 'DER').stdout
      const at = new Date()
      expect(checkCrls({ ...good, at, crls: [crl] })).toMatchObject({ status: 'good' })
      expect(checkCrls({ ...revoked, at, crls: [crl] })).toMatchObject({
        status: 'revoked',
        reason: 'keyCompromise',
        revokedAt: new Date('2026-01-01T00:00:00Z'),
      })
    })
  })

  it.skipIf(!isHere)('in answer to our questions, we understand', async () => {
    await withPeer(async (peer) => {
      const { good, revoked, responder } = await setUp(peer, kind)
      const nonce = Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2)
      for (const [subject, status] of [
        [good, 'good'],
        [revoked, 'revoked'],
      ] as const) {
        peer.write('request', buildOcspRequest({ ...subject, nonce, hashOid: algorithmOid.sha1 }))
        peer.run(
          ...['ocsp', '-index', 'index.txt', '-CA', 'ca.pem', '-rsigner', 'ocsp.pem'],
          ...['-rkey', 'ocsp.key', '-rmd', digest, '-reqin', 'request', '-respout', 'response'],
          ...['-ndays', '1'],
        )
        const response = peer.read('response')
        const fact = checkOcsp({ ...subject, response, nonce, at: new Date() })
        expect(fact).toMatchObject({ status, signer: { sha256: responder.sha256 } })
      }
    })
  })
})
