import { randomBytes } from 'node:crypto'
import {
  buildCertificate,
  buildName,
  type Certificate,
  createSigningKey,
  createTrustStore,
  extension,
  extKeyUsageOid,
  type GenerateKeyKind,
  generateKey,
  keyIdentifierOf,
  type NameAttributeInput,
  parseCertificate,
  randomSerialNumber,
  type SigningKey,
  sandboxPolicyOid,
  type TrustStore,
  writePem,
} from '@muhr/pki'

/** A certificate with its key. */
export type TestIdentity = {
  readonly certificate: Certificate
  readonly key: SigningKey
  readonly pkcs8: Uint8Array
}

/** A small PKI of one kind of key: all that makes and checks a signature of the Kazakh profile. */
export type TestPki = {
  readonly root: TestIdentity
  readonly authority: TestIdentity
  /** ТЕСТОВ ТЕСТ, an individual. */
  readonly person: TestIdentity
  /** Үлгіұлы Сынақ, head of an organisation. */
  readonly head: TestIdentity
  readonly tsa: TestIdentity
  readonly ocsp: TestIdentity
}

export type TestPkiOptions = {
  readonly kind: GenerateKeyKind
  /** Do the certificates carry the policy of a sandbox? */
  readonly sandbox: boolean
}

const notBefore = new Date('2026-01-01T00:00:00Z')
const notAfter = new Date('2028-01-01T00:00:00Z')

type Spec = {
  readonly subject: readonly NameAttributeInput[]
  readonly extensions: readonly Uint8Array[]
  readonly issuer?: TestIdentity
}

async function issue(
  { kind, sandbox }: TestPkiOptions,
  { subject, extensions, issuer }: Spec,
): Promise<TestIdentity> {
  const pkcs8 = generateKey(kind)
  const key = createSigningKey(pkcs8)
  const name = buildName(subject)
  const bytes = await buildCertificate(
    {
      serialNumber: randomSerialNumber((length) => new Uint8Array(randomBytes(length))),
      issuer: issuer?.certificate.subject.bytes ?? name,
      subject: name,
      notBefore,
      notAfter,
      spki: key.spki,
      extensions: [
        ...extensions,
        ...(sandbox
          ? [extension.certificatePolicies([{ oid: sandboxPolicyOid }], { critical: true })]
          : []),
        extension.subjectKeyIdentifier(keyIdentifierOf(key.spki)),
        extension.authorityKeyIdentifier(keyIdentifierOf((issuer?.key ?? key).spki)),
      ],
    },
    issuer?.key ?? key,
  )

  return { certificate: parseCertificate(bytes), key, pkcs8 }
}

const made = new Map<string, Promise<TestPki>>()

async function make(options: TestPkiOptions): Promise<TestPki> {
  const mark = options.sandbox ? 'TEST SANDBOX' : 'TEST'
  const ca = [
    extension.basicConstraints({ ca: true }),
    extension.keyUsage(['keyCertSign', 'cRLSign']),
  ]
  const signer = extension.keyUsage(['digitalSignature', 'nonRepudiation'])
  const root = await issue(options, {
    subject: [
      ['CN', `${mark} ROOT ${options.kind}`],
      ['C', 'KZ'],
    ],
    extensions: ca,
  })
  const authority = await issue(options, {
    subject: [
      ['CN', `${mark} CA ${options.kind}`],
      ['C', 'KZ'],
    ],
    extensions: ca,
    issuer: root,
  })
  const below = (subject: readonly NameAttributeInput[], extensions: readonly Uint8Array[]) =>
    issue(options, { subject, extensions, issuer: authority })

  return {
    root,
    authority,
    person: await below(
      [
        ['CN', 'ТЕСТОВ ТЕСТ'],
        ['SURNAME', 'ТЕСТОВ'],
        ['SERIALNUMBER', 'IIN000140000017'],
        ['C', 'KZ'],
        ['L', 'TEST'],
      ],
      [signer, extension.extKeyUsage([extKeyUsageOid.emailProtection, '1.2.398.3.3.4.1.1'])],
    ),
    head: await below(
      [
        ['CN', 'ҮЛГІҰЛЫ СЫНАҚ'],
        ['SURNAME', 'ҮЛГІҰЛЫ'],
        ['SERIALNUMBER', 'IIN000140000025'],
        ['C', 'KZ'],
        ['L', 'TEST'],
        ['O', 'ЖШС «ҮЛГІ»'],
        ['OU', 'BIN000240000025'],
      ],
      [
        signer,
        extension.extKeyUsage([
          extKeyUsageOid.emailProtection,
          '1.2.398.3.3.4.1.2',
          '1.2.398.3.3.4.1.2.1',
        ]),
      ],
    ),
    tsa: await below(
      [
        ['CN', `${mark} TSA`],
        ['C', 'KZ'],
      ],
      [signer, extension.extKeyUsage([extKeyUsageOid.timeStamping], { critical: true })],
    ),
    ocsp: await below(
      [
        ['CN', `${mark} OCSP`],
        ['C', 'KZ'],
      ],
      [
        extension.keyUsage(['digitalSignature']),
        extension.extKeyUsage([extKeyUsageOid.ocspSigning]),
        extension.ocspNoCheck(),
      ],
    ),
  }
}

/** The PKI of a kind, made once per process. */
export function testPki(options: TestPkiOptions): Promise<TestPki> {
  const label = `${options.kind} ${options.sandbox}`
  const known = made.get(label) ?? make(options)
  made.set(label, known)

  return known
}

/** Trust in the roots of some PKIs, as `--trust FILE` gives it. */
export function trustIn(...pkis: readonly TestPki[]): TrustStore {
  return createTrustStore(
    pkis.map(({ root }) => ({ certificate: root.certificate, origin: 'explicit' as const })),
  )
}

/** The roots as a PEM file. */
export function rootsPem(...pkis: readonly TestPki[]): string {
  return pkis.map(({ root }) => writePem('CERTIFICATE', root.certificate.bytes)).join('')
}
