import { Readable } from 'node:stream'

/**
 * Reads the body of a callback whole. `too-large` is said as soon as it is known, by its announced or by
 * its real length, and leaves the socket open so that the sender can be told; `broken` means that the
 * sender went away.
 */
export async function readCallbackBody(
  body: unknown,
  options: { readonly limit: number; readonly announced: number },
): Promise<Uint8Array | 'too-large' | 'broken'> {
  if (!(body instanceof Readable)) {
    return new Uint8Array()
  }
  if (options.announced > options.limit) {
    return 'too-large'
  }
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      size += (chunk as Buffer).length
      if (size > options.limit) {
        return 'too-large'
      }
      chunks.push(chunk as Buffer)
    }
  } catch (error) {
    if (body.destroyed) {
      return 'broken'
    }
    throw error
  }

  return Buffer.concat(chunks)
}
