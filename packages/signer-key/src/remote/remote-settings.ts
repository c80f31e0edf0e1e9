import { SignerKeyError } from '../error.ts'

/** A signing service of the organisation's own (README: the contract). */
export type RemoteSettings = {
  /** Address that is posted to. https, or http on this machine. */
  readonly url: string
  /** SHA-1 of the certificate, hex: the service signs with this one or refuses. */
  readonly thumbprint: string
  /** Sent as `Authorization: Bearer`. */
  readonly secret: string
  /** What the service is given: the digest (default), or the whole content. */
  readonly sends?: 'digest' | 'content' | undefined
  readonly timeoutMs?: number | undefined
}

export const defaultServiceTimeoutMs = 60_000

/**
 * The address as a URL. Throws `signer-key.service-address` for one without https that is not of this
 * machine, or with a name and password in it.
 */
export function readServiceAddress(address: string): URL {
  const url = URL.parse(address)
  const isOwn =
    url !== null &&
    (url.hostname === 'localhost' || /^(127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname))
  if (
    url === null ||
    url.username !== '' ||
    url.password !== '' ||
    !(url.protocol === 'https:' || (url.protocol === 'http:' && isOwn))
  ) {
    throw new SignerKeyError({
      code: 'signer-key.service-address',
      message: 'The address of the signing service cannot be used.',
    })
  }

  return url
}
