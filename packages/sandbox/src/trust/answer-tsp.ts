import {
  algorithmOid,
  buildTimeStampResponse,
  buildTimeStampToken,
  isPkiError,
  parseTimeStampRequest,
  type TimeStampFailure,
  type TimeStampRequest,
} from '@muhr/pki'
import type { TrustFaults } from '../faults.ts'
import type { ServiceId } from '../pki/profile.ts'
import type { TestPki } from '../pki/test-pki.ts'

/** Which TSA stamps which digest, under which policy (kz-egov-mobile §13, §15). */
const TSA_BY_DIGEST: Readonly<Record<string, { service: ServiceId; policy: string }>> = {
  [algorithmOid.kzStreebog512]: { service: 'tsa-gost', policy: '1.2.398.3.3.2.6.4' },
  [algorithmOid.sha256]: { service: 'tsa-rsa', policy: '1.2.398.3.3.2.6.2' },
}

/**
 * Answers an RFC 3161 request (DER) with a response (DER): a token of the TSA that goes with the digest, or a
 * rejection with its failure bit. Tokens look as the NCA's do (§13): second precision, no accuracy, ESS v1.
 */
export async function answerTsp(
  request: Uint8Array,
  options: {
    readonly pki: TestPki
    readonly now: Date
    readonly fault: TrustFaults['tsa']
    readonly random: (length: number) => Uint8Array
  },
): Promise<{ readonly response: Uint8Array; readonly note: string }> {
  const { pki, now, fault, random } = options
  const parsed = parse(request)
  if ('failure' in parsed) return refuse(parsed.failure)
  if (fault === 'rejected') return refuse('system-failure')
  const tsa = TSA_BY_DIGEST[parsed.messageImprint.algorithm.oid]
  if (tsa === undefined) return refuse('bad-algorithm')
  if (parsed.hasExtensions) return refuse('unaccepted-extension')
  // RFC 3161 §2.4.1: without certReq the token may not hold the certificate; our tokens always do.
  if (!parsed.certReq) return refuse('bad-request')
  if (parsed.policy !== undefined && parsed.policy !== tsa.policy) {
    return refuse('unaccepted-policy')
  }
  const { key, certificate } = await pki.entity(tsa.service)
  const hash = Uint8Array.from(parsed.messageImprint.hash)
  if (fault === 'wrong-imprint') hash[0] = (hash[0] ?? 0) ^ 0x01
  const token = await buildTimeStampToken(
    { key, certificate, policy: tsa.policy, signingCertificate: 'v1' },
    {
      messageImprint: { digestOid: parsed.messageImprint.algorithm.oid, hash },
      serialNumber: BigInt(`0x${Buffer.from(random(16)).toString('hex')}`),
      genTime: now,
      nonce: parsed.nonce,
    },
  )

  return { response: buildTimeStampResponse({ token }), note: `granted ${tsa.policy}` }
}

function parse(request: Uint8Array): TimeStampRequest | { readonly failure: TimeStampFailure } {
  try {
    return parseTimeStampRequest(request)
  } catch (cause) {
    if (!isPkiError(cause)) throw cause

    return { failure: cause.code === 'digest.unsupported' ? 'bad-algorithm' : 'bad-data-format' }
  }
}

function refuse(failure: TimeStampFailure): { response: Uint8Array; note: string } {
  return { response: buildTimeStampResponse({ failure }), note: `rejected ${failure}` }
}
