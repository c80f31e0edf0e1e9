import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base64Length, encodeBase64Stream } from './encode-base64-stream.ts'

async function encodeAll(source: Uint8Array | AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of encodeBase64Stream(source)) pieces.push(piece)

  return Buffer.concat(pieces).toString('latin1')
}

/** Gives the chunks through one buffer, used again for each of them. */
async function* throughOneBuffer(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.max(0, ...chunks.map(({ length }) => length)))
  for (const chunk of chunks) {
    buffer.fill(0xff)
    buffer.set(chunk)
    yield buffer.subarray(0, chunk.length)
  }
}

describe('streamed base64', () => {
  test('is the base64 of the whole, however the bytes were cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 12 }),
        async (cuts) => {
          const whole = Buffer.concat(cuts)

          expect(await encodeAll(throughOneBuffer(cuts))).toBe(whole.toString('base64'))
          expect(await encodeAll(new Uint8Array(whole))).toBe(whole.toString('base64'))
          expect(base64Length(whole.length)).toBe(whole.toString('base64').length)
        },
      ),
    )
  })

  test('holds across its own pieces', async () => {
    const bytes = new Uint8Array(3 * 64 * 1024 * 2 + 1).map((_, index) => index * 7)

    expect(await encodeAll(bytes)).toBe(Buffer.from(bytes).toString('base64'))
  })
})
