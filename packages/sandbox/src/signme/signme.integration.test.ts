import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTrustStore, readTrustAnchors, verifySignature } from '@muhr/pki'
import { beforeAll, describe, expect, it } from 'vitest'
import { useSignme } from '../testing/signme-bench.ts'
import { md5Of, packageFor, type signmeClient } from '../testing/signme-client.ts'

const bench = useSignme()
let signme: ReturnType<typeof signmeClient>
let fresh: () => string
beforeAll(() => {
  ;({ signme, fresh } = bench)
})

/** Verifies to the CA of the sandbox, with its OCSP; the report. */
async function verify(container: Uint8Array, content: string) {
  const anchors = readTrustAnchors(await readFile(bench.sandbox.ready.caFile), 'sandbox')
  const { report } = await verifySignature({
    container,
    content: Buffer.from(content),
    trust: createTrustStore(anchors),
    policy: 'sandbox',
    now: new Date(),
    sources: {
      ocsp: async (ask) => {
        const answer = await fetch(`${bench.sandbox.ready.trust}/ocsp`, {
          method: 'POST',
          body: new Uint8Array(ask),
        })

        return new Uint8Array(await answer.arrayBuffer())
      },
    },
    stored: { certificates: [await readFile(join(bench.dir, 'sandbox/pki/ca/ca-ru.cer'))] },
  })

  return report
}

