import {
  buildCertificate,
  buildName,
  buildOcspResponse,
  createSigningKey,
  extension,
  type GenerateKeyKind,
  generateKey,
  keyIdentifierOf,
  type NameAttributeInput,
  parseCertificate,
  parseOcspRequest,
  randomSerialNumber,
  type SigningKey,
  type SubjectPublicKeyInfo,
  writePem,
} from '@muhr/pki'

/** A test authority that certifies organisation keys. */
export type TestAuthority = {
  readonly certificate: Uint8Array
  readonly issue: (wish?: TestCertificate) => Promise<TestOrganisationKey>
  /** The authority's own answer to an OCSP request, about whatever it asks. */
  readonly answerOcsp: (request: Uint8Array, status: 'good' | 'revoked') => Promise<Uint8Array>
  /** A certificate for a key that lies elsewhere. */
  readonly certify: (spki: SubjectPublicKeyInfo, wish?: TestCertificate) => Promise<Uint8Array>
}

export type TestCertificate = {
  readonly kind?: GenerateKeyKind
  readonly parameterSet?: string
  /** `false`: a private person, whom ESIA refuses. */
  readonly isOrganisation?: boolean
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly usages?: Parameters<typeof extension.keyUsage>[0]
}

export type TestOrganisationKey = {
  readonly pkcs8: Uint8Array
  readonly certificate: Uint8Array
  readonly keyPem: string
  readonly certificatePem: string
}

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

/** Day 0 of the SNILS registry and codes of no region: the numbers belong to nobody. */
const person: readonly NameAttributeInput[] = [
  ['CN', 'TEST Тестов Тест Тестович'],
  ['SURNAME', 'Тестов'],
  ['GIVENNAME', 'Тест Тестович'],
  ['C', 'RU'],
  ['L', 'TEST'],
  ['SNILS', '00000000000'],
  ['INN', '990000000000'],
]
const organisation: readonly NameAttributeInput[] = [
  ...person.slice(1),
  ['O', 'ООО «TEST Пример»'],
  ['TITLE', 'Генеральный директор'],
  ['OGRN', '1009900000000'],
  ['INNLE', '9900000000'],
  ['CN', 'ООО «TEST Пример»'],
]

const life = { notBefore: new Date('2024-01-01'), notAfter: new Date('2049-01-01') }

/** Makes an authority with a fresh key; about as long as one signature takes. */
export async function createTestAuthority(): Promise<TestAuthority> {
  const key = createSigningKey(generateKey('ru-2012-256'))
  const issuer = buildName([
    ['CN', 'TEST Удостоверяющий центр'],
    ['C', 'RU'],
  ])
  const certificate = await build({
    spki: key.spki,
    signer: key,
    issuer,
    subject: issuer,
    ...life,
    extensions: [
      extension.basicConstraints({ ca: true }),
      extension.keyUsage(['keyCertSign', 'cRLSign']),
    ],
  })
  const certify: TestAuthority['certify'] = (spki, wish = {}) =>
    build({
      spki,
      signer: key,
      issuer,
      subject: buildName(wish.isOrganisation === false ? person : organisation),
      notBefore: wish.notBefore ?? life.notBefore,
      notAfter: wish.notAfter ?? life.notAfter,
      extensions: [extension.keyUsage(wish.usages ?? ['digitalSignature', 'nonRepudiation'])],
    })

  return {
    certificate,
    certify,
    answerOcsp: async (request, status) => {
      const { certIds, nonce } = parseOcspRequest(request)
      const now = new Date()
      const certStatus =
        status === 'good'
          ? ({ status } as const)
          : ({
              status,
              revokedAt: new Date(now.getTime() - 60_000),
              reason: 'keyCompromise',
            } as const)

      return buildOcspResponse(
        {
          responses: certIds.map((certId) => ({ certId, certStatus, thisUpdate: now })),
          producedAt: now,
          responder: parseCertificate(certificate),
          ...(nonce === null ? {} : { nonce }),
        },
        key,
      )
    },
    issue: async (wish = {}) => {
      const { parameterSet } = wish
      const pkcs8 = generateKey(
        wish.kind ?? 'ru-2012-256',
        random,
        parameterSet === undefined ? {} : { parameterSet },
      )
      const own = await certify(createSigningKey(pkcs8).spki, wish)

      return {
        pkcs8,
        certificate: own,
        keyPem: writePem('PRIVATE KEY', pkcs8),
        certificatePem: writePem('CERTIFICATE', own),
      }
    },
  }
}

function build(spec: {
  readonly spki: SubjectPublicKeyInfo
  readonly signer: SigningKey
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly notBefore: Date
  readonly notAfter: Date
  readonly extensions: readonly Uint8Array[]
}): Promise<Uint8Array> {
  const { signer, spki, extensions } = spec

  return buildCertificate(
    {
      ...spec,
      serialNumber: randomSerialNumber(random),
      extensions: [...extensions, extension.subjectKeyIdentifier(keyIdentifierOf(spki))],
    },
    signer,
  ).then((bytes) => parseCertificate(bytes).bytes)
}
