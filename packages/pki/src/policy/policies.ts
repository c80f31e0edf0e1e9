import { PkiError } from '../error.ts'
import { sandboxPolicyOid } from './oids.ts'
import type { PolicyName, VerificationPolicy } from './policy.ts'

const minutes = (count: number): number => count * 60_000

const rsaSchemes = ['rsa-sha256', 'rsa-sha384', 'rsa-sha512'] as const
const kazakhSchemes = ['kz-2015-512', 'kz-2015-256', 'kz-2004', ...rsaSchemes] as const
const russianSchemes = ['ru-2012-512', 'ru-2012-256', 'ru-2001'] as const
const uzbekSchemes = ['uz-1092-2'] as const
/** Of the EU and others: no country here signs documents with them (ETSI TS 119 312). */
const ecdsaSchemes = ['ecdsa-sha256', 'ecdsa-sha384', 'ecdsa-sha512'] as const
const everyScheme = [...kazakhSchemes, ...russianSchemes, ...uzbekSchemes] as const

/**
 * GOST R 34.10-2001 made its last signatures in 2019 (the FSB prolonged the end of 2018 by a year); the
 * moment is midnight in Moscow.
 */
const russianEnds = { 'ru-2001': '2019-12-31T21:00:00.000Z' } as const

/** Document signers of Kazakhstan need nonRepudiation (kz-egov-mobile.md §12.4); others either bit. */
const keyUsages = {
  KZ: ['nonRepudiation'],
  other: ['nonRepudiation', 'digitalSignature'],
} as const satisfies VerificationPolicy['documentKeyUsages']

/** What all policies have in common until one says otherwise. */
const common = {
  schemesUntil: russianEnds,
  parameterSetsByPoint: [],
  minRsaBits: 2048,
  timeStampSigningCertificate: {
    // No token of Uzbekistan is public; those made after the vendor's samples carry no ESSCertID.
    UZ: 'if-available',
    other: 'required',
  },
  timeStampPolicies: { other: null },
  ocspFreshnessMs: minutes(10),
  clockSkewMs: minutes(5),
  maxSigningTimeDriftMs: minutes(5),
  documentKeyUsages: keyUsages,
  allowAbsentKeyUsage: false,
  certificatePolicies: { other: null },
  qualification: { RU: 'accreditation-list', other: 'national-authorities' },
  requiredLevel: 'any',
  anchorOrigins: ['explicit', 'configured'],
  acceptsSandbox: false,
} as const satisfies Partial<VerificationPolicy>

/** National rules: attributes are signed, and revocation of the whole path is known. */
const strict = {
  ...common,
  signedAttributes: 'required',
  timeStamp: { other: 'if-available' },
  revocation: { signer: 'required', authorities: 'required', timeStampAuthority: 'required' },
} as const satisfies Partial<VerificationPolicy>

/**
 * The Kazakh rules as far as they are public (kz-egov-mobile.md §16): path, validity, revocation by OCSP
 * or else CRL, key purpose, and the time-stamp that eGov promises.
 */
const kazakh = {
  ...strict,
  signerSchemes: kazakhSchemes,
  infrastructureSchemes: kazakhSchemes,
  timeStamp: { other: 'required' },
} as const satisfies Omit<VerificationPolicy, 'name' | 'source'>

/** Every policy as data. */
export const policies: Readonly<Record<PolicyName, VerificationPolicy>> = Object.freeze({
  'ru-63fz': {
    ...strict,
    name: 'ru-63fz',
    source:
      'Russia, Federal Law No. 63-FZ of 6 April 2011, arts. 5, 11, 17, and order No. 795 of the FSB',
    signerSchemes: russianSchemes,
    infrastructureSchemes: russianSchemes,
    qualification: { ...common.qualification, RU: 'anchor-and-extensions' },
  },
  'kz-1187': {
    ...kazakh,
    name: 'kz-1187',
    source: 'Kazakhstan, order No. 1187 of 9 December 2015: rules for checking signatures',
  },
  'kz-500': {
    ...kazakh,
    name: 'kz-500',
    source: 'Kazakhstan, order No. 500/НҚ under the Digital Code of 9 January 2026, art. 61',
    // Item 16 of the order: the number of the certificate's policy.
    certificatePolicies: {
      KZ: { requirement: 'if-available', oids: ['1.2.398.', sandboxPolicyOid] },
      other: null,
    },
  },
  'uz-e-imzo': {
    ...strict,
    name: 'uz-e-imzo',
    source: 'Uzbekistan, the profile of E-IMZO: O‘z DSt 1092:2009 algorithm 2 in plain CMS',
    signerSchemes: uzbekSchemes,
    // Certificates of the bank signer are signed with RSA (uz-eimzo-didox.md §3.4).
    infrastructureSchemes: [...uzbekSchemes, ...rsaSchemes],
    timeStampPolicies: { UZ: ['1.2.860.3.2.11.1'], other: null },
  },
  sandbox: {
    ...strict,
    name: 'sandbox',
    source:
      'The rules of kz-500, ru-63fz and uz-e-imzo, each by the country of the certificate, with the test PKI of this installation',
    signerSchemes: everyScheme,
    infrastructureSchemes: everyScheme,
    timeStamp: { KZ: 'required', other: 'if-available' },
    anchorOrigins: ['explicit', 'configured', 'sandbox'],
    acceptsSandbox: true,
  },
  'etsi-basic': {
    ...common,
    name: 'etsi-basic',
    source: 'ETSI EN 319 102-1 §5.3, basic signatures: neither revocation nor time-stamp required',
    signerSchemes: [...everyScheme, ...ecdsaSchemes],
    infrastructureSchemes: [...everyScheme, ...ecdsaSchemes],
    schemesUntil: {},
    signedAttributes: 'if-available',
    timeStamp: { other: 'if-available' },
    revocation: {
      signer: 'if-available',
      authorities: 'if-available',
      timeStampAuthority: 'if-available',
    },
    allowAbsentKeyUsage: true,
  },
} satisfies Record<PolicyName, VerificationPolicy>)

/** The names that {@link policyByName} knows, for usage texts. */
export const policyNames = Object.freeze(Object.keys(policies) as PolicyName[])

/** The policy of a name. Throws `policy.unknown`. */
export const policyByName = (name: string): VerificationPolicy => {
  const known = policyNames.find((candidate) => candidate === name)
  if (known === undefined) {
    throw new PkiError({
      code: 'policy.unknown',
      message: 'There is no verification policy of that name.',
      data: { name, known: policyNames.join(' ') },
    })
  }
  return policies[known]
}
