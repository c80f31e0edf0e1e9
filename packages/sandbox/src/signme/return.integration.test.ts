import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gost94, streebog256 } from '@muhr/gost'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { useSignme } from '../testing/signme-bench.ts'
import { md5Of, packageFor, type signmeClient } from '../testing/signme-client.ts'

const bench = useSignme()
let signme: ReturnType<typeof signmeClient>
let fresh: () => string
let urls: string[]
beforeAll(() => {
  ;({ signme, fresh } = bench)
  urls = bench.receiver.urls
})

const make = (more: object = {}): Promise<string> => signme.sign(packageFor(fresh(), { ...more }))
const PASSWORD = 'anna-TEST-01'
/** What the form of the page sends. */
const submit = (suffix: string, fields: Record<string, string>): Promise<Response> =>
  signme.form(`/signapi/sjson/${suffix}`, { action: 'sign', ...fields })

describe('the page of a request', () => {
  it('may stand in a frame of another site, and says TEST', async () => {
    const response = await signme.get(`/signapi/sjson/${await make()}`)
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(response.headers.get('x-frame-options')).toBeNull()
    expect(response.headers.get('content-security-policy')).not.toContain('frame-ancestors')
    expect(text).toContain('<b>TEST</b>')
    expect(text).toContain('договор.pdf')
    expect(text).not.toContain('+79990000001')
  })

  it('escapes what a sender wrote, and hands out a document that cannot run', async () => {
    const suffix = await make({ fname: "'&amp;.html" })
    const page = await (await signme.get(`/signapi/sjson/${suffix}`)).text()
    expect(page).toContain('&#39;&amp;amp;.html')
    const file = await signme.get(`/signapi/sjson/${suffix}/file/1`)
    expect(file.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(file.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('asks who signs when nobody was named, and takes phone or e-mail', async () => {
    const found = packageFor(fresh())
    delete found['user_ph']
    const suffix = await signme.sign(found)
    expect(await (await signme.get(`/signapi/sjson/${suffix}`)).text()).toContain('name="login"')
    const signed = await submit(suffix, { login: 'anna@signme.example', password: PASSWORD })
    expect(await signed.text()).toContain('Документ подписан')
    expect(await signme.status(suffix)).toEqual({ status: '1' })
  })

  it('sends a code by SMS where forcesms is set, and an e-mail unless it is forbidden', async () => {
    const suffix = await make({ forcesms: 1, poemail: 1 })
    await signme.get(`/signapi/sjson/${suffix}`)
    const { notices } = (await signme.control('notices')).body
    expect(notices.at(-1)).toMatchObject({
      kind: 'sms',
      to: '+79990000001',
      text: 'Код Sign.Me: 100001',
    })
    expect(notices.some(({ text }: { text: string }) => text.includes(suffix))).toBe(false)
    const other = await make()
    const last = (await signme.control('notices')).body.notices.at(-1)
    expect(last).toMatchObject({ kind: 'email', to: 'anna@signme.example' })
    expect(last.text).toContain(other)
  })
})

describe('the browser return (seed 7)', () => {
  it.each([
    ['http://127.0.0.1:1/r/token', 'http://127.0.0.1:1/r/token?signed=true'],
    ['http://127.0.0.1:1/r?a=b', 'http://127.0.0.1:1/r?a=b&signed=true'],
    ['http://127.0.0.1:1/r?', 'http://127.0.0.1:1/r?&signed=true'],
    ['http://127.0.0.1:1/r#x', 'http://127.0.0.1:1/r#x?signed=true'],
  ])('%s', async (url, location) => {
    const response = await submit(await make({ url }), { password: PASSWORD })
    expect([response.status, response.headers.get('location')]).toEqual([303, location])
  })

  it('tells why not, and a wrong password leaves the request open', async () => {
    const suffix = await make({ url: 'http://127.0.0.1:1/r' })
    const response = await submit(suffix, { password: 'wrong' })
    expect(response.headers.get('location')).toBe('http://127.0.0.1:1/r?signed=false&error=1')
    expect(await signme.status(suffix)).toEqual({ status: '0' })
    const reject = await submit(suffix, { action: 'reject', reason: 'не согласен' })
    expect(reject.headers.get('location')).toBe('http://127.0.0.1:1/r?signed=false&error=5')
    expect(await signme.status(suffix)).toEqual({ status: '2', comment: 'не согласен' })
  })
})

describe('the push (seed 7, GET:)', () => {
  let url: string
  beforeEach(() => {
    url = `GET:${bench.receiver.url}/push/token`
  })

  it('comes in place of the return, for what failed and for what was done', async () => {
    const suffix = await make({ url, forcesms: 1 })
    expect(await (await submit(suffix, { password: 'wrong' })).text()).toContain('Неверный пароль')
    await submit(suffix, { password: PASSWORD, sms: '0' })
    const done = await submit(suffix, { password: PASSWORD, sms: '100001' })
    expect([done.status, await done.text()]).toEqual([
      200,
      expect.stringContaining('Документ подписан'),
    ])
    await expect
      .poll(() => urls)
      .toEqual([
        '/push/token?signed=false&error=1',
        '/push/token?signed=false&error=2',
        '/push/token?signed=true',
      ])
    await submit(suffix, { password: PASSWORD, sms: '100001' })
    expect((await signme.control('outgoing')).body.calls).toHaveLength(3)
  })

  it.each([
    ['3: somebody else', {}, { user: 'zoya' }, 3],
    ['3: nobody of the company', { company_inn: '9999000045' }, { user: 'anna' }, 3],
    [
      '4: the company must not sign first',
      { user_ph: '+79990000011', company_inn: '9999000020' },
      { user: 'maria' },
      4,
    ],
    [
      '7: staff of another company',
      { user_ph: '+79990000007', company_inn: '9999000020' },
      { user: 'zoya' },
      7,
    ],
    [
      '7: signs for another company than asked',
      { user_ph: '+79990000007', company_inn: '9999000045' },
      { user: 'zoya', companyInn: '9999000020' },
      7,
    ],
    ['6: the service fails', {}, { user: 'anna', isBroken: true }, 6],
  ])('errno %s', async (_name, more, attempt, errno) => {
    const suffix = await make({ url, ...more })
    expect(await signme.act(suffix, 'sign', attempt)).toMatchObject({ errno })
    expect(urls).toEqual([`/push/token?signed=false&error=${errno}`])
    expect(await signme.status(suffix)).toEqual({ status: '0' })
  })

  it('follows no redirect', async () => {
    const away = createServer((request, response) => {
      response.writeHead(302, { location: `${bench.receiver.url}${request.url}` }).end()
    })
    await new Promise<void>((resolve) => away.listen(0, '127.0.0.1', resolve))
    const { port } = away.address() as AddressInfo
    try {
      const suffix = await make({ url: `GET:http://127.0.0.1:${port}/away` })
      await signme.act(suffix, 'sign', { user: 'anna' })
      const { calls } = (await signme.control('outgoing')).body
      expect(calls.at(-1)).toMatchObject({ kind: 'push', status: 302 })
      expect(urls).toEqual([])
    } finally {
      away.close()
      away.closeAllConnections()
    }
  })

  it('errno 4 is over once the other side has signed', async () => {
    const bytes = fresh()
    const first = await signme.sign(packageFor(bytes))
    const second = await signme.sign(
      packageFor(bytes, { user_ph: '+79990000011', company_inn: '9999000020' }),
    )
    expect(await signme.act(second, 'sign', { user: 'maria' })).toMatchObject({ errno: 4 })
    await signme.act(first, 'sign', { user: 'anna' })
    expect(await signme.act(second, 'sign', { user: 'maria' })).toMatchObject({ errno: 0 })
  })

  it('is made by those who sign or reject in the app by themselves', async () => {
    const [boris, vera] = [
      await make({ url, user_ph: '+79990000002' }),
      await make({ url, user_email: 'vera@signme.example', user_ph: undefined }),
    ]
    await expect.poll(() => signme.status(boris)).toEqual({ status: '1' })
    await expect.poll(() => signme.status(vera)).toEqual({ status: '2', comment: 'Не согласен' })
    await expect
      .poll(() => urls.toSorted())
      .toEqual(['/push/token?signed=false&error=5', '/push/token?signed=true'])
  })

  it('follows no redirect, goes to loopback alone, and may be repeated', async () => {
    await signme.control('settings', 'PUT', { pushRetries: 2 })
    const suffix = await make({ url: 'GET:http://sandbox.invalid/push' })
    await signme.act(suffix, 'sign', { user: 'anna' })
    const { calls } = (await signme.control('outgoing')).body
    expect(calls.slice(-3).map(({ status }: { status: unknown }) => status)).toEqual([
      'none',
      'none',
      'none',
    ])
    await signme.control('settings', 'PUT', { pushRetries: 0 })
  })

  it('can be forged: told of a request that nobody signed, more than once', async () => {
    const suffix = await make({ url })
    await signme.act(suffix, 'push', { errno: 0, times: 2 })
    expect(urls).toEqual(['/push/token?signed=true', '/push/token?signed=true'])
    expect(await signme.status(suffix)).toEqual({ status: '0' })
  })
})

describe('the notification (IF)', () => {
  it.each([
    ['2012-256', (bytes: Buffer) => Buffer.from(streebog256(bytes))],
    ['2012-256-reversed', (bytes: Buffer) => Buffer.from(streebog256(bytes)).reverse()],
    ['94', (bytes: Buffer) => Buffer.from(gost94(bytes, { sbox: 'cryptopro' }))],
  ] as const)('carries key, MD5 and the GOST hash %s', async (gostHash, hashOf) => {
    await signme.control('switches', 'PUT', { gostHash })
    await signme.control('accounts', 'PUT', {
      sites: [{ key: 'TESTKEY', notificationUrl: `${bench.receiver.url}/notify` }],
    })
    const bytes = fresh()
    const suffix = await signme.sign(packageFor(bytes, { IF: 1 }))
    await signme.act(suffix, 'sign', { user: 'anna' })
    const hash = hashOf(Buffer.from(bytes)).toString('hex')
    expect(urls).toEqual([`/notify?apikey=TESTKEY&md5hash=${md5Of(bytes)}&gosthash=${hash}`])
  })

  it('comes for no request without IF, and with another key when that is forged', async () => {
    await signme.act(await make(), 'sign', { user: 'anna' })
    expect(urls).toEqual([])
    await signme.act(await make({ IF: 1 }), 'notify', { apiKey: 'TESTKEY2' })
    expect(urls).toEqual([expect.stringContaining('apikey=TESTKEY2&')])
  })
})

describe('the check page (seed 1.3, 2.4)', () => {
  const ask = async (path: string, value: unknown): Promise<string> =>
    (await signme.post(path, 'jsonrequest', value)).text()

  it('is shown once, and its script frames it', async () => {
    const bytes = fresh()
    await signme.act(await signme.sign(packageFor(bytes)), 'sign', { user: 'anna' })
    const uuid = await ask('/signaturecheck/request', { key: 'TESTKEY', hash: md5Of(bytes) })
    const script = await signme.get(`/signaturecheck/iframe/${uuid}`)
    expect(script.headers.get('content-type')).toContain('text/javascript')
    expect(await script.text()).toContain(`/signaturecheck/result/${uuid}`)
    const first = await signme.get(`/signaturecheck/result/${uuid}`)
    expect(await first.text()).toContain('АННИНА')
    expect((await signme.get(`/signaturecheck/result/${uuid}`)).status).toBe(404)
  })

  it('lists several files under /1', async () => {
    const files = [{ hash: md5Of('a'), name: 'акт.pdf' }, { hash: md5Of('b') }]
    const uuid = await ask('/signaturecheck/multi', { key: 'TESTKEY', files })
    expect(await (await signme.get(`/signaturecheck/multiiframe/${uuid}`)).text()).toContain('/1')
    const page = await (await signme.get(`/signaturecheck/result/${uuid}/1`)).text()
    expect(page).toContain('акт.pdf')
    expect(page).toContain(md5Of('b'))
    expect((await signme.get(`/signaturecheck/result/${uuid}/1`)).status).toBe(404)
  })

  it.each(['jsonrequest', 'rfile', 'mfile'])(
    'of several files is asked for in %s, since the text names no field, with a name where its listing has it',
    async (field) => {
      const value = { key: 'TESTKEY', files: [{ hash: md5Of('a') }], name: 'акт.pdf' }
      const uuid = await (await signme.post('/signaturecheck/multi', field, value)).text()
      const page = await (await signme.get(`/signaturecheck/result/${uuid}/1`)).text()
      expect(page).toContain('акт.pdf')
    },
  )

  it.each([
    ['wrong json', 'x', 'error 1: wrong json'],
    ['wrong key', { key: 'WRONG', hash: 'a' }, 'error 2: wrong key'],
    ['wrong hash', { key: 'TESTKEY', hash: '../a' }, 'error 3: wrong hash'],
    ['no hash', { key: 'TESTKEY' }, 'error 3: wrong hash'],
  ])('refuses %s (seed 6)', async (_name, value, error) => {
    expect(await ask('/signaturecheck/request', value)).toBe(error)
  })
})

describe('people', () => {
  it('see what waits for them, with the password each time', async () => {
    const suffix = await make({ fname: 'ждёт.pdf' })
    const wrong = await signme.form('/', { login: '+79990000001', password: 'x' })
    expect(await wrong.text()).toContain('Неверный пароль')
    const right = await signme.form('/', { login: '8 999 000 00 01', password: PASSWORD })
    const text = await right.text()
    expect(text).toContain(`/signapi/sjson/${suffix}`)
    expect(text).not.toContain('/signapi/sjson/undefined')
  })
})
