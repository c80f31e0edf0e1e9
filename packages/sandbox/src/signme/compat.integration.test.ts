import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { beforeAll, describe, expect, it } from 'vitest'
import { useSignme } from '../testing/signme-bench.ts'
import { md5Of, packageFor, type signmeClient } from '../testing/signme-client.ts'

/** Published clients, replayed octet for octet as their source makes them speak. */
const bench = useSignme({ isCompat: true })
let signme: ReturnType<typeof signmeClient>
beforeAll(() => {
  ;({ signme } = bench)
})

const SUFFIX = /^\d+\/[0-9a-f]{32}$/
/** Octets whose base64 has both `+` and `/`, other ones each time. */
let count = 0
const fresh = (): Buffer =>
  Buffer.concat([Buffer.from('fbffbf3e', 'hex'), Buffer.from(String(++count))])

type Answer = { readonly status: number; readonly headers: string; readonly body: string }

/** Sends octets as they are and reads the answer to its end; `100 Continue` first where it is asked for. */
function raw(head: string, body: Buffer | string, base = signme.base): Promise<Answer> {
  const { hostname, port } = new URL(base)

  return exchange(connect(Number(port), hostname), head, body)
}

function exchange(socket: Socket, head: string, body: Buffer | string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    socket.write(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`)
    if (!head.includes('100-continue')) socket.write(body)
    let received = Buffer.alloc(0)
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes])
      if (received.toString('latin1') === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write(body)
    })
    socket.on('error', reject)
    socket.on('close', () => {
      const text = received.toString('utf8').replace('HTTP/1.1 100 Continue\r\n\r\n', '')
      const [headers = '', ...rest] = text.split('\r\n\r\n')
      resolve({
        status: Number(headers.split(' ')[1]),
        headers,
        body: rest.join('\r\n\r\n'),
      })
    })
  })
}

/** JSON as PHP's json_encode writes it: `/` and everything beyond ASCII escaped. */
const phpJson = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Lines that libcurl sends for `CURLOPT_HTTPHEADER => ['Content-type : …']`: its own type comes too. */
const curl = (path: string, ...more: readonly string[]): string =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: sandbox.sign.me',
    'Accept: */*',
    'Content-type : application/x-www-form-urlencoded',
    ...more,
    'Connection: close',
  ].join('\r\n')
const FORM = 'Content-Type: application/x-www-form-urlencoded'

describe('a PHP client of 2017: JSON that is not encoded, a blank before the colon', () => {
  const body = (bytes: Buffer, more: object = {}): string =>
    `rfile=${phpJson({
      filet: bytes.toString('base64'),
      fname: 'Акт & счёт 50%.pdf',
      md5: md5Of(bytes),
      key: 'TESTKEY',
      url: 'https://example.test/return?a=1&b=2',
      user_ph: '+79990000001',
      noemail: 1,
      ...more,
    })}`

  it('signs: every + stays one', async () => {
    const bytes = fresh()
    const text = body(bytes)
    expect(text).toContain('"+\\/+\\/P')
    const answer = await raw(curl('/signapi/sjson', FORM), text)
    expect([answer.status, answer.body]).toEqual([200, expect.stringMatching(SUFFIX)])
    const request = (await signme.control(`requests/${answer.body.split('/')[0]}`)).body
    expect(request).toMatchObject({
      user: 'anna',
      hasNoMail: true,
      url: 'https://example.test/return?a=1&b=2',
      files: [{ md5: md5Of(bytes), name: 'Акт & счёт 50%.pdf' }],
    })
  })

  it('signs over https, under the name that is written into it', async () => {
    const { tls, caFile } = bench.sandbox.ready
    const socket = connectTls({
      host: '127.0.0.1',
      port: Number(new URL(tls.url).port),
      servername: 'sandbox.sign.me',
      ca: await readFile(caFile, 'utf8'),
    })
    const answer = await exchange(socket, curl('/signapi/sjson', FORM), body(fresh()))
    expect(answer.body).toMatch(SUFFIX)
    const found = await fetch(`${signme.base}/signapi/check/${answer.body}`)
    expect(await found.json()).toEqual({ status: '0' })
  })

  it('waits for 100 Continue with a large body', async () => {
    const bytes = Buffer.concat([fresh(), Buffer.alloc(1_500_000, 0xfb)])
    const answer = await raw(curl('/signapi/sjson', 'Expect: 100-continue', FORM), body(bytes))
    expect(answer.body).toMatch(SUFFIX)
  })

  it('checks by the MD5 alone, and tells an error by its first letters', async () => {
    const check = (md5: string) =>
      raw(curl('/signaturecheck/json', FORM), `rfile=${phpJson({ md5 })}`)
    expect((await check(md5Of('x'))).body).toBe('{"count":0}')
    expect((await check('')).body).toBe('error 5: no hash')
    expect((await raw(curl('/signapi/sjson', FORM), body(fresh(), { key: 'X' }))).body).toBe(
      'error 7: get api key',
    )
  })

  it('asks for certificates by multipart, with a second Content-Type that says otherwise', async () => {
    const boundary = '------------------------d74496d66958873e'
    const fields = { get_active_certs: 2, get_all_certs: 2, format: 0, user_ph: '+79990000001' }
    const answer = await raw(
      curl('/sign/cer/', `Content-Type: multipart/form-data; boundary=${boundary}`),
      multipart(boundary, fields),
    )
    expect(JSON.parse(answer.body)).toEqual([expect.stringMatching(/^-----BEGIN CERTIFICATE-----/)])
  })

  it('of its first version sends the package as a part of multipart', async () => {
    const bytes = fresh()
    const boundary = '------------------------1a2b3c4d5e6f7081'
    const rfile = phpJson({
      filet: bytes.toString('base64'),
      fname: 'a.pdf',
      key: 'TESTKEY',
      user_ph: '+79990000001',
    })
    const answer = await raw(
      [
        'POST /signapi/sjson HTTP/1.1',
        'Host: sandbox.sign.me',
        'Accept: */*',
        `Content-Type: multipart/form-data; boundary=${boundary}`,
        'Connection: close',
      ].join('\r\n'),
      multipart(boundary, { rfile }),
    )
    expect(answer.body).toMatch(SUFFIX)
  })
})

function multipart(boundary: string, fields: object, quote = '"', partHead = ''): Buffer {
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${boundary}\r\n${partHead}Content-Disposition: form-data; name=${quote}${name}${quote}\r\n\r\n${value}\r\n`,
  )

  return Buffer.from(`${parts.join('')}--${boundary}--\r\n`)
}

