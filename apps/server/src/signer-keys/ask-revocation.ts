import { randomBytes } from 'node:crypto'
import {
  buildOcspRequest,
  type Certificate,
  checkOcsp,
  checkSigned,
  matchNames,
  parseCertificate,
} from '@muhr/pki'
import type { RevocationAnswer } from '@muhr/signer-key'
import type { AppContext } from '../app-context.ts'

type Asking = Pick<AppContext, 'config' | 'trust' | 'now'>

/** How old an answer without an end of its own may be, and how far its clock may be from ours, ms. */
const freshMs = 10 * 60_000
const clockSkewMs = 5 * 60_000

/**
 * What the configured OCSP service says of a signer's certificate, when its issuer is among the anchors.
 * Everything else is `unknown`: who receives the seal asks by himself, so that is no reason not to sign.
 */
export async function askRevocation(
  { config, trust, now }: Asking,
  certificate: Uint8Array,
): Promise<RevocationAnswer> {
  const policy = config.mode === 'sandbox' ? 'sandbox' : 'ru-63fz'
  const hosts = trust.hostsFor(policy)
  const own = parseCertificate(certificate)
  const { anchors } = await trust.anchors(policy)
  const issuer = findIssuer(
    own,
    anchors.map((anchor) => anchor.certificate),
  )
  if (issuer === undefined || hosts.ocspUrl === undefined) {
    return { status: 'unknown' }
  }
  const nonce = new Uint8Array(randomBytes(16))
  const subject = { certificate: own, issuer }
  const response = await trust.ocsp(hosts, buildOcspRequest({ ...subject, nonce }))
  if (response === undefined) {
    return { status: 'unknown' }
  }
  const times = { at: now(), maxAgeMs: freshMs, clockSkewMs }
  const fact = checkOcsp({ ...subject, ...times, response, nonce, responders: [] })
  switch (fact.status) {
    case 'good':
      return { status: 'good' }
    case 'revoked':
      return { status: 'revoked', revokedAt: fact.revokedAt }
    default:
      return { status: 'unknown' }
  }
}

function findIssuer(
  certificate: Certificate,
  candidates: readonly Certificate[],
): Certificate | undefined {
  return candidates.find(
    (candidate) =>
      matchNames(candidate.subject, certificate.issuer) &&
      checkSigned(certificate, candidate.spki).status === 'valid',
  )
}

/** Asks once for all who ask within some minutes; what is revoked stays revoked. */
export function rememberRevocation(
  app: Asking,
  keepMs = freshMs,
): (certificate: Uint8Array, sha256: string) => Promise<RevocationAnswer> {
  const answers = new Map<string, { readonly at: number; readonly answer: RevocationAnswer }>()

  return async (certificate, sha256) => {
    const at = app.now().getTime()
    const known = answers.get(sha256)
    if (known !== undefined && at - known.at < keepMs) {
      return known.answer
    }
    const answer = await askRevocation(app, certificate)
    // Silence is asked about again the next time.
    if (answer.status !== 'unknown') {
      answers.set(sha256, { at, answer })
    }

    return answer
  }
}
