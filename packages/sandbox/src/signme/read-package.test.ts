import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SignmeRefusal } from './error.ts'
import { looksLikeMultipart, readForm, readMultipartFields } from './form.ts'
import { base64Of, readFieldsOf, readPackage } from './read-package.ts'
import { initialSwitches } from './switches.ts'

const strict = initialSwitches({ isCompat: false })
const compat = initialSwitches({ isCompat: true })
const spec = { field: 'rfile', keys: ['filet', 'fname', 'user_ph'], wrongJson: 4 }
const FORM = 'application/x-www-form-urlencoded'
const read = (body: string | Uint8Array, { contentType = FORM, switches = strict } = {}) =>
  readPackage(Buffer.from(body), { contentType, spec, switches })

describe('a package', () => {
  it('reads the vector of the page: percent-encoded, plus and Cyrillic in escapes', () => {
    const body =
      'rfile=%7B%22filet%22%3A%22%2B%2F%2B%2FPg%3D%3D%22%2C%22fname%22%3A%22%5Cu0434%5Cu043e%5Cu0433%5Cu043e%5Cu0432%5Cu043e%5Cu0440.pdf%22%2C%22user_ph%22%3A%22%2B79990000001%22%7D'
    const found = { filet: '+/+/Pg==', fname: 'договор.pdf', user_ph: '+79990000001' }
    expect(read(body)).toEqual(found)
    expect(read(body, { switches: compat })).toEqual(found)
    expect(Buffer.from(base64Of('+/+/Pg==', strict) ?? []).toString('hex')).toBe('fbffbf3e')
  })

  it('takes base64 of any length that is right, and nothing else', () => {
    expect(base64Of('A'.repeat(40_000_000), strict)?.length).toBe(30_000_000)
    for (const wrong of ['A', 'AB=', 'A===', '====', 'AB=C', 'AB C', 'ABCDE==', 'AB==AB==']) {
      expect(base64Of(wrong, strict)).toBeUndefined()
    }
  })

  it('in a form reads as any decoder of forms reads it, escapes that are none too', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom('%', '%zz', '%ff', '%d0', '+', '=', '&'))
    fc.assert(
      fc.property(fc.array(value), (values) => {
        const text = values.join('')
        expect([...readForm(text)]).toEqual([...new Map(new URLSearchParams(text))])
      }),
    )
  })

  it('survives the round trip through every form that is forgiven', () => {
    fc.assert(
      fc.property(fc.record({ filet: fc.base64String(), fname: fc.string() }), (found) => {
        const json = JSON.stringify(found)
        const wires: readonly (readonly [string, string])[] = [
          [`rfile=${encodeURIComponent(json)}`, FORM],
          [new URLSearchParams({ rfile: json }).toString(), FORM],
          [`rfile=${json}`, FORM],
          [json, 'application/json'],
          [`\ufeff ${json}`, 'text/plain;charset=UTF-8'],
          [`--b\r\nContent-Disposition: form-data; name="rfile"\r\n\r\n${json}\r\n--b--\r\n`, 'x'],
        ]
        for (const [body, contentType] of wires) {
          expect(read(body, { contentType, switches: compat })).toEqual(found)
        }
      }),
    )
  })

  it('is read, or refused as wrong json, whatever the octets are', () => {
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string().map((text) => Buffer.from(`rfile=${text}`)),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .string()
        .map((text) => Buffer.from(`--${text}\r\nContent-Disposition: form-data; name=a\r\n\r\n`)),
      fc.constant(Buffer.from(`rfile=${'['.repeat(100_000)}`)),
      fc.constant(Buffer.from(`{"filet":${'{"a":'.repeat(50_000)}`)),
    )
    fc.assert(
      fc.property(hostile, fc.boolean(), (bytes, isCompat) => {
        const switches = isCompat ? compat : strict
        try {
          expect(read(bytes, { switches })).toBeTypeOf('object')
        } catch (cause) {
          expect(cause).toBeInstanceOf(SignmeRefusal)
          expect(cause).toMatchObject({ text: 'error 4: wrong json' })
        }
        readFieldsOf(bytes, switches)
        if (looksLikeMultipart(bytes)) readMultipartFields(bytes)
      }),
      { numRuns: 500 },
    )
  })
})
