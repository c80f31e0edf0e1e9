import {
  checkSigner,
  type DigestibleContent,
  decodeContainer,
  detachContent,
  equalOctets,
  isPkiError,
  namesCertificate,
  parseSignedData,
  type SignedData,
  type SignerCheck,
  type SignerInfo,
} from '@muhr/pki'
import { gostSchemeOf, readCertificate, type SignerKeyDescription } from './describe-signer-key.ts'
import { SignerKeyError, type SignerKeyErrorCode } from './error.ts'

/** A seal of one item is some kilobytes; the certificate path may be inside. */
export const maxSealBytes = 512 * 1024

/** What a seal must be. */
export type ExpectedSeal = {
  readonly description: SignerKeyDescription
  /** The bytes that were to be signed, digested by the digest of the key's scheme. */
  readonly content: DigestibleContent
  readonly signingTime: {
    /** Not before, not after: the claim of the signature, UTC. */
    readonly from: Date
    readonly to: Date
  }
}

function refuse(
  code: SignerKeyErrorCode,
  message: string,
  data: Readonly<Record<string, string | number>> = {},
): SignerKeyError {
  return new SignerKeyError({ code, message, data })
}

/**
 * Holds a signature that came from a program, a service or a browser against what was asked for: one
 * detached CAdES-BES of the key's very certificate, which is inside, over exactly these bytes, with a
 * signing time in the window (ru-epgu-goskey.md §6, security.md rows 1–7). BER, PEM and base64 are read.
 * Paths and revocation are not looked at.
 *
 * @returns the same signature as DER
 * Throws `signer-key.seal-*`.
 */
export function checkSeal(container: Uint8Array, expected: ExpectedSeal): Uint8Array {
  const data = read(container)
  if (data.content !== undefined) {
    throw refuse('signer-key.seal-attached', 'The signature has the content inside.')
  }
  const [signerInfo, another] = data.signerInfos
  if (signerInfo === undefined || another !== undefined) {
    throw refuse('signer-key.seal-signers', 'The container holds not exactly one signature.', {
      signers: data.signerInfos.length,
    })
  }
  const { certificate: own } = expected.description
  const certificate = readCertificate(own)
  const isInside = data.certificates.some((each) => equalOctets(each, own))
  if (!isInside || !namesCertificate(signerInfo.identifier, certificate)) {
    throw refuse('signer-key.seal-other-certificate', 'The signature is of another certificate.')
  }
  const scheme = gostSchemeOf(certificate)
  if (signerInfo.digestAlgorithm.oid !== scheme.digestOid) {
    throw refuse('signer-key.seal-defect', 'The digest is not the one of the key.', {
      defects: 'digest-algorithm',
    })
  }
  const check = checkSigner(signerInfo, {
    contentType: data.contentType,
    digestAlgorithms: data.digestAlgorithms.map(({ oid }) => oid),
    content: expected.content,
    certificate,
  })
  judge(check, signerInfo)
  judgeTime(check, expected)

  return detachContent(data.bytes).container
}

function read(container: Uint8Array): SignedData {
  if (container.length === 0 || container.length > maxSealBytes * 2) {
    throw refuse('signer-key.seal-unreadable', 'The answer is empty or far too large.', {
      bytes: container.length,
    })
  }
  try {
    return parseSignedData(decodeContainer(container), { maxBytes: maxSealBytes })
  } catch (error) {
    if (isPkiError(error)) {
      throw new SignerKeyError({
        code: 'signer-key.seal-unreadable',
        message: 'The answer is no CMS signature.',
        data: { reason: error.code },
        cause: error,
      })
    }
    throw error
  }
}

function judge(check: SignerCheck, { signedAttributes }: SignerInfo): void {
  if (signedAttributes === undefined) {
    throw refuse('signer-key.seal-not-cades', 'The signature has no signed attributes.')
  }
  if (check.digest.result !== 'match') {
    throw refuse('signer-key.seal-other-content', 'The signature is over other bytes.')
  }
  if (check.defects.length > 0) {
    throw refuse('signer-key.seal-defect', 'The signature breaks the rules of its format.', {
      defects: check.defects.join(' '),
    })
  }
  if (check.signature !== 'valid') {
    throw refuse('signer-key.seal-invalid', 'The signature does not hold.')
  }
  if (check.certificateReference !== 'match') {
    throw refuse('signer-key.seal-not-cades', 'The certificate reference is not signed.')
  }
}

function judgeTime({ signingTime }: SignerCheck, expected: ExpectedSeal): void {
  const { from, to } = expected.signingTime
  // The time is written in whole seconds.
  const isNear =
    signingTime !== undefined && signingTime.getTime() >= from.getTime() - 999 && signingTime <= to
  if (!isNear) {
    throw refuse(
      'signer-key.seal-signing-time',
      signingTime === undefined
        ? 'The signature claims no time.'
        : 'The signature claims a time far from now.',
    )
  }
}
