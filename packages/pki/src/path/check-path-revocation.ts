import { isPkiError } from '../error.ts'
import { checkSigned } from '../keys/check-signed.ts'
import { signatureSchemes } from '../keys/schemes.ts'
import { certIdMatches } from '../revocation/cert-id.ts'
import { type CrlCheck, checkCrls } from '../revocation/check-crl.ts'
import { checkOcsp } from '../revocation/check-ocsp.ts'
import { includesName } from '../revocation/crl-scope.ts'
import { type OcspResponse, parseOcspResponse } from '../revocation/ocsp-response.ts'
import { type CertificateList, parseCrl } from '../revocation/parse-crl.ts'
import type { Freshness, RevocationFact } from '../revocation/types.ts'
import { matchNames } from '../x509/match-names.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import { findPath } from './find-path.ts'
import type { PathRequirements } from './types.ts'
import { withWorkingKeys } from './working-keys.ts'

/** What the revocation of a path is looked up in. */
export type PathRevocationInput = {
  /** Leaf first, anchor last: the chain of a valid path. */
  readonly chain: readonly Certificate[]
  /** Certificates among which signers of lists and answers are found; trusted by nobody. */
  readonly certificates?: readonly Certificate[]
  readonly crls?: readonly (Uint8Array | CertificateList)[]
  readonly ocsp?: readonly (Uint8Array | OcspResponse)[]
  /** What the paths of signers must satisfy; `at` is when lists and answers must be current. */
  readonly requirements: PathRequirements
} & Pick<Freshness, 'clockSkewMs' | 'maxAgeMs'>

/** What is known of the revocation of one certificate. */
export type CertificateRevocation = {
  readonly certificate: Certificate
  /** The word that counts: a revocation, else good, else why the best answer says nothing. */
  readonly fact: RevocationFact | undefined
}

const everyScheme = signatureSchemes.map(({ id }) => id)

/** Certificates whose revocation is looked up for one path, signers of lists included. */
const maxLookups = 100

type Subject = { readonly certificate: Certificate; readonly issuer: Certificate }

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

const pairsOf = (chain: readonly Certificate[]): readonly Subject[] => {
  const working = withWorkingKeys(chain)
  return working.flatMap((certificate, index) => {
    const issuer = working[index + 1]
    return issuer === undefined ? [] : [{ certificate, issuer }]
  })
}

/**
 * Looks up the revocation of every certificate of a path below its anchor (RFC 5280 §6.1.3 (a)(3), §6.3,
 * RFC 6960), leaf first. Lists may be signed by other keys of the issuer's name or, where a distribution
 * point names one, by another authority, when that certificate is valid under the same anchor and is
 * itself not revoked; only its own list may vouch for it (§6.3.3 (f)). A delegated responder without
 * ocsp-nocheck must not be revoked.
 *
 * Bounded: a hundred lookups for one path. Never throws for anything that data can hold.
 */
export const checkPathRevocation = (
  input: PathRevocationInput,
): readonly CertificateRevocation[] => {
  const { chain, certificates = [], requirements, clockSkewMs, maxAgeMs } = input
  const anchor = chain.at(-1)
  const { read: crls, unread: unreadCrls } = readAll(input.crls ?? [], parseCrl)
  const { read: answers, unread: unreadAnswers } = readAll(input.ocsp ?? [], parseOcspResponse)
  // Where weak signatures are warnings in a chain they are in lists and answers too.
  const allowedSchemes =
    requirements.weakAlgorithms === 'warning' ? everyScheme : requirements.allowedSchemes
  const anchors = anchor === undefined ? [] : [anchor]
  const pool = [...anchors, ...chain, ...certificates]
  const inProgress = new Set<string>()
  const known = new Map<string, RevocationFact | undefined>()
  let lookups = 0

  const freshness: Pick<CrlCheck, 'at' | 'clockSkewMs' | 'maxAgeMs' | 'allowedSchemes'> = {
    at: requirements.at,
    clockSkewMs,
    maxAgeMs,
    ...(allowedSchemes === undefined ? {} : { allowedSchemes }),
  }

  /** A path to the same anchor whose every certificate is good, or is being looked up right now. */
  const isTrusted = (candidate: Certificate): Certificate | undefined => {
    const { policies: _policies, ...rest } = requirements
    const path = findPath({ certificate: candidate, anchors, intermediates: pool }, rest)
    if (path.status !== 'valid') {
      return undefined
    }
    const isGood = pairsOf(path.chain).every(
      (subject) => inProgress.has(keyOf(subject)) || lookUp(subject)?.status === 'good',
    )
    return isGood ? withWorkingKeys(path.chain)[0] : undefined
  }

  /** Certificates beside the issuer that signed a list which may speak of this certificate. */
  const findSigners = ({ certificate, issuer }: Subject): readonly Certificate[] => {
    const { crlDistributionPoints } = certificate.extensions
    const relevant = crls.filter(
      (crl) =>
        matchNames(crl.issuer, certificate.issuer) ||
        crlDistributionPoints?.points.some((point) => includesName(point.crlIssuer, crl.issuer)),
    )
    const candidates = pool.filter(
      (candidate, index) =>
        candidate.sha256 !== issuer.sha256 &&
        pool.findIndex(({ sha256 }) => sha256 === candidate.sha256) === index &&
        relevant.some(
          (crl) =>
            matchNames(crl.issuer, candidate.subject) &&
            checkSigned(crl, candidate.spki).status === 'valid',
        ),
    )
    return candidates.flatMap((candidate) => isTrusted(candidate) ?? [])
  }

  const checkAnswer = (subject: Subject, response: Uint8Array | OcspResponse): RevocationFact => {
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
  const askOcsp = (subject: Subject): readonly RevocationFact[] => {
    const relevant = answers.filter(
      ({ basic }) =>
        basic === null || basic.responses.some(({ certId }) => certIdMatches(certId, subject)),
    )
    const facts = [...relevant, ...unreadAnswers].map((each) => checkAnswer(subject, each))
    return facts.length === 0 && answers.length > 0
      ? [{ source: 'ocsp', status: 'unusable', code: 'other-certificate' }]
      : facts
  }

  const lookUp = (subject: Subject): RevocationFact | undefined => {
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
      crls: [...crls, ...unreadCrls],
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

  return pairsOf(chain).map((subject, index) => ({
    certificate: chain[index] ?? subject.certificate,
    fact: lookUp(subject),
  }))
}

const keyOf = ({ certificate, issuer }: Subject): string => `${certificate.sha256} ${issuer.sha256}`
