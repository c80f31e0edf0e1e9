import { type OctetSource, piecesOf } from '@muhr/pki'

/** What every request to a signing service says, beside the digest or the content. */
export type RemoteHead = {
  readonly version: 1
  /** SHA-1 of the certificate, hex. */
  readonly thumbprint: string
  readonly format: 'CAdES-BES'
  readonly detached: true
  /** ISO 8601, UTC. */
  readonly signingTime: string
}

/** The digest that a service signs over: its OID, and the octets as the hash emits them, base64. */
export type RemoteDigest = { readonly algorithm: string; readonly value: string }

export function headOf(thumbprint: string, signingTime: Date): RemoteHead {
  return {
    version: 1,
    thumbprint,
    format: 'CAdES-BES',
    detached: true,
    signingTime: signingTime.toISOString(),
  }
}

/**
 * The same request with the content itself, base64, as a stream of JSON text: 100 MB never lie in memory.
 */
export async function* streamContentRequest(
  head: RemoteHead,
  content: OctetSource,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${JSON.stringify(head).slice(0, -1)},"content":"`)
  let rest: Uint8Array = new Uint8Array()
  for await (const piece of piecesOf(content)) {
    const octets = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    // Whole groups of three octets, so that the texts join without padding between.
    const whole = octets.length - (octets.length % 3)
    if (whole > 0) {
      yield Buffer.from(Buffer.from(octets.subarray(0, whole)).toString('base64'))
    }
    rest = octets.slice(whole)
  }
  yield Buffer.from(`${Buffer.from(rest).toString('base64')}"}`)
}

/** A body for `fetch` that asks for the next piece when the last one was sent. */
export function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await pieces.next()
      if (done === true) {
        controller.close()
      } else {
        controller.enqueue(value)
      }
    },
    cancel: async () => {
      await pieces.return(undefined)
    },
  })
}
