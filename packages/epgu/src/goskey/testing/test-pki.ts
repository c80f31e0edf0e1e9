import { randomBytes } from 'node:crypto'
import {
  buildCertificate,
  buildName,
  type Certificate,
  createSignedData,
  createSigningKey,
  createTrustStore,
  extension,
  generateKey,
  keyIdentifierOf,
  type NameAttributeInput,
  type OctetSource,
  parseCertificate,
  randomSerialNumber,
  type SigningKey,
  type TrustStore,
  writePem,
} from '@muhr/pki'
import type { SignFile } from '../build-package.ts'

/** A certificate with its key, GOST R 34.10-2012 of 256 bits. */
export type TestIdentity = { readonly certificate: Certificate; readonly key: SigningKey }

export type TestPki = {
  readonly root: TestIdentity
  readonly issue: (subject: readonly NameAttributeInput[]) => Promise<TestIdentity>
  readonly trust: TrustStore
  readonly rootPem: string
}

export const testNow = new Date('2026-06-01T09:00:00Z')

async function issue(
  subject: readonly NameAttributeInput[],
  { issuer, isAuthority }: { readonly issuer?: TestIdentity; readonly isAuthority: boolean },
): Promise<TestIdentity> {
  const key = createSigningKey(generateKey('ru-2012-256'))
  const name = buildName(subject)
  const bytes = await buildCertificate(
    {
      serialNumber: randomSerialNumber((length) => new Uint8Array(randomBytes(length))),
      issuer: issuer?.certificate.subject.bytes ?? name,
      subject: name,
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2028-01-01T00:00:00Z'),
      spki: key.spki,
      extensions: [
        ...(isAuthority
          ? [extension.basicConstraints({ ca: true }), extension.keyUsage(['keyCertSign'])]
          : [extension.keyUsage(['digitalSignature', 'nonRepudiation'])]),
        extension.subjectKeyIdentifier(keyIdentifierOf(key.spki)),
        extension.authorityKeyIdentifier(keyIdentifierOf((issuer?.key ?? key).spki)),
      ],
    },
    issuer?.key ?? key,
  )

  return { certificate: parseCertificate(bytes), key }
}

/** A root of its own, and identities under it. */
export async function testPki(): Promise<TestPki> {
  const root = await issue(
    [
      ['CN', 'TEST Root'],
      ['C', 'RU'],
    ],
    { isAuthority: true },
  )

  return {
    root,
    issue: (subject) => issue(subject, { issuer: root, isAuthority: false }),
    trust: createTrustStore([{ certificate: root.certificate, origin: 'explicit' }]),
    rootPem: writePem('CERTIFICATE', root.certificate.bytes),
  }
}

/** A detached signature as the CSP makes it. */
export const signDetached = (
  { certificate, key }: TestIdentity,
  content: OctetSource,
): Promise<Uint8Array> =>
  createSignedData({
    content,
    form: 'detached',
    signers: [{ key, certificate, signingTime: testNow }],
  })

/** A signer of packages. */
export const signerOf =
  (identity: TestIdentity): SignFile =>
  ({ content }) =>
    signDetached(identity, content)

/** All octets of a stream. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) {
    all.push(chunk)
  }

  return Buffer.concat(all)
}
