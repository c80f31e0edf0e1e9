import { createGost94, createStreebog256 } from '@muhr/gost'

/** Which hash a `gosthash` turned out to be. The variant is not documented (spec §6.3). */
export type GostHashVariant = '2012-256' | '2012-256-reversed' | '94' | '94-reversed'

/** The hashes of one file that a notification may carry, in lower-case hex. */
export type GostHashes = { readonly [Variant in GostHashVariant]: string }

/**
 * GOST R 34.11-2012 of 256 bits and GOST R 34.11-94 (CryptoPro S-box) of a file, in natural byte order and
 * in that of RFC 6986, which prints digests reversed. Compute them once, when the file is stored.
 */
export async function computeGostHashes(
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<GostHashes> {
  const streebog = createStreebog256()
  const gost94 = createGost94({ sbox: 'cryptopro' })
  for await (const piece of content instanceof Uint8Array ? [content] : content) {
    streebog.update(piece)
    gost94.update(piece)
  }
  const forward = streebog.digest()
  const older = gost94.digest()

  return {
    '2012-256': hex(forward),
    '2012-256-reversed': hex(forward.toReversed()),
    '94': hex(older),
    '94-reversed': hex(older.toReversed()),
  }
}

/**
 * The variant that a notified hash is, in any case; undefined when it is none. Then warn and go on: MD5
 * and your own poll decide.
 */
export function matchGostHash(
  said: string | undefined,
  hashes: GostHashes,
): GostHashVariant | undefined {
  const lower = said?.trim().toLowerCase()
  const variants = Object.keys(hashes) as GostHashVariant[]

  return variants.find((variant) => hashes[variant] === lower)
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex')
}
