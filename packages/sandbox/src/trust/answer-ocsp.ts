import {
  buildOcspFailure,
  buildOcspResponse,
  type CertId,
  type CertStatus,
  certIdOf,
  equalOctets,
  isPkiError,
  type OcspRequest,
  parseOcspRequest,
} from '@muhr/pki'
import type { TrustFaults } from '../faults.ts'
import type { Entity } from '../pki/issue-certificate.ts'
import { type AuthorityId, authorities, services } from '../pki/profile.ts'
import type { TestPki } from '../pki/test-pki.ts'

const STALE_MS = 2 * 3_600_000

export type AnswerOcspOptions = {
  readonly pki: TestPki
  readonly now: Date
  readonly fault: TrustFaults['ocsp']
}

/**
 * Answers an RFC 6960 request (DER) as the NCA does (kz-egov-mobile §15): CertID by SHA-1 or SHA-256, nonce
 * echoed, signed by a delegated responder of the CA that issued the certificate, without nextUpdate. Serial
 * numbers that the CA never issued are `unknown`; other issuers get `unauthorized`.
 */
export async function answerOcsp(
  bytes: Uint8Array,
  options: AnswerOcspOptions,
): Promise<{ readonly response: Uint8Array; readonly note: string }> {
  const { pki, fault } = options
  if (fault === 'try-later') return failure('tryLater')
  const request = parse(bytes)
  if (request === undefined) return failure('malformedRequest')
  const issuers = new Set(await Promise.all(request.certIds.map((id) => issuerOf(pki, id))))
  const [issuer] = issuers
  const service = services.find((each) => each.kind === 'ocsp' && each.issuer === issuer)
  if (issuers.size !== 1 || issuer === undefined || service === undefined) {
    return failure('unauthorized')
  }
  const responder = await pki.entity(service.id)
  const age = fault === 'stale' ? STALE_MS : 0
  const at = new Date(Math.floor((options.now.getTime() - age) / 1000) * 1000)
  const responses = request.certIds.map((certId) => ({
    certId,
    certStatus: statusOf(certId, issuer, { ...options, now: at }),
    thisUpdate: at,
  }))
  const nonce = echo(request.nonce, fault)
  const response = await buildOcspResponse(
    {
      responses,
      producedAt: at,
      responder: responder.certificate,
      ...(nonce === undefined ? {} : { nonce }),
    },
    responder.key,
  )

  return { response, note: responses.map(({ certStatus }) => certStatus.status).join(' ') }
}

function parse(bytes: Uint8Array): OcspRequest | undefined {
  try {
    return parseOcspRequest(bytes)
  } catch (cause) {
    if (isPkiError(cause)) return undefined
    throw cause
  }
}

async function issuerOf(pki: TestPki, id: CertId): Promise<AuthorityId | undefined> {
  for (const authority of authorities.filter(({ isTrusted }) => isTrusted)) {
    if (matches(id, await pki.entity(authority.id))) return authority.id
  }

  return undefined
}

function matches(id: CertId, { certificate }: Entity): boolean {
  try {
    const own = certIdOf({ certificate, issuer: certificate }, id.hashOid)

    return (
      equalOctets(own.issuerNameHash, id.issuerNameHash) &&
      equalOctets(own.issuerKeyHash, id.issuerKeyHash)
    )
  } catch (cause) {
    if (isPkiError(cause)) return false
    throw cause
  }
}

function statusOf(
  { serialNumber }: CertId,
  issuer: AuthorityId,
  { pki, now, fault }: AnswerOcspOptions,
): CertStatus {
  if (fault === 'unknown' || pki.find(issuer, serialNumber) === undefined) {
    return { status: 'unknown' }
  }
  const revoked = pki
    .revokedBy(issuer)
    .find(({ record, revocation }) => record.serialNumber === serialNumber && revocation.at <= now)
  if (revoked === undefined) return { status: 'good' }
  const { at, reason } = revoked.revocation

  return { status: 'revoked', revokedAt: at, reason }
}

function echo(nonce: Uint8Array | null, fault: TrustFaults['ocsp']): Uint8Array | undefined {
  if (nonce === null || fault === 'no-nonce') return undefined
  if (fault !== 'wrong-nonce') return nonce
  const other = Uint8Array.from(nonce)
  other[0] = (other[0] ?? 0) ^ 0xff

  return other
}

function failure(status: Parameters<typeof buildOcspFailure>[0]): {
  response: Uint8Array
  note: string
} {
  return { response: buildOcspFailure(status), note: status }
}