describe('a request for one file (seed 1.1, 1.2, 1.4)', () => {
  it('answers a suffix as plain text, and its status is "0" until somebody signs', async () => {
    const bytes = fresh()
    const response = await signme.post('/signapi/sjson', 'rfile', packageFor(bytes))
    const suffix = await response.text()
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/plain; charset=utf-8',
    ])
    expect(suffix).toMatch(/^\d{6,}\/[0-9a-f]{32}$/)
    expect(await signme.status(suffix)).toEqual({ status: '0' })
    expect(await signme.check({ md5: md5Of(bytes) })).toEqual({ count: 0 })
    expect(await signme.act(suffix, 'sign', { user: 'anna' })).toMatchObject({ errno: 0 })
    expect(await signme.status(suffix)).toEqual({ status: '1' })
    const found = await signme.check({ md5: md5Of(bytes) })
    expect(found).toEqual({
      count: 1,
      signature_1: {
        value: expect.stringMatching(/^[A-Za-z0-9+/]{86}==$/),
        pkcs7: `${signme.base}/signaturecheck/get_t_pkcs/hash/${md5Of(bytes)}/${suffix.split('/')[0]}`,
        pkcs64: expect.any(String),
        sigdate: expect.stringMatching(/^\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d$/),
        person: {
          public_key: expect.any(String),
          key_id: expect.any(Number),
          crt_id: expect.any(Number),
          crt_status: 0,
          cr_date: expect.stringMatching(/^\d\d\.\d\d\.\d{4}$/),
          exp_date: expect.stringMatching(/^\d\d\.\d\d\.\d{4}$/),
          passport: { name: 'АННА', lastname: 'ТЕСТОВНА', surname: 'АННИНА' },
          phone_number: '+79990000001',
          email_address: 'anna@signme.example',
        },
      },
    })
    const container = Buffer.from(found.signature_1.pkcs64, 'base64')
    expect(await verify(container, bytes)).toMatchObject({
      indication: 'TOTAL-PASSED',
      sandbox: true,
      signatures: [{ format: 'CAdES-B', country: 'RU', signer: { snils: '00000000101' } }],
    })
    expect(Buffer.from(await (await fetch(found.signature_1.pkcs7)).arrayBuffer())).toEqual(
      container,
    )
    expect(await signme.container(md5Of(bytes))).toEqual(container)
    expect(await signme.container(md5Of(bytes).toUpperCase())).toEqual(container)
  })

  it('takes a check with the octets, which must have the MD5 (error 4)', async () => {
    const file = Buffer.from('Hello').toString('base64')
    expect(await signme.check({ file, md5: md5Of('Hello') })).toEqual({ count: 0 })
    expect(await signme.checkText({ file, md5: md5Of('other') })).toBe('error 4: wrong hash')
    expect(await signme.checkText({ file: 'SGV sbG8=', md5: md5Of('Hello') })).toBe(
      'error 1: wrong base64',
    )
    expect(await signme.checkText({ file })).toBe('error 5: no hash')
    expect(await signme.checkText('{')).toBe('error 6: wrong json')
    // `filet` is of the other call (T1).
    expect(await signme.checkText({ filet: file, md5: md5Of('Hello') })).toBe('error 6: wrong json')
  })

  it('says in whose name a company signed, and one person’s certificate names it', async () => {
    const bytes = fresh()
    const suffix = await signme.sign(
      packageFor(bytes, { user_ph: '+79990000007', company_inn: '9999000045' }),
    )
    await signme.act(suffix, 'sign', { user: 'zoya' })
    const { signature_1: found } = await signme.check({ md5: md5Of(bytes) })
    expect(found.company).toEqual({
      name: 'ООО "TEST КЛИЕНТ"',
      inn: '9999000045',
      ogrn: '1009900000043',
    })
    const report = await verify(Buffer.from(found.pkcs64, 'base64'), bytes)
    expect(report.signatures[0]?.signer).toMatchObject({ ogrn: '1009900000043' })
  })

  it('signs with an RSA key where the user has one', async () => {
    const bytes = fresh()
    const suffix = await signme.sign(packageFor(bytes, { user_ph: '+79990000011' }))
    await signme.act(suffix, 'sign', { user: 'maria' })
    const report = await verify(await signme.container(md5Of(bytes)), bytes)
    expect(report).toMatchObject({
      indication: 'TOTAL-PASSED',
      signatures: [{ level: 'unqualified', signatureAlgorithm: { oid: '1.2.840.113549.1.1.11' } }],
    })
  })

  it('shows the signatures of every request under one MD5, and joins them in one container', async () => {
    const bytes = fresh()
    const [first, second] = [
      await signme.sign(packageFor(bytes)),
      await signme.sign(packageFor(bytes, { user_ph: '+79990000007', company_inn: '9999000045' })),
    ]
    expect(first).not.toBe(second)
    await signme.act(first, 'sign', { user: 'anna' })
    // T16: the check is satisfied, the status of the other request is not.
    expect(await signme.status(second)).toEqual({ status: '0' })
    await signme.act(second, 'sign', { user: 'zoya' })
    expect(await signme.check({ md5: md5Of(bytes) })).toMatchObject({ count: 2 })
    const report = await verify(await signme.container(md5Of(bytes)), bytes)
    expect(report.indication).toBe('TOTAL-PASSED')
    expect(report.signatures).toHaveLength(2)
  })

  it.each([
    ['gleb', '+79990000004', 3],
    ['lev', '+79990000010', 5],
  ])('says what a certificate is worth: of %s', async (user, phone, status) => {
    const bytes = fresh()
    const suffix = await signme.sign(packageFor(bytes, { user_ph: phone }))
    await signme.act(suffix, 'sign', { user })
    const { signature_1: found } = await signme.check({ md5: md5Of(bytes) })
    expect(found.person.crt_status).toBe(status)
    const report = await verify(Buffer.from(found.pkcs64, 'base64'), bytes)
    expect(report.indication).not.toBe('TOTAL-PASSED')
  })

  it('knows no request by half of its suffix, and none by the wrong half', async () => {
    const suffix = await signme.sign(packageFor(fresh()))
    const [rid] = suffix.split('/')
    for (const path of [`${rid}`, `${rid}/${'0'.repeat(32)}`, `1/${suffix.split('/')[1]}`]) {
      expect((await signme.get(`/signapi/check/${path}`)).status).toBe(404)
      expect((await signme.get(`/signapi/sjson/${path}`)).status).toBe(404)
    }
    expect((await signme.get(`/signapi/check/${suffix.replace('/', '%2F')}`)).status).toBe(404)
  })
})

