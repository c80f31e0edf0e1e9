import { buildCrl, keyIdentifierOf } from '@muhr/pki'
import type { TrustFaults } from '../faults.ts'
import type { AuthorityId } from '../pki/profile.ts'
import type { TestPki } from '../pki/test-pki.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** Room for the numbers of all delta lists between two base lists. */
const NUMBERS_A_DAY = 100_000n

/**
 * Issues a CRL (RFC 5280 §5): the base of the current UTC day, or the delta to it, made now and good for an
 * hour. Numbers follow from the time, so that nothing need be remembered: two lists of one second are equal
 * in what they say.
 */
export async function issueCrl(options: {
  readonly pki: TestPki
  readonly issuer: AuthorityId
  readonly isDelta: boolean
  readonly now: Date
  readonly fault: TrustFaults['crl']
}): Promise<Uint8Array> {
  const { pki, issuer, isDelta } = options
  const age = options.fault === 'stale' ? 3 * DAY_MS : 0
  const now = Math.floor((options.now.getTime() - age) / 1000) * 1000
  const day = Math.floor(now / DAY_MS)
  const baseTime = day * DAY_MS
  const baseNumber = BigInt(day) * NUMBERS_A_DAY
  const { key, certificate } = await pki.entity(issuer)
  const entries = pki
    .revokedBy(issuer)
    .filter(({ revocation }) => {
      const at = revocation.at.getTime()

      return isDelta ? at > baseTime && at <= now : at <= baseTime
    })
    .map(({ record, revocation }) => ({
      serialNumber: record.serialNumber,
      revokedAt: revocation.at,
      reason: revocation.reason,
    }))

  return buildCrl(
    {
      issuer: certificate.subject.bytes,
      thisUpdate: new Date(isDelta ? now : baseTime),
      nextUpdate: new Date(isDelta ? now + HOUR_MS : baseTime + DAY_MS),
      crlNumber: isDelta ? baseNumber + BigInt((now - baseTime) / 1000) + 1n : baseNumber,
      ...(isDelta ? { deltaBase: baseNumber } : {}),
      authorityKeyIdentifier: keyIdentifierOf(key.spki),
      entries,
    },
    key,
  )
}
