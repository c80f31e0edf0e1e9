import type { StreamedBody } from './exchange.ts'

/**
 * A body that is made piece by piece while it is sent. One piece is made for each that is asked for:
 * nothing is read ahead of the network. It is whole once the piece with its last octet was asked for,
 * so give two pieces or more: some `fetch` takes the first before there is a connection.
 */
export function streamBody({
  pieces,
  lengthBytes,
  contentType,
}: {
  readonly pieces: AsyncGenerator<Uint8Array> | Generator<Uint8Array>
  readonly lengthBytes: number
  readonly contentType: string
}): StreamedBody {
  let givenBytes = 0
  let failure: { readonly error: unknown } | undefined

  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next()
          if (done) {
            controller.close()
          } else {
            givenBytes += value.length
            controller.enqueue(value)
          }
        } catch (error) {
          failure = { error }
          controller.error(error)
        }
      },
      async cancel() {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )

  return {
    stream,
    lengthBytes,
    contentType,
    isWhole: () => givenBytes >= lengthBytes,
    failure: () => failure,
  }
}
