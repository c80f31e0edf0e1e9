import { isPkiError } from '../error.ts'
import { checkSigned } from '../keys/check-signed.ts'
import { signatureSchemes } from '../keys/schemes.ts'
import { type CertificateAndIssuer, certIdMatches } from '../revocation/cert-id.ts'
import { type CrlCheck, checkCrls } from '../revocation/check-crl.ts'
import { checkOcsp } from '../revocation/check-ocsp.ts'
import { crlIssuersOf, includesName } from '../revocation/crl-scope.ts'
import { type OcspResponse, parseOcspResponse } from '../revocation/ocsp-response.ts'
import { type CertificateList, parseCrl } from '../revocation/parse-crl.ts'
import type { Freshness, RevocationFact } from '../revocation/types.ts'
import { matchNames } from '../x509/match-names.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import { findPath } from './find-path.ts'
import type { PathRequirements } from './types.ts'
import { withWorkingKeys } from './working-keys.ts'

/** What revocation is looked up in. */
export type RevocationLookupInput = {
  /** The anchor of the path in question: signers of lists must lead to it too (RFC 5280 §6.3.3 (f)). */
  readonly anchor: Certificate
  /** Certificates among which signers of lists and answers are found; trusted by nobody. */
  readonly certificates?: readonly Certificate[]
  readonly crls?: readonly (Uint8Array | CertificateList)[]
  readonly ocsp?: readonly (Uint8Array | OcspResponse)[]
  /** What the paths of signers must satisfy; `at` is when lists and answers must be current. */
  readonly requirements: PathRequirements
} & Pick<Freshness, 'clockSkewMs' | 'maxAgeMs'>

const everyScheme = signatureSchemes.map(({ id }) => id)

/** Certificates that are looked up, signers of lists included. */
const maxLookups = 100

/** Lists held against keys in search of their signers: more is a pile. */
const maxSignerChecks = 500

/** Certificates of signers whose paths are searched, and the signatures that each search may cost. */
const maxSignerPaths = 32
const signerLimits = { maxSignatureChecks: 30 } as const

/** Unreadable lists that are told of. */
const maxUnread = 8

/** What can be read, and what cannot. */
const readAll = <T>(
  given: readonly (Uint8Array | T)[],
  parse: (bytes: Uint8Array) => T,
): { readonly read: readonly T[]; readonly unread: readonly Uint8Array[] } => {
  const read: T[] = []
  const unread: Uint8Array[] = []
  for (const each of given) {
    try {
      read.push(each instanceof Uint8Array ? parse(each) : each)
    } catch (error) {
      if (!isPkiError(error) || !(each instanceof Uint8Array)) {
        throw error
      }
      unread.push(each)
    }
  }
  return { read, unread }
}

/** A revocation counts most, then good, then an answer that says why it says nothing. */
const strength: readonly RevocationFact['status'][] = ['revoked', 'good', 'unknown', 'unusable']

const strongest = (facts: readonly RevocationFact[]): RevocationFact | undefined =>
  facts.toSorted((left, right) => strength.indexOf(left.status) - strength.indexOf(right.status))[0]

/** Every certificate of a chain below its anchor with its issuer, both with their working keys. */
export const pairsOf = (chain: readonly Certificate[]): readonly CertificateAndIssuer[] => {
  const working = withWorkingKeys(chain)
  return working.flatMap((certificate, index) => {
    const issuer = working[index + 1]
    return issuer === undefined ? [] : [{ certificate, issuer }]
  })
}

/** Looks up one certificate, or finds who else may sign the lists about it. */
export type RevocationLookup = {
  /** The word that counts: a revocation, else good, else why the best answer says nothing. */
  readonly lookUp: (subject: CertificateAndIssuer) => RevocationFact | undefined
  /**
   * Certificates beside the issuer that signed a list which may speak of this certificate, each valid
   * under the anchor and not revoked.
   */
  readonly findSigners: (subject: CertificateAndIssuer) => readonly Certificate[]
}

/**
 * Prepares look-ups in lists and answers for the certificates of paths to one anchor. What was found is
 * remembered; a hundred look-ups are the most, signers of lists included.
 */
