import { createRevocationLookup } from '../path/index.ts'
import { randomOctets } from '../platform/random-octets.ts'
import {
  type RevocationFact as Answer,
  buildOcspRequest,
  type CertificateList,
  certIdMatches,
  checkCrls,
  checkOcsp,
  crlIssuersOf,
  includesName,
  type OcspResponse,
} from '../revocation/index.ts'
import { type Certificate, matchNames } from '../x509/index.ts'
import type { VerificationContext } from './context.ts'
import { readableCrls } from './parse-material.ts'
import type { RevocationFact, RevocationSubject } from './types.ts'

/** An answer, and the octets to keep when it is used. */
type Evidence = { readonly answer: Answer; readonly keep: () => void }

type Question = {
  /** The reference time. */
  readonly at: Date
  /** Where the path ends: other signers of lists must lead there too (RFC 5280 §6.3.3 (f)). */
  readonly anchor?: Certificate
  readonly context: VerificationContext
}

/**
 * When this package reads an answer that was stored, freshness is not a matter of now: the answer is
 * checked as of its own production, and {@link assess} asks what it says of the reference time.
 */
const readStoredOcsp = (
  response: OcspResponse,
  { subject, context }: { subject: RevocationSubject; context: VerificationContext },
): Evidence | undefined => {
  const { basic, bytes } = response
  if (basic === null || !basic.responses.some(({ certId }) => certIdMatches(certId, subject))) {
    return undefined
  }
  const { producedAt: at } = basic
  const answer = checkOcsp({ ...subject, response, at, responders: context.certificates })
  return { answer, keep: () => context.material.addOcsp(bytes) }
}

/** Lists as of the reference time, and as of each later list: either speaks of the reference time. */
const readAllCrls = (
  lists: readonly CertificateList[],
  { subject, at, anchor, context }: Question & { readonly subject: RevocationSubject },
): readonly Evidence[] => {
  if (lists.length === 0) {
    return []
  }
  const others = crlIssuersOf(subject.certificate)
  const crls = lists.filter(
    ({ issuer }) => matchNames(issuer, subject.certificate.issuer) || includesName(others, issuer),
  )
  const later = crls.map(({ thisUpdate }) => thisUpdate).filter((thisUpdate) => thisUpdate > at)
  const keep = (): void => {
    for (const { bytes } of crls) {
      context.material.addCrl(bytes)
    }
  }
  const { clockSkewMs, certificates } = context
  return [at, ...later].flatMap((time) => {
    const signers =
      anchor === undefined
        ? []
        : createRevocationLookup({
            anchor,
            certificates,
            crls: lists,
            requirements: { at: time },
            clockSkewMs,
          }).findSigners(subject)
    const answer = checkCrls({ ...subject, crls, signers, at: time, clockSkewMs })
    return answer === undefined ? [] : [{ answer, keep }]
  })
}

/** Does an answer with these times speak of the reference time? The code of why not. */
const coverage = (
  answer: Exclude<Answer, { status: 'unusable' }>,
  {
    certificate,
    at,
    context,
  }: Question & { readonly certificate: RevocationSubject['certificate'] },
): 'not-yet-valid' | 'stale' | 'after-expiry' | undefined => {
  const { thisUpdate, nextUpdate, source } = answer
  if (thisUpdate === undefined) {
    return 'stale'
  }
  const { clockSkewMs, ocspFreshnessMs, now } = context
  const updated = thisUpdate.getTime()
  if (updated > now.getTime() + clockSkewMs) {
    return 'not-yet-valid'
  }
  // Authorities forget certificates once they have expired (RFC 5280 §3.3, RFC 6960 §4.4.4).
  if (answer.status === 'good' && thisUpdate > certificate.notAfter) {
    return 'after-expiry'
  }
  const isCurrent =
    source === 'ocsp' && nextUpdate === undefined
      ? updated >= at.getTime() - ocspFreshnessMs - clockSkewMs
      : updated >= at.getTime() ||
        (nextUpdate !== undefined && nextUpdate.getTime() >= at.getTime() - clockSkewMs)
  return isCurrent ? undefined : 'stale'
}

type Assessed = {
  readonly status: Exclude<RevocationFact['status'], 'unavailable'>
  readonly answer: Exclude<Answer, { status: 'unusable' }>
  readonly keep: () => void
}

/**
 * What one answer says of the reference time. A revocation at or before it is final however old the
 * answer; one after it means that the certificate was good then (kz-egov-mobile.md §16, 7).
 */
