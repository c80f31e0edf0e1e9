import { describe, expect, it } from 'vitest'
import { hasGostEngine, hasOpenssl, withPeer } from '../test-support/openssl-peer.ts'
import { caExtensions, issueTest, signerExtensions, testKey } from '../test-support/test-ca.ts'
import { randomSerialNumber } from './build-certificate.ts'
import { extension } from './build-extension.ts'

const everyExtension = [
  extension.certificatePolicies([{ oid: '2.25.1', cps: 'http://127.0.0.1/cps' }], {
    critical: true,
  }),
  extension.extKeyUsage(['1.3.6.1.5.5.7.3.4', '1.2.398.3.3.4.1.1'], { critical: true }),
  extension.authorityInfoAccess({
    ocsp: ['http://127.0.0.1:8104/ocsp'],
    caIssuers: ['http://127.0.0.1:8104/ca.cer'],
  }),
  extension.crlDistributionPoints(['http://127.0.0.1:8104/ca.crl']),
  extension.freshestCrl(['http://127.0.0.1:8104/delta.crl']),
  extension.subjectAltName({
    emails: ['test@example.kz'],
    dns: ['example.kz'],
    uris: ['http://example.kz'],
    ips: [Uint8Array.of(127, 0, 0, 1)],
  }),
  extension.kzKeyStore(['1.2.398.3.3.5.1.1']),
]

describe('a certificate with every extension of the profile', async () => {
  const rootKey = testKey('root', 'rsa-2048')
  const root = await issueTest({ key: rootKey, extensions: caExtensions(rootKey, 0) })
  const key = testKey('leaf', 'rsa-2048')
  const leaf = await issueTest({
    subject: [
      ['CN', 'ТЕСТОВ ТЕСТ'],
      ['SERIALNUMBER', 'IIN123456789011'],
      ['EMAILADDRESS', 'test@example.kz'],
    ],
    key,
    issuer: root,
    extensions: [...signerExtensions(key), ...everyExtension],
  })

  it('is read back as it was specified', () => {
    const { extensions } = leaf.certificate
    expect(extensions.certificatePolicies).toEqual({
      critical: true,
      policies: [expect.objectContaining({ oid: '2.25.1', cps: ['http://127.0.0.1/cps'] })],
    })
    expect(extensions.extKeyUsage?.critical).toBe(true)
    const url = 'http://127.0.0.1:8104/delta.crl'
    expect(extensions.freshestCrl?.points).toEqual([
      { urls: [url], name: { fullName: [{ type: 'uri', value: url }] }, crlIssuer: [] },
    ])
    expect(extensions.authorityInfoAccess?.caIssuers).toEqual(['http://127.0.0.1:8104/ca.cer'])
    expect(extensions.subjectAltName?.names).toHaveLength(4)
    expect(extensions.all.map(({ oid }) => oid)).toContain('1.2.398.3.3.5')
  })

  it.skipIf(!hasOpenssl)('is one that OpenSSL reads and chains', async () => {
    await withPeer(({ run, write }) => {
      write('root.cer', root.certificate.bytes)
      write('leaf.cer', leaf.certificate.bytes)
      const text = run('x509', '-inform', 'DER', '-in', 'leaf.cer', '-noout', '-text').text
      expect(text).toContain('OCSP - URI:http://127.0.0.1:8104/ocsp')
      expect(text).toContain('Digital Signature, Non Repudiation')
      expect(text).toContain('IP Address:127.0.0.1')
      expect(text).toContain('Policy: 2.25.1')
      run('x509', '-inform', 'DER', '-in', 'root.cer', '-out', 'root.pem')
      run('x509', '-inform', 'DER', '-in', 'leaf.cer', '-out', 'leaf.pem')
      const verdict = run(
        'verify',
        '-x509_strict',
        '-ignore_critical',
        '-CAfile',
        'root.pem',
        'root.pem',
      )
      expect(verdict.text).toContain('root.pem: OK')
      expect(run('verify', '-ignore_critical', '-CAfile', 'root.pem', 'leaf.pem').text).toContain(
        'leaf.pem: OK',
      )
    })
  })

  it.skipIf(!hasGostEngine)('is one that gost-engine chains, under Russian OIDs', async () => {
    for (const kind of ['ru-2012-256', 'ru-2012-512'] as const) {
      const gostKey = testKey('gost', kind)
      const gostRoot = await issueTest({ key: gostKey })
      const gostLeaf = await issueTest({
        subject: [['CN', 'TEST leaf']],
        key: gostKey,
        issuer: gostRoot,
        extensions: signerExtensions(gostKey),
      })
      await withPeer(({ run, write }) => {
        write('root.cer', gostRoot.certificate.bytes)
        write('leaf.cer', gostLeaf.certificate.bytes)
        run('x509', '-inform', 'DER', '-in', 'root.cer', '-out', 'root.pem')
        run('x509', '-inform', 'DER', '-in', 'leaf.cer', '-out', 'leaf.pem')
        expect(run('verify', '-CAfile', 'root.pem', 'leaf.pem').text).toContain('leaf.pem: OK')
      })
    }
  })
})

describe('randomSerialNumber', () => {
  it('is positive and exactly 20 octets, whatever the source gives', () => {
    for (const octet of [0x00, 0x7f, 0x80, 0xff]) {
      const serial = randomSerialNumber((length) => new Uint8Array(length).fill(octet))
      expect(serial.toString(16)).toHaveLength(40)
      expect(serial < 1n << 159n).toBe(true)
    }
  })
})
