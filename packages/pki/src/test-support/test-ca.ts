import {
  createSigningKey,
  type GenerateKeyKind,
  generateKey,
  type SigningKey,
} from '../keys/signing-key.ts'
import { buildCertificate, type CertificateSpec } from '../x509/build-certificate.ts'
import { extension, keyIdentifierOf } from '../x509/build-extension.ts'
import { buildName, type NameAttributeInput } from '../x509/build-name.ts'
import { type Certificate, parseCertificate } from '../x509/parse-certificate.ts'

/** A certificate with its key: a CA, a signer, a responder. */
export type TestEntity = { readonly certificate: Certificate; readonly key: SigningKey }

/** RSA keys take long to make; tests of one file share them. */
const keys = new Map<string, SigningKey>()

/** The same key for the same label within one test file. */
export const testKey = (label: string, kind: GenerateKeyKind = 'kz-2015-512'): SigningKey => {
  const known = keys.get(`${kind} ${label}`)
  const key = known ?? createSigningKey(generateKey(kind))
  keys.set(`${kind} ${label}`, key)
  return key
}

let lastSerial = 0x1000n

/** What to make; everything has a default that makes a valid certificate. */
export type TestCertificateSpec = {
  readonly subject?: readonly NameAttributeInput[]
  readonly key?: SigningKey
  /** Default: self-signed. */
  readonly issuer?: TestEntity
  readonly extensions?: readonly Uint8Array[]
  readonly change?: Partial<CertificateSpec>
}

/** 2024-01-01 to 2034-01-01: the life of every test certificate. */
export const testNotBefore = new Date('2024-01-01T00:00:00Z')
export const testNotAfter = new Date('2034-01-01T00:00:00Z')

/** Extensions of a CA and of a signer of the Kazakh profile. */
export const caExtensions = (key: SigningKey, pathLength?: number): readonly Uint8Array[] => [
  extension.basicConstraints({ ca: true, ...(pathLength === undefined ? {} : { pathLength }) }),
  extension.keyUsage(['keyCertSign', 'cRLSign']),
  extension.subjectKeyIdentifier(keyIdentifierOf(key.spki)),
]
export const signerExtensions = (key: SigningKey): readonly Uint8Array[] => [
  extension.keyUsage(['digitalSignature', 'nonRepudiation']),
  extension.subjectKeyIdentifier(keyIdentifierOf(key.spki)),
]

/** Makes a certificate; by default a self-signed CA. */
export const issueTest = async (spec: TestCertificateSpec = {}): Promise<TestEntity> => {
  const key = spec.key ?? testKey('default')
  const issuer = spec.issuer
  const subject = buildName(
    spec.subject ?? [
      ['CN', 'TEST Root'],
      ['C', 'KZ'],
    ],
  )
  lastSerial += 1n
  const bytes = await buildCertificate(
    {
      serialNumber: lastSerial,
      issuer: issuer?.certificate.subject.bytes ?? subject,
      subject,
      notBefore: testNotBefore,
      notAfter: testNotAfter,
      spki: key.spki,
      extensions: spec.extensions ?? caExtensions(key),
      ...spec.change,
    },
    issuer?.key ?? key,
  )
  return { certificate: parseCertificate(bytes), key }
}
