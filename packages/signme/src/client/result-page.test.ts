import { describe, expect, it } from 'vitest'
import { caughtAs } from '../testing/caught.ts'
import { serve } from '../testing/serve.ts'
import {
  fieldOf,
  hello,
  plusAndSlash,
  testKey,
  testSignme,
  testUuid,
} from '../testing/test-signme.ts'

describe('1.3: a page that shows who signed', () => {
  it('1.3: POST /signaturecheck/request with jsonrequest gives the UUID', async () => {
    const server = await serve(() => ({ status: 200, body: testUuid }))
    expect((await testSignme(server.url).createResultPage(hello.md5)).uuid).toBe(testUuid)
    expect(server.arrived[0]).toMatchObject({ method: 'POST', url: '/signaturecheck/request' })
    expect(fieldOf(server.arrived[0]?.body ?? Buffer.of(), 'jsonrequest')).toEqual({
      key: testKey,
      hash: hello.md5,
    })
  })

  it('1.3: result/UUID is the page, iframe/UUID the script', async () => {
    const server = await serve(() => ({ status: 200, body: testUuid }))
    expect(await testSignme(server.url).createResultPage(hello.md5)).toMatchObject({
      pageUrl: `${server.url}/signaturecheck/result/${testUuid}`,
      scriptUrl: `${server.url}/signaturecheck/iframe/${testUuid}`,
    })
  })

  it('T10: a page serves once, so each call asks for a new one and opens none', async () => {
    let count = 0
    const server = await serve(() => {
      count += 1

      return { status: 200, body: testUuid.replace('f7dd68da', `f7dd68d${count}`) }
    })
    const signme = testSignme(server.url)
    const pages = [
      await signme.createResultPage(hello.md5),
      await signme.createResultPage(hello.md5),
    ]
    expect(new Set(pages.map(({ pageUrl }) => pageUrl)).size).toBe(2)
    expect(server.arrived.map(({ path }) => path)).toEqual([
      '/signaturecheck/request',
      '/signaturecheck/request',
    ])
  })

  it('an answer that is no UUID is refused; asking again does no harm', async () => {
    const server = await serve(() => ({ status: 200, body: 'f7dd68da-4f2d' }))
    const error = await caughtAs(
      'signme.unreadable-answer',
      testSignme(server.url).createResultPage(hello.md5),
    )
    expect(error.data.reason).toBe('no-uuid')
  })
})

describe('2.4: a page for several files', () => {
  it('2.4: POST /signaturecheck/multi with hashes and names gives the UUID', async () => {
    const server = await serve(() => ({ status: 200, body: testUuid }))
    await testSignme(server.url).createGroupResultPage([
      { md5: hello.md5, name: 'a.pdf' },
      { md5: plusAndSlash.md5.toUpperCase() },
    ])
    expect(server.arrived[0]).toMatchObject({ method: 'POST', url: '/signaturecheck/multi' })
    expect(fieldOf(server.arrived[0]?.body ?? Buffer.of(), 'jsonrequest')).toEqual({
      key: testKey,
      files: [{ hash: hello.md5, name: 'a.pdf' }, { hash: plusAndSlash.md5 }],
    })
  })

  it('2.4: result/UUID/1 is the page, multiiframe/UUID the script', async () => {
    const server = await serve(() => ({ status: 200, body: testUuid }))
    expect(await testSignme(server.url).createGroupResultPage([{ md5: hello.md5 }])).toMatchObject({
      pageUrl: `${server.url}/signaturecheck/result/${testUuid}/1`,
      scriptUrl: `${server.url}/signaturecheck/multiiframe/${testUuid}`,
    })
  })
})
