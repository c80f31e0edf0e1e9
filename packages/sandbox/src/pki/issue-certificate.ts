import {
  buildCertificate,
  buildName,
  type Certificate,
  extension,
  extKeyUsageOid,
  keyIdentifierOf,
  type NameAttributeInput,
  parseCertificate,
  randomSerialNumber,
  type SigningKey,
  sandboxPolicyOid,
} from '@muhr/pki'
import {
  type Account,
  type Authority,
  type CitizenSpec,
  type Service,
  TEST_LOCALITY,
} from './profile.ts'

/** A certificate with the key that it certifies, or that certifies others. */
export type Entity = { readonly certificate: Certificate; readonly key: SigningKey }

/** What every certificate of a CA repeats. */
export type IssueContext = {
  /** Absent for a self-signed root. */
  readonly issuer?: Entity
  /** Name of the issuing CA in URLs, e.g. `nca-gost`. */
  readonly issuerId: string
  readonly trustUrl: string
  readonly installation: string
  readonly notBefore: Date
  readonly notAfter: Date
  readonly random: (length: number) => Uint8Array
}

/** Role OIDs of kz-egov-mobile §12.3. */
const ROLE = {
  individual: '1.2.398.3.3.4.1.1',
  legalEntity: '1.2.398.3.3.4.1.2',
  head: '1.2.398.3.3.4.1.2.1',
} as const

/** Policies of kz-egov-mobile §12.4: 2022-CA leaves, RSA authentication, TSA. */
const POLICY = {
  leaf: '1.2.398.3.3.2',
  /** Class KC1 of the owner's tool (crypto.md §1.1). */
  russian: '1.2.643.100.113.1',
  authentication: '1.2.398.3.3.2.4',
  tsa: '1.2.398.3.3.2.6',
} as const
const POLICY_OF_COUNTRY = { KZ: POLICY.leaf, RU: POLICY.russian } as const
const PKCS12_STORE = '1.2.398.3.3.5.1.1'

/**
 * Policies, critical, with the test policy of Muhr beside the Kazakh one: software that does not know the
 * sandbox must refuse its certificates (design rule 9).
 */
export const policies = (oid: string, criticality = { critical: true }): Uint8Array =>
  extension.certificatePolicies([{ oid }, { oid: sandboxPolicyOid }], criticality)

/** A root when `context.issuer` is absent, else an issuing CA. */
export function issueAuthority(
  authority: Authority,
  key: SigningKey,
  context: IssueContext,
): Promise<Certificate> {
  return issue(key, context, {
    subject: [
      ['CN', `${authority.commonName} ${context.installation}`],
      ['C', authority.country],
    ],
    extensions: [
      extension.basicConstraints({ ca: true }),
      extension.keyUsage(['keyCertSign', 'cRLSign']),
      policies(POLICY_OF_COUNTRY[authority.country]),
      ...(context.issuer === undefined ? [] : pointers(context, { hasOcsp: false })),
    ],
  })
}

/** A delegated OCSP responder (RFC 6960 §4.2.2.2) or a TSA (RFC 3161 §2.3). */
export function issueService(
  service: Pick<Service, 'kind' | 'country' | 'commonName'>,
  key: SigningKey,
  context: IssueContext,
): Promise<Certificate> {
  const own =
    service.kind === 'ocsp'
      ? [
          extension.keyUsage(['digitalSignature']),
          extension.extKeyUsage([extKeyUsageOid.ocspSigning]),
          extension.ocspNoCheck(),
          policies(POLICY_OF_COUNTRY[service.country]),
        ]
      : [
          extension.keyUsage(['digitalSignature', 'nonRepudiation']),
          extension.extKeyUsage([extKeyUsageOid.timeStamping], { critical: true }),
          policies(POLICY.tsa),
        ]

  return issue(key, context, {
    subject: [
      ['CN', service.commonName],
      ['C', service.country],
      ['L', TEST_LOCALITY],
    ],
    extensions: [...own, ...pointers(context, { hasOcsp: true })],
  })
}

/** A citizen's certificate of the NCA profile (kz-egov-mobile §12.2–12.4). */
export function issueCitizen(
  citizen: { readonly account: Account; readonly spec: CitizenSpec },
  key: SigningKey,
  context: IssueContext,
): Promise<Certificate> {
  const { account, spec } = citizen
  const isAuthentication = spec.state === 'authentication'
  const role =
    account.organisation === undefined ? [ROLE.individual] : [ROLE.legalEntity, ROLE.head]
  const purpose = isAuthentication ? extKeyUsageOid.clientAuth : extKeyUsageOid.emailProtection

  return issue(key, context, {
    subject: subjectOf(account),
    extensions: [
      policies(isAuthentication ? POLICY.authentication : POLICY.leaf),
      ...pointers(context, { hasOcsp: true }),
      extension.extKeyUsage([purpose, ...role]),
      extension.keyUsage(keyUsageOf(spec)),
      extension.kzKeyStore([PKCS12_STORE]),
    ],
  })
}

// kz-egov-mobile §12.4 [measured]: 0xC8 for GOST-2015, 0xC0 for RSA signing, 0xA0 for RSA authentication
function keyUsageOf({ algorithm, state }: CitizenSpec) {
  if (state === 'authentication') return ['digitalSignature', 'keyEncipherment'] as const
  if (algorithm === 'rsa-2048') return ['digitalSignature', 'nonRepudiation'] as const

  return ['digitalSignature', 'nonRepudiation', 'keyAgreement'] as const
}

// Attribute order as measured in NCA test certificates; L is the profile's optional place for TEST.
function subjectOf(account: Account): readonly NameAttributeInput[] {
  return [
    ['CN', `${account.surname} ${account.name}`],
    ['SURNAME', account.surname],
    ['SERIALNUMBER', `IIN${account.iin}`],
    ['C', 'KZ'],
    ['L', TEST_LOCALITY],
    ...(account.organisation === undefined
      ? []
      : ([
          ['O', account.organisation.name],
          ['OU', `BIN${account.organisation.bin}`],
        ] as const)),
    ...(account.patronymic === undefined ? [] : ([['GIVENNAME', account.patronymic]] as const)),
  ]
}

export function pointers(
  { trustUrl, issuerId }: IssueContext,
  { hasOcsp }: { hasOcsp: boolean },
): readonly Uint8Array[] {
  return [
    extension.authorityInfoAccess({
      ...(hasOcsp ? { ocsp: [`${trustUrl}/ocsp`] } : {}),
      caIssuers: [`${trustUrl}/ca/${issuerId}.cer`],
    }),
    extension.crlDistributionPoints([`${trustUrl}/crl/${issuerId}.crl`]),
    extension.freshestCrl([`${trustUrl}/crl/${issuerId}-delta.crl`]),
  ]
}

export async function issue(
  key: SigningKey,
  context: IssueContext,
  what: { subject: readonly NameAttributeInput[]; extensions: readonly Uint8Array[] },
): Promise<Certificate> {
  const subject = buildName(what.subject)
  const issuerKey = context.issuer?.key ?? key
  const bytes = await buildCertificate(
    {
      serialNumber: randomSerialNumber(context.random),
      issuer: context.issuer?.certificate.subject.bytes ?? subject,
      subject,
      notBefore: context.notBefore,
      notAfter: context.notAfter,
      spki: key.spki,
      extensions: [
        ...what.extensions,
        extension.subjectKeyIdentifier(keyIdentifierOf(key.spki)),
        extension.authorityKeyIdentifier(keyIdentifierOf(issuerKey.spki)),
      ],
    },
    issuerKey,
  )

  return parseCertificate(bytes)
}
