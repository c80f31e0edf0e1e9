import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeFileName } from '../client/files.ts'
import { normalisePhone } from '../client/signer.ts'
import { serve } from '../testing/serve.ts'
import { oneFile, testKey, testSignme, testSuffix } from '../testing/test-signme.ts'
import { decodeBase64 } from './decode-base64.ts'
import type { WireValue } from './json-pieces.ts'
import { formBody, jsonBody } from './request-body.ts'

async function textOf(body: ReturnType<typeof jsonBody>): Promise<string> {
  const text = await new Response(body.stream).text()
  expect(text.length).toBe(body.lengthBytes)
  expect(body.isWhole()).toBe(true)

  return text
}

/** Octets of that count, with every digit of base64 among them. */
const patterned = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 89) % 251)

describe('the body of a request', () => {
  it('T11: any JSON and any file arrives as it was, through a form and without one', async () => {
    const texts = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed())
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('a', 'ключ', '"', '+', '&='), texts),
        fc.constantFrom(0, 1, 2, 3, 49_151, 49_152, 49_153, 98_305).map(patterned),
        async (members, bytes) => {
          const value: Record<string, WireValue> = { ...members, filet: { base64: bytes } }
          const sent = { ...members, filet: Buffer.from(bytes).toString('base64') }
          const form = await textOf(jsonBody('form', 'rfile', value))
          expect(form).toMatch(/^rfile=[\w.%*~-]*$/)
          expect(JSON.parse(new URLSearchParams(form).get('rfile') ?? '')).toEqual(sent)
          const json = await textOf(jsonBody('json', 'rfile', value))
          expect(json).toMatch(/^[\x20-\x7e]*$/)
          expect(JSON.parse(json)).toEqual(sent)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('T11: plain fields survive alike', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
        async (reason) => {
          const form = await textOf(formBody({ rid: '1', reason }))
          expect(Object.fromEntries(new URLSearchParams(form))).toEqual({ rid: '1', reason })
          expect(form).not.toContain('+')
        },
      ),
    )
  })

  it('the last piece is never the first: a body is whole only when it was asked for to the end', async () => {
    const body = jsonBody('form', 'rfile', { md5: 'x' })
    const reader = body.stream.getReader()
    await reader.read()
    expect(body.isWhole()).toBe(false)
    await reader.read()
    expect(body.isWhole()).toBe(true)
  })

  it('the newer API has JSON as the body, and api_key', async () => {
    const server = await serve(() => ({ status: 200, body: testSuffix }))
    await testSignme(server.url, { wire: 'json', keyField: 'api_key' }).sign(oneFile)
    expect(server.arrived[0]?.headers['content-type']).toBe('application/json')
    expect(JSON.parse(server.arrived[0]?.body.toString() ?? '')).toMatchObject({
      filet: '+/+/Pg==',
      api_key: testKey,
    })
  })
})

describe('base64', () => {
  it('is decoded as Node.js does, with line ends and without padding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64')
        for (const spelled of [text, text.replace(/.{4}/g, '$&\r\n'), text.replace(/=+$/, '')]) {
          expect(decodeBase64(Buffer.from(spelled))).toEqual(bytes)
          const place = new TextEncoder().encode(spelled)
          expect(decodeBase64(place, place)).toEqual(bytes)
        }
      }),
    )
  })

  it('other signs, signs after padding and a single digit are refused', () => {
    for (const text of ['A', 'AAAAA', 'AA-A', 'AA==AA', 'A===', 'AAA==', 'ы', '\0']) {
      expect(decodeBase64(Buffer.from(text)), text).toBeUndefined()
    }
  })
})

describe('names of files', () => {
  it.each([
    ['договор.pdf', 'договор.pdf'],
    ['/etc/passwd', 'passwd'],
    ['C:\\папка\\договор.pdf', 'договор.pdf'],
    ['a:b*c?d"e<f>g|h.pdf', 'abcdefgh.pdf'],
    ['a\u0000b\u202e.pdf', 'ab.pdf'],
    ['и\u0306.pdf', 'й.pdf'],
    ['', 'document.bin'],
    ['...', 'document.bin'],
    ['a/', 'document.bin'],
    [`${'д'.repeat(200)}.pdf`, `${'д'.repeat(116)}.pdf`],
    [`${'д'.repeat(200)}`, `${'д'.repeat(120)}`],
    // A file system takes 255 octets, whatever the characters.
    [`${'文'.repeat(119)}.pdf`, `${'文'.repeat(78)}.pdf`],
    [`${'😀'.repeat(100)}.pdf`, `${'😀'.repeat(59)}.pdf`],
  ])('%j is sent as %j', (name, sent) => {
    expect(safeFileName(name)).toBe(sent)
  })
})

describe('phones', () => {
  it.each([
    ['+79990000001', '+79990000001'],
    ['89990000001', '+79990000001'],
    ['79990000001', '+79990000001'],
    ['9990000001', '+79990000001'],
    ['+7 (999) 000‑00‑01', '+79990000001'],
    ['+77011234567', '+77011234567'],
    ['+998901234567', '+998901234567'],
    ['12345', undefined],
    ['+7999000000a', undefined],
    ['', undefined],
  ])('%j is %j', (text, phone) => {
    expect(normalisePhone(text)).toBe(phone)
  })
})
