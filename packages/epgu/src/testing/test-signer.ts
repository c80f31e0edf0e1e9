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
} from '@muhr/pki'
import type { Sign } from '../esia/api-key-signature.ts'

/** A GOST key of a made-up organisation with a certificate that it signed itself. */
export async function testSigner(
  signingTime: Date,
): Promise<{ readonly sign: Sign; readonly certificate: Certificate }> {
  const key = createSigningKey(generateKey('ru-2012-256'))
  const name = buildName([
    ['CN', 'TEST organisation'],
    ['C', 'RU'],
  ])
  const certificate = parseCertificate(
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
