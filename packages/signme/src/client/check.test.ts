import { describe, expect, it } from 'vitest'
import { caughtAs } from '../testing/caught.ts'
import { serve } from '../testing/serve.ts'
import {
  containerSample as der,
  fieldOf,
  hello,
  oneFile,
  testKey,
  testSignme,
  testSuffix,
} from '../testing/test-signme.ts'
import { readSaidTime } from './moments.ts'

/** The package of 1.2, whole, with members as the text names them. */
const signature = (changes: Record<string, unknown> = {}) => ({
  value: 'AAEC',
  pkcs7: 'https://sign.example.test/signaturecheck/pkcs7/1',
  pkcs64: der.toString('base64'),
  sigdate: '02.03.2026 12:00:00',
  person: {
    public_key: 'AwQF',
    key_id: 17,
    crt_id: '18',
    crt_status: 0,
    cr_date: '01.01.2026',
    exp_date: '01.01.2027',
    passport: { name: 'Тест', lastname: 'Тестович', surname: 'Тестов' },
    phone_number: '79990000001',
    email_address: 'signer@example.test',
  },
  ...changes,
})

const checked = async (body: unknown) => {
  const server = await serve(() => ({ status: 200, body }))

  return testSignme(server.url).check(hello.md5)
}
const refusalOf = async (body: unknown) => {
  const server = await serve(() => ({ status: 200, body }))

  return caughtAs('signme.unreadable-answer', testSignme(server.url).check(hello.md5))
}

