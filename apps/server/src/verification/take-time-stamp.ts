import { randomBytes } from 'node:crypto'
import {
  algorithmOid,
  buildTimeStampRequest,
  isPkiError,
  policyByName,
  timeStampTokenOf,
  type VerificationMaterial,
  verifyTimeStamp,
} from '@muhr/pki'
import type { AppContext } from '../app-context.ts'

/**
 * Takes an RFC 3161 time-stamp over some bytes (imprint SHA-256, so that openssl can check it too) and
 * checks it before it is believed: a token that does not fit is as good as none. Returns the token (DER)
 * with the path and revocation answers that it rests on, or undefined when no service answered usefully.
 */
export async function takeTimeStamp(
  app: AppContext,
  policy: string,
  data: Uint8Array,
): Promise<{ readonly token: Uint8Array; readonly material: VerificationMaterial } | undefined> {
  const nonce = BigInt(`0x${randomBytes(16).toString('hex')}`)
  const query = buildTimeStampRequest({ data, digestOid: algorithmOid.sha256, nonce })
  const hosts = app.trust.hostsFor(policy)
  const answer = await app.trust.timeStamp(hosts, query)
  if (answer === undefined) {
    return undefined
  }
  try {
    const token = timeStampTokenOf(answer)
    const { report, facts, material } = await verifyTimeStamp({
      token,
      data,
      trust: await app.trust.anchors(policy),
      policy: policyByName(policy),
      now: app.now(),
      sources: { ocsp: (request) => app.trust.ocsp(hosts, request) },
    })
    const isOurs = facts.readable && facts.tstInfo.nonce === nonce
    // Revocation may be unknown while its service is away; trust and imprint must hold now.
    if (!isOurs || report.indication === 'TOTAL-FAILED') {
      app.log.warn({ code: report.subIndication }, 'a time-stamp was refused')

      return undefined
    }

    return { token, material }
  } catch (error) {
    if (isPkiError(error)) {
      app.log.warn({ code: error.code }, 'a time-stamp answer cannot be used')

      return undefined
    }
    throw error
  }
}