describe('what is refused (seed 4)', () => {
  const { filet: _file, ...noFile } = packageFor('x')
  const { fname: _name, ...noName } = packageFor('x')
  it.each([
    ['an empty package', {}, 'error 7: get api key'],
    ['no key', packageFor('x', { key: '' }), 'error 7: get api key'],
    ['an unknown key', packageFor('x', { key: 'WRONG' }), 'error 7: get api key'],
    ['no file', noFile, 'error 1: no file'],
    ['an empty file', packageFor(''), 'error 1: no file'],
    ['file without t', { ...noFile, file: 'eA==' }, 'error 4: wrong json'],
    ['no name', noName, 'error 2: no filename'],
    ['base64 that does not decode', packageFor('x', { filet: 'e*==' }), 'error 3: wrong file'],
    ['a blank in base64, once a +', packageFor('x', { filet: ' /+/Pg==' }), 'error 3: wrong file'],
    ['another MD5', packageFor('x', { md5: md5Of('y') }), 'error 3: wrong file'],
    ['text that is no JSON', 'filet', 'error 4: wrong json'],
    ['a list', '[]', 'error 4: wrong json'],
    ['an unknown field', packageFor('x', { nopush: 1 }), 'error 4: wrong json'],
    ['a name with a path', packageFor('x', { fname: '../x.pdf' }), 'error 5: cant create file'],
    ['an unknown phone', packageFor('x', { user_ph: '+79991112233' }), 'error 6: wrong user phone'],
    ['a phone without +', packageFor('x', { user_ph: '79990000001' }), 'error 6: wrong user phone'],
    [
      'a user not activated',
      packageFor('x', { user_ph: '+79990000005' }),
      'error 6: wrong user phone',
    ],
    [
      'an unknown e-mail',
      packageFor('x', { user_email: 'a@b.example' }),
      'error 6: wrong user email',
    ],
    [
      'two people',
      packageFor('x', { user_email: 'boris@signme.example' }),
      'error 6: wrong user email',
    ],
    [
      'an unknown company',
      packageFor('x', { company_inn: '7700000000' }),
      'error 6: wrong company inn',
    ],
    [
      'a company not activated',
      packageFor('x', { company_ogrn: '1009900000032' }),
      'error 6: wrong company ogrn',
    ],
    ['file for filet', packageFor('x', { file: 'eA==' }), 'error 4: wrong json'],
    [
      'GET: in other letters',
      packageFor('x', { url: 'get:http://127.0.0.1:1/' }),
      'error 6: cant create request',
    ],
    [
      'an address that is no web URL',
      packageFor('x', { url: 'javascript:alert(1)' }),
      'error 6: cant create request',
    ],
  ])('%s', async (_name, found, error) => {
    expect(await signme.sign(found)).toBe(error)
  })

  it('anything but POST with error 0, and reject with its own word', async () => {
    for (const path of [
      '/signapi/sjson',
      '/signapi/multijson/',
      '/signaturecheck/json',
      '/signaturecheck/request',
      '/signaturecheck/multi',
    ]) {
      expect(await (await signme.get(path)).text()).toBe('error 0: wrong method')
    }
    for (const path of [
      '/signapi/reject/',
      `/signapi/multireject/${'0'.repeat(8)}-0000-1000-8000-${'0'.repeat(12)}`,
    ]) {
      expect(await (await signme.get(path)).json()).toEqual({ result: 'wrong_method' })
    }
  })

  it('JSON that is not in the form field, whatever its type', async () => {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const response = await fetch(`${signme.base}/signapi/sjson`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify(packageFor('x')),
      })
      expect(await response.text()).toBe('error 4: wrong json')
    }
    expect(
      await signme.post('/signapi/sjson', 'mfile', packageFor('x')).then((r) => r.text()),
    ).toBe('error 4: wrong json')
  })

  it('an error may come with 200 or with 400', async () => {
    await signme.control('switches', 'PUT', { errorHttp: '400' })
    expect((await signme.post('/signapi/sjson', 'rfile', '{')).status).toBe(400)
    await signme.control('switches', 'PUT', { errorHttp: '200' })
    expect((await signme.post('/signapi/sjson', 'rfile', '{')).status).toBe(200)
  })
})

