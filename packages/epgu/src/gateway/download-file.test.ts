import { describe, expect, it } from 'vitest'
import { caught, caughtAs } from '../testing/caught.ts'
import { type Answer, serve } from '../testing/serve.ts'
import { testGateway, testTokens } from '../testing/test-gateway.ts'
import { testIo } from '../testing/test-io.ts'
import type { Download } from './download-file.ts'
import { parseFileLink } from './file-address.ts'

const serviceCode = '10000000374'
const file = { objectId: '21032616219', objectType: '3', mnemonic: 'Договор № 1.pdf_attach' }
const octets = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 13) % 256)
const ok: Answer = { status: 200, headers: { 'content-type': 'application/pdf' }, body: octets }

async function bytesOf({ body }: Download): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of body) pieces.push(piece)

  return new Uint8Array(Buffer.concat(pieces))
}

describe('download (spec §4.2)', () => {
  it('the current route asks by mnemonic and service, the old one by mnemonic', async () => {
    const epgu = await serve(() => ok)
    const gateway = testGateway(epgu.url)
    const download = await gateway.downloadFile(file, { serviceCode })
    expect(download).toMatchObject({ mediaType: 'application/pdf', sizeBytes: undefined })
    expect(await bytesOf(download)).toEqual(octets)
    await bytesOf(await gateway.downloadFile(file, { route: 'old' }))

    const name = '%D0%94%D0%BE%D0%B3%D0%BE%D0%B2%D0%BE%D1%80%20%E2%84%96%201.pdf_attach'
    expect(epgu.arrived.map(({ url }) => url)).toEqual([
      `/api/gusmev/files/download/21032616219/3?mnemonic=${name}&eserviceCode=10000000374`,
      `/api/storage/v2/files/21032616219/3/download?mnemonic=${name}`,
    ])
    expect(epgu.arrived[0]?.headers.authorization).toBe('Bearer token-1')
  })

  it('falls back to the old route when that was asked for, and only where nothing was found', async () => {
    const epgu = await serve(({ path }) => (path.includes('/storage/') ? ok : { status: 404 }))
    const gateway = testGateway(epgu.url)
    await caughtAs('epgu.not-found', gateway.downloadFile(file, { serviceCode }))
    const both = { serviceCode, route: 'current-then-old' } as const
    expect(await bytesOf(await gateway.downloadFile(file, both))).toEqual(octets)

    const denied = await serve(() => ({
      status: 403,
      body: { code: 'access_denied_personal_data' },
    }))
    const error = await caughtAs('epgu.refused', testGateway(denied.url).downloadFile(file, both))
    expect(error.data.epguCode).toBe('access_denied_personal_data')
    expect(denied.arrived).toHaveLength(1)
  })

  it('mnemonic and object come from the link, decoded', () => {
    expect(parseFileLink('terrabyte://00/21032616219/%D0%94%20%231.pdf/3')).toEqual({
      objectId: '21032616219',
      objectType: '3',
      mnemonic: 'Д #1.pdf',
    })
    expect(parseFileLink('terrabyte://00/1/100%.txt/2')?.mnemonic).toBe('100%.txt')
    for (const text of [
      undefined,
      '',
      'terrabyte://00/1/a',
      'https://00/1/a/3',
      'terrabyte://00/x/a/3',
    ]) {
      expect(parseFileLink(text)).toBeUndefined()
    }
  })

  it('a refused token is replaced once', async () => {
    const tokens = testTokens()
    const epgu = await serve(({ headers }) =>
      headers.authorization === 'Bearer token-2' ? ok : { status: 401 },
    )
    const download = await testGateway(epgu.url, { tokens }).downloadFile(file, { serviceCode })
    expect(await bytesOf(download)).toEqual(octets)
    expect(tokens.renewals()).toBe(1)
  })

  it('an address that would be another path is refused before anything leaves', async () => {
    const epgu = await serve(() => ok)
    const gateway = testGateway(epgu.url)
    const wrong = [
      { ...file, objectId: '1/../2' },
      { ...file, objectType: '3?' },
      { ...file, mnemonic: '' },
      { ...file, mnemonic: '\ud800' },
    ]
    for (const address of wrong) {
      await caughtAs('epgu.invalid-argument', gateway.downloadFile(address, { serviceCode }))
    }
    await caughtAs('epgu.invalid-argument', gateway.downloadFile(file))
    expect(epgu.arrived).toHaveLength(0)
  })
})

