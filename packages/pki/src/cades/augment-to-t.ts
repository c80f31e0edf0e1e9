import {
  addUnsignedAttributes,
  cmsAttributeOid,
  parseSignedData,
  type UnsignedAttributeSpec,
} from '../cms/index.ts'
import { acceptTimeStampResponse, buildTimeStampRequest } from '../tsp/index.ts'

/** How a TSA is asked: the caller does the network. Gets a TimeStampReq, gives the TimeStampResp. */
export type TimeStampCall = (request: Uint8Array) => Promise<Uint8Array>

/**
 * Turns CMS or CAdES-B into CAdES-T (ETSI EN 319 122-1 §5.3): asks a TSA for a time-stamp over the
 * signature value of every signer, or of those named, and puts the tokens beside the signatures, which
 * stay octet for octet. The answer is held to the request; whether its TSA is to be believed,
 * `verifySignature` says. Written as DER.
 *
 * Throws `tsp.no-token`, `tsp.mismatch`, `tsp.malformed`, `digest.unsupported`, `cms.no-such-signer`,
 * as `parseSignedData`, and whatever the call throws.
 *
 * @example
 * const stamped = await augmentToT(container, {
 *   digestOid: '1.2.643.7.1.1.2.2',
 *   nonce: () => randomNumber(),
 *   timeStamp: async (request) => post(tsaUrl, 'application/timestamp-query', request),
 * })
 */
export const augmentToT = async (
  container: Uint8Array,
  {
    timeStamp,
    digestOid,
    policy,
    nonce,
    signers,
  }: {
    readonly timeStamp: TimeStampCall
    /** Digest of the imprint; by default the one of the signer. */
    readonly digestOid?: string
    /** TSA policy to ask for, dotted decimal. */
    readonly policy?: string
    /** A fresh random number for each request; without it none is sent. */
    readonly nonce?: () => bigint
    /** Which signatures, in the order of the container, from 0; all by default. */
    readonly signers?: readonly number[]
  },
): Promise<Uint8Array> => {
  const { signerInfos } = parseSignedData(container)
  const attributes: UnsignedAttributeSpec[] = []
  for (const [signer, { signature, digestAlgorithm }] of signerInfos.entries()) {
    if (signers !== undefined && !signers.includes(signer)) {
      continue
    }
    const request = buildTimeStampRequest({
      data: signature,
      digestOid: digestOid ?? digestAlgorithm.oid,
      ...(policy === undefined ? {} : { policy }),
      ...(nonce === undefined ? {} : { nonce: nonce() }),
    })
    attributes.push({
      signer,
      type: cmsAttributeOid.signatureTimeStamp,
      value: acceptTimeStampResponse(await timeStamp(request), { request }),
    })
  }
  return addUnsignedAttributes(container, attributes)
}
