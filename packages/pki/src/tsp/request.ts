import {
  booleanOf,
  der,
  expectEnd,
  expectSequence,
  integerOf,
  isTagged,
  isUniversal,
  oidOf,
  readDer,
  smallIntegerOf,
  universalTag,
} from '../asn1/index.ts'
import { PkiError } from '../error.ts'
import { digestByOid, digestOf } from '../keys/index.ts'
import { encodeMessageImprint, type MessageImprint, parseMessageImprint } from './tst-info.ts'

/** TimeStampReq (RFC 3161 §2.4.1). */
export type TimeStampRequest = {
  readonly messageImprint: MessageImprint
  /** The TSA policy asked for. */
  readonly policy: string | undefined
  readonly nonce: bigint | undefined
  /** Is the TSA certificate to be put into the token? */
  readonly certReq: boolean
  /** Requests with extensions are read, and refused by a TSA that knows none. */
  readonly hasExtensions: boolean
}

/**
 * Builds the DER of a TimeStampReq over some octets: a signature value, or a manifest. The request is
 * sent as `application/timestamp-query`.
 *
 * Throws `digest.unsupported`.
 */
export const buildTimeStampRequest = ({
  data,
  digestOid,
  policy,
  nonce,
}: {
  /** What is stamped; only its digest leaves. */
  readonly data: Uint8Array
  readonly digestOid: string
  readonly policy?: string
  /** Random and large; the answer must repeat it. */
  readonly nonce?: bigint
}): Uint8Array =>
  der.sequence(
    der.integer(1),
    encodeMessageImprint({ digestOid, hash: digestOf(digestOid, data) }),
    ...(policy === undefined ? [] : [der.oid(policy)]),
    ...(nonce === undefined ? [] : [der.integer(nonce)]),
    der.boolean(true),
  )

/**
 * Reads a TimeStampReq, as a TSA does. Throws `tsp.malformed` (version, or a hash of another length
 * than its algorithm makes), `digest.unsupported`, `key.bad-parameters`, `asn1.*`.
 */
export const parseTimeStampRequest = (bytes: Uint8Array): TimeStampRequest => {
  const [version, imprint, ...rest] = expectSequence(readDer(bytes))
  if (smallIntegerOf(version) !== 1) {
    throw new PkiError({ code: 'tsp.malformed', message: 'The version of a request is not 1.' })
  }
  const messageImprint = parseMessageImprint(imprint)
  if (digestByOid(messageImprint.algorithm.oid).byteLength !== messageImprint.hash.length) {
    throw new PkiError({
      code: 'tsp.malformed',
      message: 'The hash of a request is of another length than its algorithm makes.',
    })
  }
  const policy = isUniversal(rest[0], universalTag.oid) ? rest.shift() : undefined
  const nonce = isUniversal(rest[0], universalTag.integer) ? rest.shift() : undefined
  const certReq = isUniversal(rest[0], universalTag.boolean) ? rest.shift() : undefined
  const extensions = isTagged(rest[0], 'context', 0) ? rest.shift() : undefined
  expectEnd(rest, 0)
  return {
    messageImprint,
    policy: policy === undefined ? undefined : oidOf(policy),
    nonce: nonce === undefined ? undefined : integerOf(nonce),
    certReq: certReq !== undefined && booleanOf(certReq),
    hasExtensions: extensions !== undefined,
  }
}