describe('1.2: what is said of a file', () => {
  it('1.2: POST /signaturecheck/json with rfile and the MD5 alone', async () => {
    const server = await serve(() => ({ status: 200, body: { count: 0 } }))
    await testSignme(server.url).check(hello.md5.toUpperCase())
    expect(server.arrived[0]).toMatchObject({ method: 'POST', url: '/signaturecheck/json' })
    expect(fieldOf(server.arrived[0]?.body ?? Buffer.of(), 'rfile')).toEqual({ md5: hello.md5 })
  })

  it('T1: the file, where it is sent, is file without a t; in 1.1 it is filet', async () => {
    const server = await serve(({ url }) => ({
      status: 200,
      body: url === '/signapi/sjson' ? testSuffix : { count: 0 },
    }))
    const signme = testSignme(server.url)
    await signme.check(hello.md5, { file: hello.bytes })
    await signme.sign({ ...oneFile, file: { name: 'hello.txt', bytes: hello.bytes } })
    const [asked, sent] = server.arrived.map(({ body }) => fieldOf(body, 'rfile'))
    expect(asked).toEqual({ file: 'SGVsbG8=', md5: hello.md5 })
    expect(sent).toMatchObject({ filet: 'SGVsbG8=', md5: hello.md5 })
    expect(sent).not.toHaveProperty('file')
  })

  it('T14: no key is sent unless that is asked for', async () => {
    const server = await serve(() => ({ status: 200, body: { count: 0 } }))
    await testSignme(server.url).check(hello.md5)
    await testSignme(server.url, { sendsKeyWithCheck: true }).check(hello.md5)
    expect(server.arrived.map(({ body }) => fieldOf(body, 'rfile'))).toEqual([
      { md5: hello.md5 },
      { md5: hello.md5, key: testKey },
    ])
  })

  it('1.2: every member of a signature, in our words', async () => {
    const [said] = await checked({ count: 1, signature_1: signature() })
    expect(said).toEqual({
      number: 1,
      container: new Uint8Array(der),
      value: Uint8Array.of(0, 1, 2),
      link: 'https://sign.example.test/signaturecheck/pkcs7/1',
      signedAt: {
        raw: '02.03.2026 12:00:00',
        at: new Date('2026-03-02T09:00:00Z'),
        zone: 'moscow',
      },
      person: {
        firstName: 'Тест',
        patronymic: 'Тестович',
        familyName: 'Тестов',
        phone: '79990000001',
        email: 'signer@example.test',
        publicKey: Uint8Array.of(3, 4, 5),
        keyId: '17',
        certificateId: '18',
        certificateStatus: 'valid',
        certificateFrom: '01.01.2026',
        certificateUntil: '01.01.2027',
      },
      company: undefined,
    })
  })

  it('T5: lastname is the patronymic, surname the family name', async () => {
    const [said] = await checked({ count: 1, signature_1: signature() })
    expect(said?.person).toMatchObject({ patronymic: 'Тестович', familyName: 'Тестов' })
  })

  it('1.2: company is there when it was signed on its behalf', async () => {
    const company = { name: 'ООО «Тест»', inn: '9999000013', ogrn: 1009999000018 }
    const [said] = await checked({ count: 1, signature_1: signature({ company }) })
    expect(said?.company).toEqual({
      name: 'ООО «Тест»',
      inn: '9999000013',
      ogrn: '1009999000018',
    })
  })

  it('1.2: crt_status 0 to 5 by name; T20: it is a claim, and what is none of them stays open', async () => {
    const names = ['valid', 'expected', 'suspended', 'revoked', 'absent', 'error', undefined]
    for (const [status, name] of names.entries()) {
      for (const crt_status of [status, String(status)]) {
        const person = { ...signature().person, crt_status }
        const [said] = await checked({ count: 1, signature_1: signature({ person }) })
        expect(said?.person.certificateStatus).toBe(name)
        expect(said?.container).toBeDefined()
      }
    }
  })

  it('1.2: count 0 is a file that nobody signed', async () => {
    expect(await checked('{"count": 0,}'.replace(',}', '}'))).toEqual([])
    expect(await checked({ count: '0' })).toEqual([])
  })

  it('signatures from 1 or from 0, beyond nine, come in their order', async () => {
    for (const base of [0, 1]) {
      const numbers = Array.from({ length: 12 }, (_, at) => at + base)
      const body = Object.fromEntries([
        ['count', 12],
        ...numbers.toReversed().map((number) => [`signature_${number}`, signature()]),
      ])
      expect((await checked(body)).map(({ number }) => number)).toEqual(numbers)
    }
  })

  it('a count that is not the number of signatures is refused', async () => {
    for (const body of [
      { count: 2, signature_1: signature() },
      { count: 0, signature_1: signature() },
      { count: 1, signature_x: signature() },
    ]) {
      expect((await refusalOf(body)).data).toMatchObject({
        reason: 'count-mismatch',
        retry: 'final',
      })
    }
  })

  it('what is not the package is refused, each by its reason', async () => {
    for (const [body, reason] of [
      ['', 'empty'],
      ['[]', 'wrong-shape'],
      ['{}', 'wrong-shape'],
      ['{"count":"many"}', 'wrong-shape'],
      ['{"count":1,"signature_1":"x"}', 'wrong-shape'],
      ['{"count":1,"signature_1":{"value":"AA', 'cut-off'],
      ['{"count":1 "signature_1"}', 'not-json'],
      ['{"count":1,"count":0}', 'duplicate-member'],
      [`{"count":0,"a":${'['.repeat(40)}${']'.repeat(40)}}`, 'too-deep'],
      [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'not-utf8'],
    ] as const) {
      expect((await refusalOf(body)).data.reason, String(body).slice(0, 40)).toBe(reason)
    }
  })

  it('a container that is none is undefined, and the signature is still told', async () => {
    const bad = ['', '!!!', 'AAAA', null, undefined, 7]
    for (const pkcs64 of bad) {
      const [said] = await checked({ count: 1, signature_1: signature({ pkcs64 }) })
      expect(said?.container).toBeUndefined()
      expect(said?.person.phone).toBe('79990000001')
    }
  })

  it('a member named __proto__ or constructor is nothing', async () => {
    const body = `{"count":1,"__proto__":{"count":0},"signature_1":{"person":{"__proto__":{"phone_number":"1"}}}}`
    const [said] = await checked(body)
    expect(said?.person.phone).toBeUndefined()
  })
})

describe('sigdate, whose format is not documented', () => {
  it('is read as Moscow time, ISO 8601 or seconds since 1970', () => {
    for (const [raw, at, zone] of [
      ['02.03.2026 12:00:00', '2026-03-02T09:00:00Z', 'moscow'],
      ['02.03.2026 12:00', '2026-03-02T09:00:00Z', 'moscow'],
      ['02.03.2026', '2026-03-01T21:00:00Z', 'moscow'],
      ['2026-03-02T12:00:00Z', '2026-03-02T12:00:00Z', 'written'],
      ['2026-03-02T12:00:00.123+0300', '2026-03-02T09:00:00Z', 'written'],
      ['2026-03-02 12:00:00', '2026-03-02T09:00:00Z', 'moscow'],
      ['1772442000', '2026-03-02T09:00:00Z', 'written'],
    ] as const) {
      expect(readSaidTime(raw), raw).toEqual({ raw, at: new Date(at), zone })
    }
  })

  it('stays a text when it is anything else, or no day of the calendar', () => {
    for (const raw of ['', 'вчера', '31.02.2026', '2026-13-01T00:00:00', '12:00']) {
      expect(readSaidTime(raw)).toEqual({ raw, at: undefined, zone: undefined })
    }
  })
})
