import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../test-support/code-of.ts'
import { decodeContainer, readPem, writePem } from './pem.ts'
import { der } from './write.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const object = der.sequence(der.integer(5), der.octets(new Uint8Array(200).fill(0xa5)))
const base64 = Buffer.from(object).toString('base64')

describe('decodeContainer', () => {
  it.each([
    ['DER', object],
    ['PEM', encode(writePem('CMS', object))],
    [
      'PEM of Windows with text before it',
      encode(`Bag\r\n${writePem('CMS', object).replaceAll('\n', '\r\n')}`),
    ],
    ['PEM after a byte order mark', encode(`\ufeff${writePem('CMS', object)}`)],
    ['base64 in one line', encode(base64)],
    ['base64 in lines', encode(`${base64.replace(/(.{76})/g, '$1\r\n')}\r\n`)],
    ['base64 without padding', encode(base64.replace(/=+$/, ''))],
    ['base64url', encode(Buffer.from(object).toString('base64url'))],
    ['the value of a query', encode(encodeURIComponent(base64))],
    ['a data: URL', encode(`data:application/pkcs7-signature;base64,${base64}`)],
  ])('finds the octets in %s', (_name, container) => {
    expect(Buffer.from(decodeContainer(container)).equals(object)).toBe(true)
  })

  it('returns other binary input as it is', () => {
    const binary = Uint8Array.of(0, 1, 2, 255)
    expect(decodeContainer(binary)).toBe(binary)
  })

  it.each([
    ['prose', 'This is no signature.'],
    ['padding in the middle', `MA==${base64}`],
    ['five characters', 'AAAAA'],
    ['percent signs of something else', `${base64.slice(0, 40)}%41${base64.slice(40)}`],
    ['a data: URL that is not base64', 'data:text/plain,hello'],
    ['labels that differ', '-----BEGIN CMS-----\nMAA=\n-----END PKCS7-----\n'],
    ['a block without an end', '-----BEGIN CMS-----\nMAA=\n'],
  ])('refuses %s', (_name, text) => {
    expect(codeOf(() => decodeContainer(encode(text)))).toBe('container.unreadable')
  })
})

describe('readPem', () => {
  it('reads every block in order', () => {
    const text = writePem('A B', object) + writePem('C', Uint8Array.of(1))
    expect(readPem(text).map(({ label }) => label)).toEqual(['A B', 'C'])
  })

  it('reads back what writePem writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        expect(readPem(writePem('X', bytes))[0]?.bytes).toEqual(bytes)
      }),
    )
  })
})