const assess = (
  { answer, keep }: Evidence,
  question: Question & { readonly subject: RevocationSubject },
): Assessed | { readonly problem: string } => {
  if (answer.status === 'unusable') {
    return { problem: answer.code }
  }
  const { at, context, subject } = question
  if (answer.status === 'revoked' && answer.revokedAt <= at) {
    const isHold = answer.reason === 'certificateHold'
    const problem = isHold
      ? coverage(answer, { at, context, certificate: subject.certificate })
      : undefined
    return problem === undefined
      ? { status: isHold ? 'on-hold' : 'revoked', answer, keep }
      : { problem }
  }
  const problem = coverage(answer, { at, context, certificate: subject.certificate })
  if (problem !== undefined) {
    return { problem }
  }
  return { status: answer.status === 'revoked' ? 'good' : answer.status, answer, keep }
}

const updateTime = ({ answer }: Assessed): number => answer.thisUpdate?.getTime() ?? 0

/** A final revocation wins, else the latest word. */
const choose = (assessed: readonly Assessed[]): Assessed | undefined =>
  assessed.find(({ status }) => status === 'revoked') ??
  assessed.toSorted((left, right) => updateTime(right) - updateTime(left))[0]

const isAssessed = (found: Assessed | { readonly problem: string }): found is Assessed =>
  'status' in found

/** Asks the OCSP source, with a nonce, and checks the answer as one that has just come. */
const askOcsp = async (
  subject: RevocationSubject,
  context: VerificationContext,
): Promise<Evidence | { readonly problem: string } | undefined> => {
  const { ocsp } = context.sources
  if (ocsp === undefined) {
    return undefined
  }
  const nonce = randomOctets(16)
  const response = await ocsp(buildOcspRequest({ ...subject, nonce }), subject).catch(
    () => undefined,
  )
  if (response === undefined) {
    return { problem: 'ocsp-source-down' }
  }
  const answer = checkOcsp({
    ...subject,
    response,
    nonce,
    at: context.now,
    maxAgeMs: context.ocspFreshnessMs,
    clockSkewMs: context.clockSkewMs,
    responders: context.certificates,
  })
  return { answer, keep: () => context.material.addOcsp(response) }
}

const askCrl = async (
  subject: RevocationSubject,
  question: Question,
): Promise<readonly (Evidence | { readonly problem: string })[]> => {
  const { crl } = question.context.sources
  if (crl === undefined) {
    return []
  }
  const lists = await crl(subject).catch(() => undefined)
  return lists === undefined
    ? [{ problem: 'crl-source-down' }]
    : readAllCrls(readableCrls(lists), { ...question, subject })
}

/** No answer is at hand, and nobody is there to give one. */
const hasNothingToAsk = ({ ocsp, crls, sources }: VerificationContext): boolean =>
  ocsp.length === 0 && crls.length === 0 && sources.ocsp === undefined && sources.crl === undefined

/**
 * What is known of the revocation of a certificate at the reference time: from what is stored or came
 * with the container; if that does not settle it, by asking OCSP, and if that does not, CRLs
 * (kz-egov-mobile.md §16). The data that settles it is kept as material. Never throws for an answer.
 */
export const gatherRevocation = async (
  subject: RevocationSubject,
  question: Question,
): Promise<RevocationFact> => {
  const { context } = question
  if (hasNothingToAsk(context)) {
    return { certificate: subject.certificate, status: 'unavailable', source: 'none', problems: [] }
  }
  const problems: string[] = []
  const settled: Assessed[] = []
  const take = (evidence: readonly (Evidence | { readonly problem: string })[]): void => {
    for (const each of evidence) {
      const found = 'problem' in each ? each : assess(each, { ...question, subject })
      if (isAssessed(found)) {
        settled.push(found)
      } else {
        problems.push(found.problem)
      }
    }
  }
  const isSettled = (): boolean =>
    settled.some(({ status }) => status === 'good' || status === 'revoked')

  take(context.ocsp.flatMap((response) => readStoredOcsp(response, { subject, context }) ?? []))
  take(readAllCrls(context.crls, { ...question, subject }))
  if (!isSettled()) {
    const answer = await askOcsp(subject, context)
    take(answer === undefined ? [] : [answer])
  }
  if (!isSettled()) {
    take(await askCrl(subject, question))
  }

  const chosen = choose(settled)
  const { certificate } = subject
  if (chosen === undefined) {
    return { certificate, status: 'unavailable', source: 'none', problems }
  }
  chosen.keep()
  const { answer, status } = chosen
  return {
    certificate,
    status,
    source: answer.source,
    problems,
    ...(answer.thisUpdate === undefined ? {} : { thisUpdate: answer.thisUpdate }),
    ...(answer.status === 'revoked' ? { revokedAt: answer.revokedAt, reason: answer.reason } : {}),
  }
}
