import {
  buildCertificate,
  buildName,
  type Certificate,
  createSignedData,
  createSigningKey,
  extension,
  generateKey,
  parseCertificate,
  randomSerialNumber,
  type SigningKey,
} from '@muhr/pki'
import type { Sign } from '../esia/api-key-signature.ts'

/** A GOST key of a made-up organisation with a certificate that it signed itself. */
export async function testSigner(
  signingTime: Date,
): Promise<{ readonly sign: Sign; readonly certificate: Certificate }> {
  const key = createSigningKey(generateKey('ru-2012-256'))
  const certificate = await selfSigned(key)

  return {
    certificate,
    sign: (content) =>
      createSignedData({
        content,
        form: 'detached',
        signers: [{ key, certificate, signingTime }],
      }),
  }
}

/** A certificate of a made-up organisation over its own key. */
export async function selfSigned(key: SigningKey): Promise<Certificate> {
  const name = buildName([
    ['CN', 'TEST organisation'],
    ['C', 'RU'],
  ])

  return parseCertificate(
    await buildCertificate(
      {
        serialNumber: randomSerialNumber((length) =>
          crypto.getRandomValues(new Uint8Array(length)),
        ),
        issuer: name,
        subject: name,
        notBefore: new Date('2025-01-01T00:00:00Z'),
        notAfter: new Date('2049-01-01T00:00:00Z'),
        spki: key.spki,
        extensions: [extension.keyUsage(['digitalSignature', 'nonRepudiation'])],
      },
      key,
    ),
  )
}