describe('rejecting for the sender (seed 1.5)', () => {
  it('is done once, and knows whose request it is', async () => {
    const suffix = await signme.sign(packageFor(fresh()))
    const rid = suffix.split('/')[0] ?? ''
    const reject = (key: string, id = rid) => signme.reject({ rid: id, key, reason: 'не нужно' })
    expect(await reject('TESTKEY2')).toEqual({ result: 'wrong_source' })
    expect(await reject('WRONG')).toEqual({ result: 'wrong_source' })
    expect(await reject('TESTKEY', '1')).toEqual({ result: 'wrong_source_or_id' })
    const done = await reject('TESTKEY')
    expect(done).toEqual({ result: '0', date: expect.any(String), reason: 'не нужно' })
    expect(await reject('TESTKEY')).toEqual({ ...done, result: 'already_rejected' })
    expect(await signme.status(suffix)).toEqual({ status: '2', comment: 'не нужно' })
    expect(await signme.act(suffix, 'sign', { user: 'anna' })).toMatchObject({ errno: 5 })
  })

  it('comes too late for a signed request', async () => {
    const suffix = await signme.sign(packageFor(fresh()))
    await signme.act(suffix, 'sign', { user: 'anna' })
    const rid = suffix.split('/')[0] ?? ''
    expect(await signme.reject({ rid, key: 'TESTKEY', reason: '' })).toEqual({
      result: 'wrong_source_or_id',
    })
    expect(await signme.status(suffix)).toEqual({ status: '1' })
  })
})

describe('several files (seed 2)', () => {
  const group = (names: readonly string[], more: object = {}) => {
    const { filet: _file, fname: _name, md5: _md5, ...common } = packageFor('')
    const files = names.map((fname) => ({ filet: Buffer.from(fresh()).toString('base64'), fname }))

    return { ...common, files, ...more }
  }

  it('answers a UUID of version 1; files that differ make status 4', async () => {
    const found = group(['a.pdf', 'b.pdf'])
    const uuid = await signme.multi(found)
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(await signme.multiStatus(uuid)).toEqual({ status: '0' })
    const { files } = (await signme.control(`requests/${uuid}`)).body
    await signme.act(uuid, 'sign', { user: 'anna', rid: files[0].rid })
    const response = await signme.get(`/signapi/multicheck/${uuid}`)
    const text = await response.text()
    expect(text).toContain('"status":4')
    expect(JSON.parse(text)).toEqual({ status: 4, comment: 'Различные состояния отдельных файлов' })
    expect(await signme.check({ md5: files[0].md5 })).toMatchObject({ count: 1 })
    expect(await signme.check({ md5: files[1].md5 })).toEqual({ count: 0 })
    await signme.act(uuid, 'sign', { user: 'anna' })
    expect(await signme.multiStatus(uuid)).toEqual({ status: '1' })
    expect(await signme.check({ md5: files[0].md5 })).toMatchObject({ count: 1 })
  })

  it('is rejected under its UUID, with the date and reason of the last file', async () => {
    const uuid = await signme.multi(group(['a.pdf', 'b.pdf']))
    const reject = async (key: string) =>
      (await signme.form(`/signapi/multireject/${uuid}`, { key, reason: 'устарело' })).json()
    expect(await reject('TESTKEY2')).toEqual({ result: 'wrong_source' })
    const done = await reject('TESTKEY')
    expect(done).toEqual({ result: '0', lastdate: expect.any(String), lastreason: 'устарело' })
    expect(await reject('TESTKEY')).toEqual({ ...done, result: 'already_rejected' })
    expect(await signme.multiStatus(uuid)).toEqual({ status: '2', comment: 'устарело' })
  })

  it('refuses a group of none, of too many, and with a file that is wrong', async () => {
    expect(await signme.multi(group([]))).toBe('error 1: no file')
    expect(await signme.multi(group(Array(16).fill('a.pdf')))).toBe('error 6: cant create request')
    expect(await signme.multi(group(['a.pdf', '']))).toBe('error 2: no filename')
    expect(await signme.sign(group(['a.pdf']))).toBe('error 4: wrong json')
  })

  it('answers both spellings of the last slash, or redirects one when told to', async () => {
    const ask = async (path: string) => (await signme.post(path, 'mfile', group(['a.pdf']))).status
    expect(await ask('/signapi/multijson')).toBe(200)
    await signme.control('switches', 'PUT', { slashRedirect: true })
    expect([await ask('/signapi/multijson'), await ask('/signapi/multijson/')]).toEqual([301, 200])
    await signme.control('switches', 'PUT', { slashRedirect: false })
  })
})
