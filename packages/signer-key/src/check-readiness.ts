import { readCertificate, type SignerKeyDescription } from './describe-signer-key.ts'
import { SignerKeyError, type SignerKeyErrorCode } from './error.ts'

/** What a revocation service said of a certificate; who asks it, and how, is the caller's. */
export type RevocationAnswer = {
  readonly status: 'good' | 'revoked' | 'unknown'
  readonly revokedAt?: Date | undefined
}

/** The checks of {@link findReadinessFaults}, in their order. */
export type ReadinessCode = Extract<
  SignerKeyErrorCode,
  | 'signer-key.not-gost-2012'
  | 'signer-key.key-usage'
  | 'signer-key.no-organisation'
  | 'signer-key.not-yet-valid'
  | 'signer-key.expired'
  | 'signer-key.revoked'
>

const messages: Record<ReadinessCode, string> = {
  'signer-key.not-gost-2012': 'The key is not one of GOST R 34.10-2012 on a published curve.',
  'signer-key.key-usage': 'The certificate was not issued for signatures.',
  'signer-key.no-organisation': 'The certificate names no organisation.',
  'signer-key.not-yet-valid': 'The certificate is not valid yet.',
  'signer-key.expired': 'The certificate has ended.',
  'signer-key.revoked': 'The certificate was revoked.',
}

type Moment = {
  /** When it is to sign, UTC. */
  readonly at: Date
  readonly revocation?: RevocationAnswer | undefined
}

/**
 * Everything that forbids to sign with a key at a moment: an algorithm that the service does not take, a
 * certificate not for signatures (RFC 5280 §4.2.1.3), of no organisation (ru-epgu-goskey.md §1), outside
 * of its validity (both ends count, RFC 5280 §4.1.2.5), or revoked. Empty: it may sign. No answer about
 * revocation is no fault here: the receiving service asks by itself.
 */
export function findReadinessFaults(
  description: SignerKeyDescription,
  { at, revocation }: Moment,
): readonly ReadinessCode[] {
  const isAfter = at > description.notAfter
  const faults: readonly (readonly [ReadinessCode, boolean])[] = [
    ['signer-key.not-gost-2012', description.algorithm.bits === null],
    ['signer-key.key-usage', !maySign(description)],
    ['signer-key.no-organisation', !description.hasOrganisationData],
    ['signer-key.not-yet-valid', at < description.notBefore],
    ['signer-key.expired', isAfter],
    ['signer-key.revoked', revocation?.status === 'revoked'],
  ]

  return faults.filter(([, isFault]) => isFault).map(([code]) => code)
}

/** Refuses a key that may not sign at a moment, by the first of {@link findReadinessFaults}. */
export function expectReady(description: SignerKeyDescription, moment: Moment): void {
  const [code] = findReadinessFaults(description, moment)
  if (code !== undefined) {
    throw new SignerKeyError({
      code,
      message: messages[code],
      data: { certificate: description.sha256 },
    })
  }
}

function maySign({ certificate }: SignerKeyDescription): boolean {
  const { keyUsage } = readCertificate(certificate).extensions

  return (
    keyUsage === undefined ||
    keyUsage.usages.includes('digitalSignature') ||
    keyUsage.usages.includes('nonRepudiation')
  )
}
