import { randomBytes } from 'node:crypto'
import {
  createSigningKey,
  type GenerateKeyKind,
  generateKey,
  type SigningKey,
} from '../../keys/index.ts'
import {
  buildCertificate,
  buildName,
  type Certificate,
  extension,
  extKeyUsageOid,
  type KeyUsage,
  keyIdentifierOf,
  type NameAttributeInput,
  parseCertificate,
  randomSerialNumber,
} from '../../x509/index.ts'

/** A certificate with its key. */
export type TestIdentity = { readonly certificate: Certificate; readonly key: SigningKey }

/** What {@link issue} puts into a certificate; every default is that of a good document signer. */
export type TestCertificateSpec = {
  readonly commonName: string
  /** The whole subject, in place of common name, IIN and country. */
  readonly subject?: readonly NameAttributeInput[]
  readonly kind?: GenerateKeyKind
  /** An own key, for two certificates of one key. */
  readonly key?: SigningKey
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly ca?: { readonly pathLength?: number }
  readonly keyUsages?: readonly KeyUsage[]
  readonly extKeyUsages?: readonly string[]
  readonly extKeyUsageCritical?: boolean
  /** Leaves out subject and authority key identifiers, as some CAs do. */
  readonly withoutKeyIdentifiers?: boolean
  readonly moreExtensions?: readonly Uint8Array[]
  readonly iin?: string
  /** `null`: no country in the name. */
  readonly country?: string | null
}

/** The claimed time of every sample signature. */
export const sampleSigningTime = new Date('2026-02-01T10:00:00Z')
/** When the TSA stamps. */
export const sampleGenTime = new Date('2026-02-01T10:00:02Z')
/** When the verifier looks. */
export const sampleNow = new Date('2026-02-01T10:00:10Z')

export const testNotBefore = new Date('2025-01-01T00:00:00Z')
export const testNotAfter = new Date('2027-01-01T00:00:00Z')
/** Authorities, TSA and responder live longer than the signer. */
export const testAuthorityNotAfter = new Date('2035-01-01T00:00:00Z')

/** Issues a certificate; without `issuer` it signs itself. */
export const issue = async (
  spec: TestCertificateSpec,
  issuer?: TestIdentity,
): Promise<TestIdentity> => {
  const key = spec.key ?? createSigningKey(generateKey(spec.kind ?? 'rsa-2048'))
  const country = spec.country === undefined ? 'KZ' : spec.country
  const subject = buildName(
    spec.subject ?? [
      ['CN', spec.commonName],
      ...(spec.iin === undefined ? [] : [['SERIALNUMBER', `IIN${spec.iin}`] as const]),
      ...(country === null ? [] : [['C', country] as const]),
    ],
  )
  const identifiers =
    spec.withoutKeyIdentifiers === true
      ? []
      : [
          extension.subjectKeyIdentifier(keyIdentifierOf(key.spki)),
          extension.authorityKeyIdentifier(keyIdentifierOf((issuer?.key ?? key).spki)),
        ]
  const usages: readonly KeyUsage[] =
    spec.keyUsages ??
    (spec.ca === undefined ? ['digitalSignature', 'nonRepudiation'] : ['keyCertSign', 'cRLSign'])
  const bytes = await buildCertificate(
    {
      serialNumber: randomSerialNumber((length) => new Uint8Array(randomBytes(length))),
      issuer: issuer?.certificate.subject.bytes ?? subject,
      subject,
      notBefore: spec.notBefore ?? testNotBefore,
      notAfter: spec.notAfter ?? testNotAfter,
      spki: key.spki,
      extensions: [
        ...(spec.ca === undefined ? [] : [extension.basicConstraints({ ca: true, ...spec.ca })]),
        ...(usages.length === 0 ? [] : [extension.keyUsage(usages)]),
        ...(spec.extKeyUsages === undefined
          ? []
          : [
              extension.extKeyUsage(spec.extKeyUsages, {
                critical: spec.extKeyUsageCritical ?? false,
              }),
            ]),
        ...identifiers,
        ...(spec.moreExtensions ?? []),
      ],
    },
    issuer?.key ?? key,
  )
  return { certificate: parseCertificate(bytes), key }
}

/** A small PKI of one key kind: root, issuing authority, signer, TSA, OCSP responder. */
export type TestPki = {
  readonly root: TestIdentity
  readonly authority: TestIdentity
  readonly signer: TestIdentity
  readonly tsa: TestIdentity
  readonly ocsp: TestIdentity
}

const made = new Map<string, Promise<TestPki>>()

const make = async (kind: GenerateKeyKind): Promise<TestPki> => {
  const long = { kind, notAfter: testAuthorityNotAfter } as const
  const root = await issue({ commonName: 'TEST ROOT', ...long, ca: {} })
  const authority = await issue({ commonName: 'TEST CA', ...long, ca: { pathLength: 0 } }, root)
  const signer = await issue(
    {
      commonName: 'ТЕСТОВ ТЕСТ',
      kind,
      iin: '123456789011',
      extKeyUsages: [extKeyUsageOid.emailProtection, '1.2.398.3.3.4.1.1'],
    },
    authority,
  )
  const tsa = await issue(
    {
      commonName: 'TEST TSA',
      ...long,
      keyUsages: ['digitalSignature', 'nonRepudiation'],
      extKeyUsages: [extKeyUsageOid.timeStamping],
      extKeyUsageCritical: true,
    },
    authority,
  )
  const ocsp = await issue(
    {
      commonName: 'TEST OCSP',
      ...long,
      keyUsages: ['digitalSignature'],
      extKeyUsages: [extKeyUsageOid.ocspSigning],
      moreExtensions: [extension.ocspNoCheck()],
    },
    authority,
  )
  return { root, authority, signer, tsa, ocsp }
}

/** The PKI of a key kind, made once per test file. */
export const testPki = (kind: GenerateKeyKind): Promise<TestPki> => {
  const known = made.get(kind) ?? make(kind)
  made.set(kind, known)
  return known
}
