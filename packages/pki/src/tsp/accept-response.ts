import { equalOctets } from '../asn1/index.ts'
import { contentTypeOid } from '../cms/oids.ts'
import { parseSignedData } from '../cms/parse-signed-data.ts'
import { PkiError } from '../error.ts'
import { parseTimeStampRequest } from './request.ts'
import { timeStampTokenOf } from './response.ts'
import { parseTstInfo } from './tst-info.ts'

/** What an answer may get wrong. */
type Mismatch = 'content-type' | 'signer' | 'imprint' | 'policy' | 'nonce' | 'certificate'

const refuse = (mismatch: Mismatch): never => {
  throw new PkiError({
    code: 'tsp.mismatch',
    message: 'The answer of the TSA is not one to the request.',
    data: { mismatch },
  })
}

/**
 * The token of a TimeStampResp, if it answers the request (RFC 3161 §2.2, §2.4.2): granted, one signer
 * over a TSTInfo, the very imprint, the policy that was asked for, the nonce repeated, the certificate
 * inside when it was asked for. Whether the TSA is to be believed is another question: `verifyTimeStamp`.
 *
 * Throws `tsp.no-token` (with status and failures as data), `tsp.mismatch` (with what differs),
 * `tsp.malformed`, `cms.*`, `asn1.*`.
 */
export const acceptTimeStampResponse = (
  response: Uint8Array,
  { request }: { readonly request: Uint8Array },
): Uint8Array => {
  const token = timeStampTokenOf(response)
  const asked = parseTimeStampRequest(request)
  const { contentType, content, signerInfos, certificates } = parseSignedData(token)
  if (contentType !== contentTypeOid.tstInfo || content === undefined) {
    return refuse('content-type')
  }
  if (signerInfos.length !== 1) {
    refuse('signer')
  }
  const { messageImprint, policy, nonce } = parseTstInfo(content)
  const isSameImprint =
    messageImprint.algorithm.oid === asked.messageImprint.algorithm.oid &&
    equalOctets(messageImprint.hash, asked.messageImprint.hash)
  if (!isSameImprint) {
    refuse('imprint')
  }
  if (asked.policy !== undefined && asked.policy !== policy) {
    refuse('policy')
  }
  if (asked.nonce !== nonce) {
    refuse('nonce')
  }
  if (asked.certReq && certificates.length === 0) {
    refuse('certificate')
  }
  return token
}