export const createRevocationLookup = (input: RevocationLookupInput): RevocationLookup => {
  const { anchor, certificates = [], requirements, clockSkewMs, maxAgeMs } = input
  const { read: crls, unread: unreadCrls } = readAll(input.crls ?? [], parseCrl)
  const { read: answers, unread: unreadAnswers } = readAll(input.ocsp ?? [], parseOcspResponse)
  // Where weak signatures are warnings in a chain they are in lists and answers too.
  const allowedSchemes =
    requirements.weakAlgorithms === 'warning' ? everyScheme : requirements.allowedSchemes
  const pool = [...new Map([anchor, ...certificates].map((each) => [each.sha256, each])).values()]
  const inProgress = new Set<string>()
  const known = new Map<string, RevocationFact | undefined>()
  const signerPaths = new Map<string, readonly Certificate[] | undefined>()
  let lookups = 0
  let signerChecks = 0

  const freshness: Pick<CrlCheck, 'at' | 'clockSkewMs' | 'maxAgeMs' | 'allowedSchemes'> = {
    at: requirements.at,
    clockSkewMs,
    maxAgeMs,
    ...(allowedSchemes === undefined ? {} : { allowedSchemes }),
  }

  /** The chain of a candidate to the anchor, when it has a valid one. */
  const findSignerPath = (certificate: Certificate): readonly Certificate[] | undefined => {
    const { sha256 } = certificate
    if (!signerPaths.has(sha256) && signerPaths.size < maxSignerPaths) {
      const { policies: _policies, ...rest } = requirements
      const search = { certificate, anchors: [anchor], intermediates: pool, limits: signerLimits }
      const path = findPath(search, rest)
      signerPaths.set(sha256, path.status === 'valid' ? path.chain : undefined)
    }
    return signerPaths.get(sha256)
  }

  /** Is every certificate of its path good, or being looked up right now? With its working key then. */
  const asTrusted = (candidate: Certificate): readonly Certificate[] => {
    const chain = findSignerPath(candidate)
    const isGood =
      chain !== undefined &&
      pairsOf(chain).every(
        (subject) => inProgress.has(keyOf(subject)) || lookUp(subject)?.status === 'good',
      )
    return isGood ? withWorkingKeys(chain).slice(0, 1) : []
  }

  const hasSigned = (candidate: Certificate, crl: CertificateList): boolean => {
    if (!matchNames(crl.issuer, candidate.subject) || signerChecks >= maxSignerChecks) {
      return false
    }
    signerChecks += 1
    return checkSigned(crl, candidate.spki).status === 'valid'
  }

  const findSigners = ({ certificate, issuer }: CertificateAndIssuer): readonly Certificate[] => {
    const points = crlIssuersOf(certificate)
    const relevant = crls.filter(
      (crl) =>
        (matchNames(crl.issuer, certificate.issuer) || includesName(points, crl.issuer)) &&
        !hasSigned(issuer, crl),
    )
    return pool
      .filter(
        (candidate) =>
          candidate.sha256 !== issuer.sha256 && relevant.some((crl) => hasSigned(candidate, crl)),
      )
      .flatMap(asTrusted)
  }

  const checkAnswer = (
    subject: CertificateAndIssuer,
    response: Uint8Array | OcspResponse,
  ): RevocationFact => {
    const fact = checkOcsp({ ...subject, ...freshness, response, responders: pool })
    const { signer } = fact
    if (
      fact.status === 'unusable' ||
      signer === undefined ||
      signer.sha256 === subject.issuer.sha256 ||
      fact.signerNoCheck === true
    ) {
      return fact
    }
    const responder = { certificate: signer, issuer: subject.issuer }
    const isRevoked = !inProgress.has(keyOf(responder)) && lookUp(responder)?.status === 'revoked'
    return isRevoked ? { source: 'ocsp', status: 'unusable', code: 'responder-revoked' } : fact
  }

  /** Answers about the certificate, and those that say why they are about none. */
  const askOcsp = (subject: CertificateAndIssuer): readonly RevocationFact[] => {
    const relevant = answers.filter(
      ({ basic }) =>
        basic === null || basic.responses.some(({ certId }) => certIdMatches(certId, subject)),
    )
    const facts = [...relevant, ...unreadAnswers.slice(0, maxUnread)].map((each) =>
      checkAnswer(subject, each),
    )
    return facts.length === 0 && answers.length > 0
      ? [{ source: 'ocsp', status: 'unusable', code: 'other-certificate' }]
      : facts
  }

  const lookUp = (subject: CertificateAndIssuer): RevocationFact | undefined => {
    const key = keyOf(subject)
    const isTop = inProgress.size === 0
    if (known.has(key)) {
      return known.get(key)
    }
    lookups += 1
    if (lookups > maxLookups) {
      return { source: 'crl', status: 'unusable', code: 'signer-not-found', detail: 'limit' }
    }
    inProgress.add(key)
    const ofLists = checkCrls({
      ...subject,
      ...freshness,
      crls: [...crls, ...unreadCrls.slice(0, maxUnread)],
      signers: findSigners(subject),
    })
    const fact = strongest([...(ofLists === undefined ? [] : [ofLists]), ...askOcsp(subject)])
    inProgress.delete(key)
    // Deeper ones may rest on what was only assumed of those above them.
    if (isTop) {
      known.set(key, fact)
    }
    return fact
  }

  return { lookUp, findSigners }
}

const keyOf = ({ certificate, issuer }: CertificateAndIssuer): string =>
  `${certificate.sha256} ${issuer.sha256}`