describe('a TypeScript client: JSON as the body, text/plain by fetch', () => {
  const call = async (path: string, value: unknown): Promise<string> =>
    (await fetch(`${signme.base}${path}`, { method: 'POST', body: JSON.stringify(value) })).text()
  const hello = { filet: Buffer.from('Hello').toString('base64'), fname: 'hello.html' }

  it('signs a file and several, names nobody, and reads errors', async () => {
    expect(await call('/signapi/sjson', { ...hello, key: '' })).toMatch(/error/)
    expect(await call('/signapi/sjson', { ...hello, key: 'TESTKEY' })).toMatch(SUFFIX)
    expect(await call('/signapi/multijson', { key: '', files: [hello] })).toMatch(/error/)
    expect(await call('/signapi/multijson', { key: 'TESTKEY', files: [hello] })).toMatch(
      /^[0-9a-f-]{36}$/,
    )
    expect(JSON.parse(await call('/signaturecheck/json', { md5: md5Of('Hello') }))).toHaveProperty(
      'count',
    )
    expect(await call('/signaturecheck/json', { md5: '' })).toBe('error 5: no hash')
  })

  it('signs without a browser by a form, and follows the link to the container', async () => {
    const bytes = fresh()
    const files = [{ filet: bytes.toString('base64'), fname: 'a.bin' }]
    const id = await call('/signapi/multijson', { key: 'TESTKEY', files })
    const sign = (passw: string) =>
      signme.form('/signapi/sign', {
        type: 'multi',
        id,
        key: 'TESTKEY',
        user_ph: '+79990000001',
        passw,
      })
    expect(await (await sign('wrong')).text()).toBe('error 1: wrong password')
    expect(await (await sign('anna-TEST-01')).text()).not.toMatch(/error/)
    const found = JSON.parse(await call('/signaturecheck/json', { md5: md5Of(bytes) }))
    const container = await fetch(found.signature_1.pkcs7)
    expect(Buffer.from(await container.arrayBuffer()).toString('base64')).toBe(
      found.signature_1.pkcs64,
    )
  })
})

