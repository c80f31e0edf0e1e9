import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { digestContent } from '../cms/digest-content.ts'
import { collectOctets } from './octet-source.ts'

const streebog256 = '1.2.643.7.1.1.2.2'

/** A stream of Node.js is an async iterable that has a `read` of its own. */
function nodeStream(...pieces: readonly string[]): Readable {
  return Readable.from(
    (function* () {
      for (const piece of pieces) {
        yield Buffer.from(piece)
      }
    })(),
    { objectMode: false },
  )
}

describe('a stream that can give fleeting pieces', () => {
  const text = 'Договор, часть вторая'
  /** Fills one array again and again. */
  const stream = {
    async *[Symbol.asyncIterator]() {
      yield new TextEncoder().encode(text)
    },
    async *fleeting() {
      const array = new Uint8Array(1)
      for (const octet of new TextEncoder().encode(text)) {
        array[0] = octet
        yield array
      }
    },
  }

  it('is digested by them, and collected by pieces that stay', async () => {
    const bytes = new TextEncoder().encode(text)
    const expected = (await digestContent(bytes, [streebog256])).digest(streebog256)

    expect((await digestContent(stream, [streebog256])).digest(streebog256)).toEqual(expected)
    expect(await collectOctets(stream, { maxBytes: 100 })).toEqual(bytes)
  })
})

describe('a stream of Node.js as a source of octets', () => {
  it('gives all its octets, and is never taken for an empty file', async () => {
    const octets = await collectOctets(nodeStream('Дого', 'вор'), { maxBytes: 100 })

    expect(Buffer.from(octets).toString()).toBe('Договор')
  })

  it('has the digest of its octets', async () => {
    const bytes = new TextEncoder().encode('Договор')
    const expected = (await digestContent(bytes, [streebog256])).digest(streebog256)

    expect(
      (await digestContent(nodeStream('Дого', 'вор'), [streebog256])).digest(streebog256),
    ).toEqual(expected)
    expect((await digestContent(nodeStream(), [streebog256])).digest(streebog256)).not.toEqual(
      expected,
    )
  })
})