describe('redirects of a download', () => {
  const to = (location: string, cookies: readonly string[] = []): Answer => ({
    status: 302,
    headers: { location, 'set-cookie': cookies },
  })

  it('on the same host are followed with the token and the cookies so far', async () => {
    const answers = [
      to('/api/storage/v2/a?x=1', ['sid=abc; Path=/; HttpOnly', 'node=7; Secure', 'bad name=1']),
      to('../v2/b', ['node=8']),
      ok,
    ]
    const epgu = await serve(() => answers.shift())
    expect(await bytesOf(await testGateway(epgu.url).downloadFile(file, { serviceCode }))).toEqual(
      octets,
    )
    expect(epgu.arrived.slice(1).map(({ url }) => url)).toEqual([
      '/api/storage/v2/a?x=1',
      '/api/storage/v2/b',
    ])
    expect(epgu.arrived.map(({ headers }) => headers.cookie)).toEqual([
      undefined,
      'sid=abc; node=7',
      'sid=abc; node=8',
    ])
    for (const { headers } of epgu.arrived) expect(headers.authorization).toBe('Bearer token-1')
  })

  it('to another host, port, scheme or with credentials are refused, and nothing goes there', async () => {
    const other = await serve(() => ok)
    const cases: readonly (readonly [string | undefined, string])[] = [
      [`${other.url}/api/storage/x`, 'other-host'],
      [`//${new URL(other.url).host}/x`, 'other-host'],
      ['https://127.0.0.1/api/storage/x', 'other-host'],
      ['http://[', 'bad-location'],
      [undefined, 'no-location'],
    ]
    for (const [location, reason] of cases) {
      const epgu = await serve(() =>
        location === undefined ? { status: 302 } : { status: 302, headers: { location } },
      )
      const act = testGateway(epgu.url).downloadFile(file, { serviceCode })
      expect((await caughtAs('epgu.redirect-refused', act)).data.reason).toBe(reason)
      expect(epgu.arrived).toHaveLength(1)
    }
    const epgu = await serve(() => to('http://me:secret@127.0.0.1/'))
    const act = testGateway(epgu.url).downloadFile(file, { serviceCode })
    expect((await caughtAs('epgu.redirect-refused', act)).data.reason).toBe('bad-location')
    expect(other.arrived).toHaveLength(0)
  })

  it('a circle ends', async () => {
    const epgu = await serve(() => to('/api/again'))
    const act = testGateway(epgu.url).downloadFile(file, { serviceCode })
    expect((await caughtAs('epgu.redirect-refused', act)).data.reason).toBe('too-many')
    expect(epgu.arrived).toHaveLength(4)
  })

  it('to the name that a local terminator stands for go to the terminator', async () => {
    const answers = [to('https://www.gosuslugi.ru/api/storage/x'), ok]
    const epgu = await serve(() => answers.shift())
    const gateway = testGateway(epgu.url, { publicOrigin: 'https://www.gosuslugi.ru' })
    expect(await bytesOf(await gateway.downloadFile(file, { serviceCode }))).toEqual(octets)
    expect(epgu.arrived[1]?.url).toBe('/api/storage/x')
  })
})

describe('what may be wrong with a file', () => {
  it('larger than the limit, announced or not', async () => {
    const announced = await serve(() => ({ ...ok, headers: { 'content-length': '70000' } }))
    const options = { serviceCode, maxBytes: 69_999 }
    await caughtAs(
      'epgu.download-too-large',
      testGateway(announced.url).downloadFile(file, options),
    )

    const silent = await serve(() => ok)
    const download = await testGateway(silent.url).downloadFile(file, options)
    const error = await caughtAs('epgu.download-too-large', bytesOf(download))
    expect(error.data.limitBytes).toBe(69_999)
    const fits = await testGateway(silent.url).downloadFile(file, { ...options, maxBytes: 70_000 })
    expect((await bytesOf(fits)).length).toBe(70_000)
  })

  it('cut off in the middle', async () => {
    const epgu = await serve((_, { response }) => {
      response.writeHead(200, { 'content-length': '70000' })
      response.write(octets.subarray(0, 1000))
      setImmediate(() => response.destroy())

      return undefined
    })
    const download = await testGateway(epgu.url).downloadFile(file, { serviceCode })
    const error = await caughtAs('epgu.unreadable-answer', bytesOf(download))
    expect(error.data).toMatchObject({ operation: 'download', reason: 'cut-off' })
  })

  it('503 before the first octet is waited out', async () => {
    const answers: Answer[] = [{ status: 503 }, ok]
    const epgu = await serve(() => answers.shift())
    const io = testIo()
    const download = await testGateway(epgu.url, { io }).downloadFile(file, { serviceCode })
    expect(await bytesOf(download)).toEqual(octets)
    expect(io.slept).toHaveLength(1)
  })

  it('a signal ends it in the middle', async () => {
    const stop = new AbortController()
    const epgu = await serve((_, { response }) => {
      response.writeHead(200)
      response.write(octets)

      return undefined
    })
    const download = await testGateway(epgu.url).downloadFile(file, {
      serviceCode,
      signal: stop.signal,
    })
    const reading = bytesOf(download)
    stop.abort(new Error('left'))
    await expect(reading).rejects.toThrow('left')
  })

  it('someone else’s file', async () => {
    const epgu = await serve(() => ({ status: 403, body: { code: 'order_access' } }))
    expect(
      (await caught(testGateway(epgu.url).downloadFile(file, { serviceCode }))).data,
    ).toMatchObject({
      epguCode: 'order_access',
      operation: 'download',
    })
  })
})