describe('a Laravel client: api_key, null, blank-ended keys, JSON alone accepted', () => {
  const HEADERS = [
    'Content-Type: application/json',
    'Accept: application/json',
    'User-Agent: GuzzleHttp/7',
    'Connection: close',
  ]
  const post = (path: string, value: unknown): Promise<Answer> =>
    raw([`POST ${path} HTTP/1.1`, 'Host: sandbox.sign.me', ...HEADERS].join('\r\n'), phpJson(value))
  const form = (path: string, text: string): Promise<Answer> =>
    raw(
      [
        `POST ${path} HTTP/1.1`,
        'Host: sandbox.sign.me',
        'Content-Type: application/x-www-form-urlencoded',
        'Accept: application/json',
        'Connection: close',
      ].join('\r\n'),
      text,
    )

  it('gets a suffix that is JSON, and its page opens with the quotes and without', async () => {
    const answer = await post('/signapi/sjson', {
      filet: fresh().toString('base64'),
      fname: 'Договор.pdf',
      user_email: null,
      user_ph: '79990000001',
      noemail: 1,
      nopush: 1,
      api_key: 'TESTKEY',
    })
    expect(answer.headers).toMatch(/content-type: application\/json/i)
    const suffix = JSON.parse(answer.body)
    expect(suffix).toMatch(SUFFIX)
    for (const path of [suffix, `%22${suffix}%22`]) {
      expect((await signme.get(`/signapi/sjson/${path}`)).status).toBe(200)
    }
    expect((await fetch(`${signme.base}//signapi/check/${suffix}/`)).status).toBe(200)
    expect(await (await signme.form(`/signapi/check/${suffix}`, {})).json()).toEqual({
      status: '0',
    })
  })

  it('sends a group with keys that end in a blank', async () => {
    const answer = await post('/signapi/multijson', {
      files: [{ filet: fresh().toString('base64'), fname: 'a.pdf', size: 1 }],
      'multiname ': 'protocols',
      'noemail ': 1,
      user_email: 'anna@signme.example',
      user_ph: '+7 (999) 000-00-01',
      api_key: 'TESTKEY',
    })
    const uuid = JSON.parse(answer.body)
    expect((await signme.control(`requests/${uuid}`)).body).toMatchObject({
      user: 'anna',
      hasNoMail: false,
    })
  })

  it('checks with filet, pdf and a key, or without an MD5', async () => {
    const filet = Buffer.from('Hello').toString('base64')
    const more = { filet, pdf: 1, api_key: 'ANY' }
    expect((await post('/signaturecheck/json', { md5: md5Of('Hello'), ...more })).body).toMatch(
      /"count":/,
    )
    expect((await post('/signaturecheck/json', { filet })).body).toMatch(/"count":/)
    expect((await post('/signaturecheck/json', { md5: md5Of('x'), ...more })).body).toBe(
      'error 4: wrong hash',
    )
  })

  it('asks for the PDF too, and takes a file for signed only when that is there', async () => {
    const bytes = fresh()
    const filet = bytes.toString('base64')
    const sent = await post('/signapi/sjson', {
      filet,
      fname: 'contract.pdf',
      md5: md5Of(bytes),
      company_inn: '9999000045',
      user_ph: '+79990000007',
      api_key: 'TESTKEY',
    })
    const ask = async () =>
      JSON.parse(
        (await post('/signaturecheck/json', { md5: md5Of(bytes), pdf: 1, filet, api_key: 'ANY' }))
          .body,
      )
    expect(await ask()).toEqual({ count: 0 })
    await signme.act(JSON.parse(sent.body), 'sign', { user: 'zoya' })
    expect(await ask()).toMatchObject({ count: 1, pdf: filet })
    const without = await post('/signaturecheck/json', { md5: md5Of(bytes), api_key: 'ANY' })
    expect(without.body).not.toContain('"pdf"')
  })

  it('asks for a check page by plain fields', async () => {
    const answer = await form('/signaturecheck/request', `hash=${md5Of('x')}&api_key=TESTKEY`)
    const page = await signme.get(`/signaturecheck/result/${JSON.parse(answer.body)}`)
    expect(page.status).toBe(200)
  })

  it('asks for certificates by http_build_query, in DER', async () => {
    const fields = 'get_active_certs=1&get_all_certs=0&format=1'
    const answer = await form('/sign/cer/', `${fields}&company_ogrn=1009900000043&api_key=TESTKEY`)
    expect(JSON.parse(answer.body)).toEqual(Array(3).fill(expect.stringMatching(/^MII/)))
  })

  it('registers a person with his company, activates it, and sends him a request', async () => {
    const person = {
      cinn: '9999000060',
      inn: '999900001513',
      company: '1',
      cname: 'ООО НОВАЯ',
      cogrn: '1009900000065',
      name: 'Новый',
      surname: 'Проверкин',
      lastname: 'Тестович',
      phone: '+79990000099',
      email: 'new@signme.example',
      snils: '000-000-044 12',
      ps: '0000',
      pn: '000000',
      mobile: '0',
      api_key: 'TESTKEY',
    }
    const precheck = (fields: object) =>
      post('/register/precheck', { ...fields, api_key: 'TESTKEY' })
    expect((await precheck({ inn: person.inn })).body).toBe('{}')
    expect((await post('/register/api', { ...person, phone: '' })).body).toBe('error 1: no phone')
    const made = JSON.parse((await post('/register/api', person)).body)
    expect(made).toMatchObject({ id: expect.any(Number), cid: expect.any(Number) })
    expect(Buffer.from(made.compdf, 'base64').toString()).toMatch(/^%PDF/)
    expect(JSON.parse((await precheck({ inn: person.inn })).body).inn).toMatchObject({
      approved: true,
      apprtype: 1,
    })
    const company = async () =>
      JSON.parse((await precheck({ cogrn: person.cogrn })).body).cogrn.created
    expect(await company()).toBe(false)
    expect((await post('/register/comactivate', { cid: 1, api_key: 'TESTKEY' })).body).toBe('0')
    expect((await post('/register/comactivate', { cid: made.cid, api_key: 'TESTKEY' })).body).toBe(
      '1',
    )
    expect(await company()).toBe(true)
    const bytes = fresh()
    const answer = await post('/signapi/sjson', {
      filet: bytes.toString('base64'),
      fname: 'a.pdf',
      md5: md5Of(bytes),
      company_inn: person.cinn,
      user_ph: person.phone,
      api_key: 'TESTKEY',
    })
    const signed = await signme.form(`/signapi/sjson/${JSON.parse(answer.body)}`, {
      action: 'sign',
      password: 'registered-TEST',
    })
    expect(await signed.text()).toContain('Документ подписан')
    expect(await signme.check({ md5: md5Of(bytes) })).toMatchObject({
      signature_1: { company: { inn: person.cinn }, person: { phone_number: person.phone } },
    })
  })
})

