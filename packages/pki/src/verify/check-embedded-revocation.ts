import { equalOctets, isUniversal, universalTag } from '../asn1/index.ts'
import { isPkiError } from '../error.ts'
import {
  algorithmOid,
  digestOf,
  isSetOf,
  type SignedObject,
  signatureSchemes,
} from '../keys/index.ts'
import {
  type BasicOcspResponse,
  type CertificateList,
  parseCrl,
  parseOcspResponse,
} from '../revocation/index.ts'
import { type Certificate, equalNames, matchNames } from '../x509/index.ts'
import { checkEmbeddedCertificate, type EmbeddedStatus } from './check-embedded-certificate.ts'
import type { VerificationContext } from './context.ts'
import { sha256Hex } from './material.ts'
import { parseCertificates } from './parse-material.ts'
import { isRepairable } from './repair.ts'
import type { SignatureChecker } from './signature-budget.ts'
import type { EmbeddedRevocationFact } from './types.ts'

type Status = EmbeddedRevocationFact['status']

type Tally = Readonly<Record<'valid' | 'invalid' | 'refused', boolean>>

/**
 * In an OCSP response, unlike a certificate or list, the signature algorithm stands outside of what is
 * signed. Where the key is of a kind that we know, an algorithm that does not go with it is no algorithm
 * unknown to us but a changed octet, unless it has parameters of its own (RSASSA-PSS).
 */
const isContradiction = (object: SignedObject, { spki }: Certificate): boolean =>
  spki.key.type !== 'unknown' &&
  !isUniversal(object.signatureAlgorithm.parameters ?? undefined, universalTag.sequence) &&
  signatureSchemes.some(
    (scheme) =>
      scheme.keyOid === spki.algorithm.oid &&
      (scheme.family !== 'gost' ||
        (spki.key.type === 'gost' && isSetOf(scheme, spki.key.parameterSet))),
  )

/** What the keys of some certificates say of a signature, taken together. */
const tally = (
  object: SignedObject,
  certificates: readonly Certificate[],
  {
    checkSigned,
    isAlgorithmSigned = true,
  }: { readonly checkSigned: SignatureChecker; readonly isAlgorithmSigned?: boolean },
): Tally => {
  const found = { valid: false, invalid: false, refused: false }
  for (const certificate of certificates) {
    const finding = checkSigned(object, certificate.spki)
    const isDamage =
      finding.status === 'refused' &&
      finding.code !== 'signature.too-many' &&
      !isAlgorithmSigned &&
      isContradiction(object, certificate)
    found[isDamage ? 'invalid' : finding.status] = true
    if (found.valid) {
      break
    }
  }
  return found
}

const checkCrl = (
  crl: CertificateList,
  { checkSigned, atHand }: { checkSigned: SignatureChecker; atHand: readonly Certificate[] },
): Status => {
  const { authorityKeyIdentifier: claimed } = crl
  const named = atHand.filter(({ subject }) => matchNames(subject, crl.issuer))
  const ofNamed = tally(crl, named, { checkSigned })
  if (ofNamed.valid) {
    return 'intact'
  }
  const identifierOf = ({ extensions }: Certificate): string | undefined =>
    extensions.subjectKeyIdentifier?.keyIdentifier
  const isRefuted = named.some(
    (issuer) =>
      checkSigned(crl, issuer.spki).status === 'invalid' &&
      (claimed === undefined || claimed === identifierOf(issuer)),
  )
  const isMisnamed = atHand.some(
    (issuer) =>
      isRepairable(crl, {
        damaged: crl.issuer.bytes,
        right: issuer.subject.bytes,
        issuer,
        checkSigned,
      }) ||
      (claimed !== undefined && claimed === identifierOf(issuer)),
  )
  if (isRefuted) {
    return 'damaged'
  }
  if (ofNamed.refused) {
    return 'unsupported'
  }
  return isMisnamed ? 'damaged' : 'unknown-issuer'
}

const names = ({ responderId }: BasicOcspResponse, certificate: Certificate): boolean =>
  responderId.by === 'name'
    ? equalNames(certificate.subject, responderId.name)
    : equalOctets(
        digestOf(algorithmOid.sha1, certificate.spki.subjectPublicKey),
        responderId.keyHash,
      )

const checkOcspResponse = (
  basic: BasicOcspResponse,
  { context, atHand }: { context: VerificationContext; atHand: readonly Certificate[] },
): Status => {
  const { checkSigned } = context
  const inside = parseCertificates(basic.certificates)
  const anchors = context.anchors.map(({ certificate }) => certificate)
  const statuses: readonly EmbeddedStatus[] = inside.map((certificate) =>
    checkEmbeddedCertificate(certificate, {
      anchors,
      atHand: [...atHand, ...inside],
      checkSigned,
    }),
  )
  const candidates = [...inside, ...atHand]
  if (statuses.includes('damaged')) {
    return 'damaged'
  }
  const outside = { checkSigned, isAlgorithmSigned: false } as const
  const named = tally(
    basic,
    candidates.filter((candidate) => names(basic, candidate)),
    outside,
  )
  if (!tally(basic, candidates, outside).valid) {
    if (named.refused || tally(basic, inside, outside).refused) {
      return 'unsupported'
    }
    return named.invalid || inside.length > 0 ? 'damaged' : 'unknown-issuer'
  }
  return statuses.includes('unknown-issuer') || statuses.includes('unsupported')
    ? 'unknown-issuer'
    : 'intact'
}

const orUnreadable = (check: () => Status): Status => {
  try {
    return check()
  } catch (error) {
    if (isPkiError(error)) {
      return 'unreadable'
    }
    throw error
  }
}

/** Looks whether the revocation data inside a container is as its signers made it, used or not. */
export const checkEmbeddedRevocation = (
  { ocsp, crls }: { readonly ocsp: readonly Uint8Array[]; readonly crls: readonly Uint8Array[] },
  context: VerificationContext,
): readonly EmbeddedRevocationFact[] => {
  const atHand = [...context.certificates, ...context.anchors.map((anchor) => anchor.certificate)]
  return [
    ...ocsp.map(
      (bytes): EmbeddedRevocationFact => ({
        kind: 'ocsp',
        sha256: sha256Hex(bytes),
        status: orUnreadable(() => {
          const { basic } = parseOcspResponse(bytes)
          return basic === null ? 'unreadable' : checkOcspResponse(basic, { context, atHand })
        }),
      }),
    ),
    ...crls.map(
      (bytes): EmbeddedRevocationFact => ({
        kind: 'crl',
        sha256: sha256Hex(bytes),
        status: orUnreadable(() =>
          checkCrl(parseCrl(bytes), { checkSigned: context.checkSigned, atHand }),
        ),
      }),
    ),
  ]
}
