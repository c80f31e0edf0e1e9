import { PkiError } from '../error.ts'
import type { PolicyName, VerificationPolicy } from './policy.ts'

const minutes = (count: number): number => count * 60_000

const kazakhSchemes = [
  'kz-2015-512',
  'kz-2015-256',
  'kz-2004',
  'rsa-sha256',
  'rsa-sha384',
  'rsa-sha512',
] as const

/**
 * The Kazakh rules as far as they are public (kz-egov-mobile.md §16): path, validity, revocation by OCSP
 * or else CRL, key purpose, and the time-stamp that eGov promises.
 */
const kazakh = {
  signerSchemes: kazakhSchemes,
  infrastructureSchemes: kazakhSchemes,
  minRsaBits: 2048,
  signedAttributes: 'required',
  timeStamp: 'required',
  revocation: { signer: 'required', authorities: 'required', timeStampAuthority: 'required' },
  ocspFreshnessMs: minutes(10),
  clockSkewMs: minutes(5),
  maxSigningTimeDriftMs: minutes(5),
  documentKeyUsages: { other: ['nonRepudiation'] },
  allowAbsentKeyUsage: false,
  anchorOrigins: ['explicit', 'configured'],
  acceptsSandbox: false,
} as const satisfies Omit<VerificationPolicy, 'name' | 'source'>

/** Every policy as data. `sandbox` is the Kazakh rules, believing the test PKI as well. */
export const policies: Readonly<Record<PolicyName, VerificationPolicy>> = Object.freeze({
  'kz-1187': {
    ...kazakh,
    name: 'kz-1187',
    source: 'Kazakhstan, order No. 1187 of 9 December 2015: rules for checking signatures',
  },
  'kz-500': {
    ...kazakh,
    name: 'kz-500',
    source: 'Kazakhstan, order No. 500/НҚ under the Digital Code of 9 January 2026, art. 61',
  },
  sandbox: {
    ...kazakh,
    name: 'sandbox',
    source: 'The rules of kz-500 with the test PKI of this installation',
    anchorOrigins: ['explicit', 'configured', 'sandbox'],
    acceptsSandbox: true,
  },
  'etsi-basic': {
    name: 'etsi-basic',
    source: 'ETSI EN 319 102-1 §5.3, basic signatures: neither revocation nor time-stamp required',
    signerSchemes: [...kazakhSchemes, 'ru-2012-512', 'ru-2012-256'],
    infrastructureSchemes: [...kazakhSchemes, 'ru-2012-512', 'ru-2012-256'],
    minRsaBits: 2048,
    signedAttributes: 'if-available',
    timeStamp: 'if-available',
    revocation: {
      signer: 'if-available',
      authorities: 'if-available',
      timeStampAuthority: 'if-available',
    },
    ocspFreshnessMs: minutes(10),
    clockSkewMs: minutes(5),
    maxSigningTimeDriftMs: minutes(5),
    documentKeyUsages: { KZ: ['nonRepudiation'], other: ['nonRepudiation', 'digitalSignature'] },
    allowAbsentKeyUsage: true,
    anchorOrigins: ['explicit', 'configured'],
    acceptsSandbox: false,
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