describe('an ELMA script and an ASP.NET controller: application/json and FormData', () => {
  it('signs by rid with FormData under a header that is none, and takes get_t_pkcs', async () => {
    const bytes = fresh()
    const response = await fetch(`${signme.base}/signapi/sjson`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        key: 'TESTKEY',
        filet: bytes.toString('base64'),
        fname: 'Документ',
        user_ph: '+79990000001',
        noemail: 1,
      }),
    })
    const [operationId = '', fileId = ''] = (await response.text()).split('/')
    const body = new FormData()
    for (const [name, value] of Object.entries({
      key: 'TESTKEY',
      type: 'single',
      id: operationId,
      user_ph: '+79990000001',
      passw: 'anna-TEST-01',
    })) {
      body.append(name, value)
    }
    const signed = await fetch(`${signme.base}/signapi/sign/`, {
      method: 'POST',
      headers: { ContentType: 'multipart/form-data' },
      body,
    })
    expect(await signed.text()).not.toContain('error')
    const { status } = await (await signme.get(`/signapi/check/${operationId}/${fileId}`)).json()
    expect(Number(status)).toBe(1)
    const container = await signme.get(
      `/signaturecheck/get_t_pkcs/hash/${md5Of(bytes)}/${operationId}`,
    )
    expect((await container.arrayBuffer()).byteLength).toBeGreaterThan(1000)
  })

  it('prechecks by multipart whose names have no quotes, as .NET writes it', async () => {
    const boundary = 'b7a0d5a1-2f7d-4a53-9b8e-0d5f3c6f9b11'
    const fields = {
      key: 'TESTKEY',
      phone: '+79990000001',
      email: 'anna@signme.example',
      snils: '000-000-001 01',
      inn: '999900000481',
    }
    const answer = await raw(
      [
        'POST /register/precheck HTTP/1.1',
        'Host: test.sign.me',
        `Content-Type: multipart/form-data; boundary="${boundary}"`,
        'Connection: close',
      ].join('\r\n'),
      multipart(boundary, fields, '', 'Content-Type: text/plain; charset=utf-8\r\n'),
    )
    const found = JSON.parse(answer.body)
    expect(Object.keys(found)).toEqual(['phone', 'email', 'snils', 'inn'])
    expect(found.snils.requests[0]).toBeTruthy()
  })
})

