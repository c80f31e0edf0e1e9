import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNormaliser } from './lenient-socket.ts'

const joined = (pieces: readonly Buffer[]): string => {
  const normalise = createNormaliser()

  return Buffer.concat(pieces.flatMap((piece) => normalise(piece))).toString('latin1')
}

describe('the front of a lenient listener', () => {
  const first = 'POST /a HTTP/1.1\r\nContent-type : x\r\nContent-Length \t: 9\r\n\r\nb : c\r\n\r\n'
  const second = 'GET /b HTTP/1.1\r\nA: b : c\r\n\r\n'
  const wanted = first.replace('type :', 'type:').replace('Length \t:', 'Length:') + second

  it('takes the blank before a colon away in heads alone, however the octets come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
        const octets = Buffer.from(first + second, 'latin1')
        const pieces: Buffer[] = []
        for (let at = 0, i = 0; at < octets.length; i++) {
          const size = sizes[i % sizes.length] ?? 1
          pieces.push(octets.subarray(at, at + size))
          at += size
        }
        expect(joined(pieces)).toBe(wanted)
      }),
    )
  })

  it('touches nothing after a chunked body has begun, nor in a head without end', () => {
    const chunked =
      'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nA\r\n0\r\n\r\nGET /x : y'
    expect(joined([Buffer.from(chunked)])).toBe(chunked)
    const endless = `GET / HTTP/1.1\r\nA : ${'b'.repeat(70_000)}`
    expect(joined([Buffer.from(endless)])).toBe(endless)
  })

  it('leaves continued lines and blanks inside of values alone', () => {
    const text = 'GET / HTTP/1.1\r\nA: b\r\n c : d\r\n\r\n'
    expect(joined([Buffer.from(text)])).toBe(text)
  })
})
