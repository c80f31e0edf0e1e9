import { PkiError } from '../error.ts'
import { rsaSpkiOf } from './rsa-spki.ts'
import { schemeById } from './schemes.ts'
import type { RsaSigningScheme, Signer } from './signing-key.ts'

const hashNames: Readonly<Record<RsaSigningScheme, string>> = {
  'rsa-sha256': 'SHA-256',
  'rsa-sha384': 'SHA-384',
  'rsa-sha512': 'SHA-512',
}

/** The Web Crypto API wants buffers of its own kind. */
const bufferOf = (octets: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(octets)

/**
 * A signer with an RSA key of 2048 bits or more through the Web Crypto API, in Node and in browsers: the
 * arithmetic with the secret is the platform's.
 *
 * Throws `key.malformed`, `key.too-short`, and `key.needs-node` where the Web Crypto API is missing (a
 * page that was not loaded over https).
 */
export const createRsaSigner = async (
  pkcs8: Uint8Array,
  { scheme = 'rsa-sha256' }: { readonly scheme?: RsaSigningScheme } = {},
): Promise<Signer> => {
  const spki = rsaSpkiOf(pkcs8)
  if (spki.key.type === 'rsa' && spki.key.bits < 2048) {
    throw new PkiError({
      code: 'key.too-short',
      message: 'An RSA key that signs must have 2048 bits or more.',
      data: { bits: spki.key.bits },
    })
  }
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined
  if (subtle === undefined) {
    throw new PkiError({
      code: 'key.needs-node',
      message: 'This page has no Web Crypto API, so RSA keys cannot sign here.',
    })
  }
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: hashNames[scheme] }
  const key = await subtle
    .importKey('pkcs8', bufferOf(pkcs8), algorithm, false, ['sign'])
    .catch((cause: unknown) => {
      throw new PkiError({
        code: 'key.malformed',
        message: 'The RSA private key cannot be used.',
        cause,
      })
    })
  return {
    scheme: schemeById(scheme),
    spki,
    sign: async (data) => new Uint8Array(await subtle.sign(algorithm.name, key, bufferOf(data))),
  }
}