describe('scripts in a browser, and forms with a + that was not encoded', () => {
  it('a script of another origin may read the answer, after asking', async () => {
    const asked = await fetch(`${signme.base}/signapi/sjson`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:8080',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
    expect(asked.headers.get('access-control-allow-headers')).toBeTruthy()
    const response = await signme.post('/signapi/sjson', 'rfile', packageFor(fresh()))
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('takes a blank in base64 and in a phone for a +', async () => {
    const bytes = fresh()
    const json = JSON.stringify(packageFor(bytes))
    // Half encoded: everything but the plus.
    const body = `rfile=${encodeURIComponent(json).replaceAll('%2B', '+')}&submit=1`
    const response = await fetch(`${signme.base}/signapi/sjson`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    })
    const suffix = await response.text()
    expect((await signme.control(`requests/${suffix.split('/')[0]}`)).body).toMatchObject({
      user: 'anna',
      files: [{ md5: md5Of(bytes) }],
    })
  })

  it('finds rfile and jsonrequest where another field was meant, and a list by http_build_query', async () => {
    const files = [{ filet: fresh().toString('base64'), fname: 'a.pdf' }]
    const found = { key: 'TESTKEY', files }
    expect(await (await signme.post('/signapi/multijson', 'rfile', found)).text()).toMatch(/-1/)
    const fields = {
      key: 'TESTKEY',
      'files[0][filet]': files[0]?.filet ?? '',
      'files[0][fname]': 'a.pdf',
    }
    expect(await (await signme.form('/signapi/multijson/', fields)).text()).toMatch(/-1/)
  })

  it('rejects by JSON too', async () => {
    const suffix = await signme.sign(packageFor(fresh()))
    const response = await fetch(`${signme.base}/signapi/reject`, {
      method: 'POST',
      body: JSON.stringify({ rid: Number(suffix.split('/')[0]), api_key: 'TESTKEY', reason: 'x' }),
    })
    expect(await response.json()).toMatchObject({ result: '0', reason: 'x' })
  })
})

describe('strictness is the default', () => {
  const strict = useSignme()

  it('a blank before the colon is refused by the listener', async () => {
    const body = new URLSearchParams({ rfile: JSON.stringify(packageFor('x')) }).toString()
    const head = curl('/signapi/sjson')
    expect((await raw(head, body, strict.signme.base)).status).toBe(400)
    expect((await raw(head.replace('type :', 'type:'), body, strict.signme.base)).body).toMatch(
      SUFFIX,
    )
  })

  it.each(['/signapi/sign', '/sign/cer/', '/register/precheck', '/register/api'])(
    'there is no %s',
    async (path) => {
      expect((await strict.signme.form(path, { key: 'TESTKEY' })).status).toBe(404)
    },
  )
})
