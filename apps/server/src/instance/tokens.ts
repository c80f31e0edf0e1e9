import { createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto'

/** 18 bytes: 144 bits, 24 characters of base64url, so that a QR code stays coarse. */
const tokenBytes = 18

/** The unguessable words that Muhr hands out in addresses. */
export type Tokens = {
  /** In `/cb/{provider}/{token}`: names one request. */
  readonly callback: (requestId: string) => string
  /** The second secret of a request, for services that are given a bearer token. */
  readonly bearer: (requestId: string) => string
  /** In `/cb/{provider}/c/{id}.{token}`: proves that the connection's own address was called. */
  readonly connection: (connectionId: string) => string
  /** In `/s/{token}`: names one signing. */
  readonly signer: (signingId: string) => string
}

/**
 * Derives tokens from the instance key: HMAC-SHA-256 over purpose and id, the first 18 bytes as
 * base64url. Nothing but a hash of them is stored, so a copy of the database opens no link.
 */
export function createTokens(instanceKey: Uint8Array): Tokens {
  // Prepared once: every link and every row of a signing or request takes one of these.
  const key = createSecretKey(instanceKey)
  const derive = (purpose: string) => (id: string) =>
    createHmac('sha256', key)
      .update(`${purpose}:${id}`)
      .digest()
      .subarray(0, tokenBytes)
      .toString('base64url')

  return {
    callback: derive('callback'),
    bearer: derive('bearer'),
    connection: derive('connection'),
    signer: derive('signer'),
  }
}

/** SHA-256 of a token (32 bytes): the form in which it is stored and looked up. */
export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

/** Compares two texts without telling by time where they differ. */
export function sameToken(left: string, right: string): boolean {
  return timingSafeEqual(hashToken(left), hashToken(right))
}
