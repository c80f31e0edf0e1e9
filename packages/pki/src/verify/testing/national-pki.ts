import { der } from '../../asn1/index.ts'
import type { SigningKey } from '../../keys/index.ts'
import { createSigningKey, type GenerateKeyKind, generateKey } from '../../keys/index.ts'
import { buildCrl } from '../../revocation/index.ts'
import {
  buildExtension,
  extension,
  extKeyUsageOid,
  type NameAttributeInput,
} from '../../x509/index.ts'
import { extensionOid } from '../../x509/oids.ts'
import { issue, type TestIdentity, testAuthorityNotAfter } from './test-pki.ts'

export type Country = 'KZ' | 'RU' | 'UZ'

const kinds = { KZ: 'kz-2015-512', RU: 'ru-2012-256', UZ: 'uz-1092-2' } as const satisfies Record<
  Country,
  GenerateKeyKind
>

/** A person in each country's terms, of nobody's numbers. */
export const nationalSubjects: Readonly<Record<Country, readonly NameAttributeInput[]>> = {
  KZ: [
    ['CN', 'ТЕСТОВ ТЕСТ'],
    ['SURNAME', 'ТЕСТОВ'],
    ['SERIALNUMBER', 'IIN000000000011'],
    ['C', 'KZ'],
  ],
  RU: [
    ['CN', 'ООО «ТЕСТ»'],
    ['SURNAME', 'Тестов'],
    ['GIVENNAME', 'Тест Тестович'],
    ['TITLE', 'Директор'],
    ['SNILS', '00000000000'],
    ['INN', '770000000000'],
    ['INNLE', '7700000000'],
    ['OGRN', '1000000000009'],
    ['C', 'RU'],
  ],
  UZ: [
    ['CN', 'SINOV TEST'],
    ['O', 'SINOV MCHJ'],
    ['1.2.860.3.16.1.1', '300000000'],
    ['1.2.860.3.16.1.2', '30000000000000'],
    ['UID', '400000000'],
    ['C', 'UZ'],
  ],
}

/** Extensions of a qualified certificate of Russia. */
export const russianExtensions = (): readonly Uint8Array[] => [
  buildExtension(extensionOid.ruSubjectSignTool, der.utf8('Средство')),
  buildExtension(
    extensionOid.ruIssuerSignTool,
    der.sequence(...['Средство УЦ', 'УЦ', 'Заключение 1', 'Заключение 2'].map(der.utf8)),
  ),
]

/** A small PKI of one country: root, issuing authority, signer, TSA. */
export type NationalPki = {
  readonly root: TestIdentity
  readonly authority: TestIdentity
  readonly signer: TestIdentity
  readonly tsa: TestIdentity
  /** Lists of root and authority in which nobody is revoked, good at the given time. */
  readonly crls: (at: Date) => Promise<readonly Uint8Array[]>
}

/**
 * Makes a {@link NationalPki}: the profile of the country, with what the caller adds to it.
 * `policies`: stated by every certificate, critical where `critical`.
 */
export const nationalPki = async (
  country: Country,
  {
    key = () => createSigningKey(generateKey(kinds[country])),
    policies = [],
    critical = false,
    notBefore = new Date('2015-01-01T00:00:00Z'),
    notAfter = testAuthorityNotAfter,
  }: {
    readonly key?: (index: number) => SigningKey
    readonly policies?: readonly string[]
    readonly critical?: boolean
    readonly notBefore?: Date
    readonly notAfter?: Date
  } = {},
): Promise<NationalPki> => {
  const stated =
    policies.length === 0
      ? []
      : [
          extension.certificatePolicies(
            policies.map((oid) => ({ oid })),
            { critical },
          ),
        ]
  const base = { country, notBefore, notAfter, moreExtensions: stated } as const
  const root = await issue({ ...base, commonName: 'TEST ROOT', key: key(1), ca: {} })
  const authority = await issue({ ...base, commonName: 'TEST CA', key: key(2), ca: {} }, root)
  const signer = await issue(
    {
      ...base,
      commonName: '',
      subject: nationalSubjects[country],
      key: key(3),
      moreExtensions: [...stated, ...(country === 'RU' ? russianExtensions() : [])],
    },
    authority,
  )
  const tsa = await issue(
    {
      ...base,
      commonName: 'TEST TSA',
      key: key(4),
      keyUsages: ['digitalSignature', 'nonRepudiation'],
      extKeyUsages: [extKeyUsageOid.timeStamping],
      extKeyUsageCritical: true,
    },
    authority,
  )
  const list = (issuer: TestIdentity, at: Date) =>
    buildCrl(
      {
        issuer: issuer.certificate.subject.bytes,
        thisUpdate: new Date(at.getTime() - 3_600_000),
        nextUpdate: new Date(at.getTime() + 86_400_000),
        crlNumber: 1n,
        entries: [],
      },
      issuer.key,
    )
  return {
    root,
    authority,
    signer,
    tsa,
    crls: async (at) => [await list(root, at), await list(authority, at)],
  }
}
