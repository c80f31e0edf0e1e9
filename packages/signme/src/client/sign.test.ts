import { describe, expect, it } from 'vitest'
import { caughtAs } from '../testing/caught.ts'
import { serve } from '../testing/serve.ts'
import {
  fieldOf,
  hello,
  oneFile,
  plusAndSlash,
  testKey,
  testSignme,
  testSuffix,
  testUuid,
} from '../testing/test-signme.ts'

const form = 'application/x-www-form-urlencoded'

describe('1.1: one file', () => {
  it('1.1: POST /signapi/sjson with rfile in a form gives the suffix and the page', async () => {
    const signme = await serve(() => ({ status: 200, body: testSuffix }))
    const sent = await testSignme(signme.url).sign(oneFile)
    expect(sent).toEqual({
      suffix: testSuffix,
      requestId: '320186',
      pageUrl: `${signme.url}/signapi/sjson/${testSuffix}`,
      file: { name: 'договор.pdf', md5: plusAndSlash.md5 },
    })
    const [request] = signme.arrived
    expect(request).toMatchObject({ method: 'POST', url: '/signapi/sjson' })
    expect(request?.headers['content-type']).toBe(form)
    expect(request?.headers['content-length']).toBe(String(request?.body.length))
    expect(request?.headers['transfer-encoding']).toBeUndefined()
    expect(fieldOf(request?.body ?? Buffer.of(), 'rfile')).toEqual({
      filet: '+/+/Pg==',
      fname: 'договор.pdf',
      md5: plusAndSlash.md5,
      key: testKey,
      user_ph: '+79990000001',
    })
  })

  it('T11: the body is the encoding vector of the specification, to the octet', async () => {
    const signme = await serve(() => ({ status: 200, body: testSuffix }))
    await testSignme(signme.url).sign({ ...oneFile, withoutEmail: true })
    // The vector shows the encoding alone; real requests carry poemail as well (spec §12).
    const body = signme.arrived[0]?.body.toString('latin1').replace('%2C%22poemail%22%3A1', '')
    expect(body).toBe(
      'rfile=%7B%22filet%22%3A%22%2B%2F%2B%2FPg%3D%3D%22%2C%22fname%22%3A%22%5Cu0434%5Cu043e%5Cu0433%5Cu043e%5Cu0432%5Cu043e%5Cu0440.pdf%22%2C%22md5%22%3A%22cf5d15ad4abf7de57bc2ec33f7e08d3b%22%2C%22key%22%3A%22TESTKEY%22%2C%22user_ph%22%3A%22%2B79990000001%22%2C%22noemail%22%3A1%7D',
    )
  })

  it('T2: poemail and noemail both; every other option under its own name', async () => {
    const signme = await serve(() => ({ status: 200, body: testSuffix }))
    await testSignme(signme.url).sign({
      file: { name: 'a.pdf', bytes: hello.bytes },
      signer: { email: 'signer@example.test', phone: '89990000001', snils: '000-000-001 01' },
      company: { inn: '9999000013', ogrn: '1009999000018' },
      returnTo: { kind: 'push', url: 'https://gw.example.test/cb/signme/abc' },
      withoutEmail: true,
      requiresSms: true,
      notifies: true,
    })
    expect(fieldOf(signme.arrived[0]?.body ?? Buffer.of(), 'rfile')).toEqual({
      filet: 'SGVsbG8=',
      fname: 'a.pdf',
      md5: hello.md5,
      key: testKey,
      url: 'GET:https://gw.example.test/cb/signme/abc',
      user_email: 'signer@example.test',
      user_ph: '+79990000001',
      user_snils: '00000000101',
      company_inn: '9999000013',
      company_ogrn: '1009999000018',
      noemail: 1,
      poemail: 1,
      forcesms: 1,
      IF: 1,
    })
  })

  it('needs a signer by whom the signature can be told', async () => {
    const error = await caughtAs(
      'signme.invalid-argument',
      testSignme('http://127.0.0.1:1').sign({ ...oneFile, signer: {} }),
    )
    expect(error.data).toMatchObject({ field: 'signer', retry: 'final' })
  })

  it('a suffix in quotation marks, JSON or not, is a suffix', async () => {
    for (const body of [`"${testSuffix}"`, `"320186\\/df7977a1763a0a056a670913d96b9904"\n`]) {
      const signme = await serve(() => ({ status: 200, body }))
      expect((await testSignme(signme.url).sign(oneFile)).suffix).toBe(testSuffix)
    }
  })
})

describe('2.1: several files', () => {
  it('2.1: POST /signapi/multijson/ with mfile gives the UUID and the page', async () => {
    const signme = await serve(() => ({ status: 200, body: testUuid.toUpperCase() }))
    const sent = await testSignme(signme.url).signFiles({
      files: [
        { name: 'a.pdf', bytes: hello.bytes },
        { name: 'b.pdf', bytes: plusAndSlash.bytes },
      ],
      signer: { phone: '+79990000001' },
    })
    expect(sent.uuid).toBe(testUuid)
    expect(sent.pageUrl).toBe(`${signme.url}/signapi/multijson/${testUuid}`)
    expect(sent.files.map(({ md5 }) => md5)).toEqual([hello.md5, plusAndSlash.md5])
    expect(signme.arrived[0]).toMatchObject({ method: 'POST', url: '/signapi/multijson/' })
    expect(fieldOf(signme.arrived[0]?.body ?? Buffer.of(), 'mfile')).toEqual({
      files: [
        { filet: 'SGVsbG8=', fname: 'a.pdf', md5: hello.md5 },
        { filet: '+/+/Pg==', fname: 'b.pdf', md5: plusAndSlash.md5 },
      ],
      key: testKey,
      user_ph: '+79990000001',
    })
  })
})
