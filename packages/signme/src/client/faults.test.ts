import type { IncomingMessage, ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { systemIo } from '@muhr/http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { retryClassOf, type SignmeError } from '../error.ts'
import { createNodeFetch } from '../node.ts'
import { caught } from '../testing/caught.ts'
import { type Answer, serve, serveRaw } from '../testing/serve.ts'
import { hello, oneFile, testSignme, testSuffix, testUuid } from '../testing/test-signme.ts'
import type { Signme } from './create-signme.ts'

/** Calls that make a request: a second one makes a second request, and tells the signer again. */
const creating: readonly ((signme: Signme) => Promise<unknown>)[] = [
  (signme) => signme.sign(oneFile),
  (signme) => signme.signFiles({ files: [oneFile.file], signer: oneFile.signer }),
]
/** Calls that only ask, or leave a page that nobody opens. */
const asking: readonly ((signme: Signme) => Promise<unknown>)[] = [
  (signme) => signme.status(testSuffix),
  (signme) => signme.groupStatus(testUuid),
  (signme) => signme.check(hello.md5),
  (signme) => signme.container(hello.md5),
  (signme) => signme.createResultPage(hello.md5),
  (signme) => signme.createGroupResultPage([{ md5: hello.md5 }]),
  (signme) => signme.precheck({ signer: oneFile.signer }),
]
const large = { ...oneFile, file: { name: 'a.pdf', bytes: new Uint8Array(24_000_000) } }

const withAnswer = async (answer: Answer, act: (signme: Signme) => Promise<unknown>) => {
  const server = await serve(() => answer)

  return caught(act(testSignme(server.url)))
}
const withConnection = async (
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  act: (signme: Signme) => Promise<unknown>,
  changes: Parameters<typeof testSignme>[1] = {},
) => {
  const server = await serveRaw(handle)

  return caught(act(testSignme(server.url, changes)))
}
const classOf = ({ code, data }: SignmeError) => [code, data.retry]

describe('a request for a signature, by where its failure happened', () => {
  it('nobody listens: without effect', async () => {
    const gone = createTcpServer()
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
    const { port } = gone.address() as AddressInfo
    await new Promise((resolve) => gone.close(resolve))
    for (const act of creating) {
      const error = await caught(act(testSignme(`http://127.0.0.1:${port}`)))
      expect(classOf(error)).toEqual(['signme.unreachable', 'safe'])
    }
  })

  it('the connection ends before the body, in the handshake of TLS: without effect', async () => {
    const server = createTcpServer((socket) => socket.destroy())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    for (const act of creating) {
      const error = await caught(act(testSignme(`https://127.0.0.1:${port}`)))
      expect(classOf(error)).toEqual(['signme.unreachable', 'safe'])
    }
  })

  it('the connection ends during the body: without effect', async () => {
    const error = await withConnection(
      (request) => void request.once('data', () => request.socket.destroy()),
      (signme) => signme.sign(large),
    )
    expect(classOf(error)).toEqual(['signme.unreachable', 'safe'])
  })

  it('the connection ends after the body: nobody knows', async () => {
    for (const act of creating) {
      const error = await withConnection((request) => {
        request.resume().on('end', () => request.socket.destroy())
      }, act)
      expect(classOf(error)).toEqual(['signme.outcome-unknown', 'ambiguous'])
      expect(error.data).toMatchObject({ reason: 'connection-lost', httpStatus: undefined })
    }
  })

  it('the answer breaks off, or has another length than it says: nobody knows', async () => {
    for (const written of ['', testSuffix.slice(0, 20), testSuffix]) {
      const error = await withConnection(
        (request, response) => {
          request.resume().on('end', () => {
            response.writeHead(200, { 'content-length': '200' })
            response.write(written)
            setTimeout(() => response.destroy(), 10)
          })
        },
        (signme) => signme.sign(oneFile),
      )
      expect(error.data).toMatchObject({
        reason: 'unreadable',
        fault: 'cut-off',
        retry: 'ambiguous',
      })
    }
  })

  it('no answer in time: nobody knows; no whole body in time: without effect', async () => {
    const limits = { timeoutMs: 200, timeoutPerPieceMs: 0 }
    const silent = await withConnection(
      (request) => void request.resume(),
      (signme) => signme.sign(oneFile),
      { limits },
    )
    expect(classOf(silent)).toEqual(['signme.outcome-unknown', 'ambiguous'])
    expect(silent.data).toMatchObject({ reason: 'timed-out' })
    const stuck = await withConnection(
      (request) => void request.pause(),
      (signme) => signme.sign(large),
      { limits },
    )
    expect(classOf(stuck)).toEqual(['signme.unreachable', 'safe'])
  })

  it('an answer that begins and never ends: nobody knows; a question had no effect', async () => {
    const limits = { timeoutMs: 200, timeoutPerPieceMs: 0 }
    const stall = (request: IncomingMessage, response: ServerResponse) => {
      request.resume()
      response.writeHead(200, { 'content-length': '100' })
      response.write('320186/')
    }
    const lost = await withConnection(stall, (signme) => signme.sign(oneFile), { limits })
    expect(classOf(lost)).toEqual(['signme.outcome-unknown', 'ambiguous'])
    const asked = await withConnection(stall, (signme) => signme.status(testSuffix), { limits })
    expect(classOf(asked)).toEqual(['signme.unreadable-answer', 'safe'])
  })

  it('502 with a page, 500, 503, 408: nobody knows', async () => {
    for (const status of [500, 502, 503, 504, 408]) {
      for (const act of creating) {
        const error = await withAnswer({ status, body: '<html>502</html>' }, act)
        expect(classOf(error), String(status)).toEqual(['signme.outcome-unknown', 'ambiguous'])
        expect(error.data).toMatchObject({ reason: 'unavailable', httpStatus: status })
      }
    }
  })

  it('429 turns away before anything is done: without effect, with the time to wait', async () => {
    const error = await withAnswer({ status: 429, headers: { 'retry-after': '7' } }, (signme) =>
      signme.sign(oneFile),
    )
    expect(classOf(error)).toEqual(['signme.unavailable', 'safe'])
    expect(error.data).toMatchObject({ retryAfterMs: 7000 })
  })

  it('200 with what is no suffix: nobody knows', async () => {
    for (const [body, fault] of [
      ['', 'empty'],
      ['<html>maintenance</html>', 'html-page'],
      ['{"suffix":"320186/df79"}', 'no-suffix'],
      ['320186', 'no-suffix'],
      // Whole by its length, cut by whoever made it.
      [testSuffix.slice(0, -1), 'no-suffix'],
      [testSuffix.slice(0, 20), 'no-suffix'],
      ['error: something', 'no-suffix'],
      ['x'.repeat(70_000), 'too-large'],
    ] as const) {
      const error = await withAnswer({ status: 200, body }, (signme) => signme.sign(oneFile))
      expect(classOf(error), body.slice(0, 30)).toEqual(['signme.outcome-unknown', 'ambiguous'])
      expect(error.data).toMatchObject({ reason: 'unreadable', fault })
    }
  })

  it('407 is the word of a proxy, not of Sign.Me: nothing arrived', async () => {
    const server = await serve(() => ({ status: 407, body: '<html>' }))
    // The global fetch gives no 407 back (WHATWG Fetch, HTTP-network-or-cache fetch), that of a proxy does.
    const io = systemIo({ fetch: createNodeFetch({ proxy: server.url }) })
    const error = await caught(testSignme('http://sign.example.test', { io }).sign(oneFile))
    expect(classOf(error)).toEqual(['signme.unreachable', 'safe'])
    expect(error.data).toMatchObject({ systemCode: 'proxy-authentication' })
  })

  it('400, 403, 404, 413 without error N: refused, without effect', async () => {
    for (const status of [400, 401, 403, 404, 413]) {
      const error = await withAnswer({ status, body: 'no' }, (signme) => signme.sign(oneFile))
      expect(classOf(error)).toEqual(['signme.refused', 'final'])
      expect(error.data).toMatchObject({
        refusal: 'unexplained',
        said: undefined,
        httpStatus: status,
      })
    }
  })

  it('T17: a redirect of a POST is never followed: 301, 307, 308 without effect, 302 and 303 unknown', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await serve(() => ({ status, headers: { location: '/signapi/sjson/' } }))
      const error = await caught(testSignme(server.url).sign(oneFile))
      const isKnown = status === 301 || status > 303
      expect(classOf(error), String(status)).toEqual(
        isKnown ? ['signme.redirected', 'final'] : ['signme.outcome-unknown', 'ambiguous'],
      )
      expect(server.arrived).toHaveLength(1)
    }
  })

  it('T17: the paths have the slashes of the text', async () => {
    const server = await serve(() => ({ status: 400 }))
    const signme = testSignme(server.url)
    for (const act of creating) await caught(act(signme))
    await caught(signme.reject(testSuffix, { reason: 'a' }))
    await caught(signme.rejectGroup(testUuid, { reason: 'a' }))
    expect(server.arrived.map(({ url }) => url)).toEqual([
      '/signapi/sjson',
      '/signapi/multijson/',
      '/signapi/reject/',
      `/signapi/multireject/${testUuid}`,
    ])
  })

  it('what the caller stops is ambiguous, by its own reason', async () => {
    const server = await serveRaw((request) => void request.resume())
    const stop = new AbortController()
    const reason = new Error('stopped')
    setTimeout(() => stop.abort(reason), 50)
    const ended = testSignme(server.url).sign({ ...oneFile, signal: stop.signal })
    await expect(ended).rejects.toBe(reason)
    expect(retryClassOf(reason)).toBe('ambiguous')
  })

  it('nothing is repeated by itself', async () => {
    for (const answer of [{ status: 502 }, { status: 200, body: '' }, { status: 429 }]) {
      const server = await serve(() => answer)
      await caught(testSignme(server.url).sign(oneFile))
      expect(server.arrived).toHaveLength(1)
    }
  })
})

describe('a question', () => {
  it('whose answer is lost or passing had no effect, whatever happened', async () => {
    for (const act of asking) {
      const lost = await withConnection((request) => {
        request.resume().on('end', () => request.socket.destroy())
      }, act)
      expect(classOf(lost)).toEqual(['signme.unreachable', 'safe'])
      for (const status of [500, 502, 429, 408]) {
        const error = await withAnswer({ status, body: '<html>' }, act)
        expect(classOf(error)).toEqual(['signme.unavailable', 'safe'])
      }
      const page = await withAnswer({ status: 200, body: '<html>login</html>' }, act)
      expect(classOf(page)).toEqual(['signme.unreadable-answer', 'safe'])
    }
  })

  it('that is redirected is not followed', async () => {
    for (const act of asking) {
      const other = await serve(() => ({ status: 200, body: { status: '1' } }))
      const location = `${other.url}/login`
      const error = await withAnswer({ status: 302, headers: { location } }, act)
      expect(classOf(error)).toEqual(['signme.redirected', 'final'])
      expect(error.data).toMatchObject({ to: 'other-host' })
      expect(other.arrived).toHaveLength(0)
    }
  })
})

describe('limits of what is sent', () => {
  it('T22: an empty file is refused before anything leaves, one octet is not', async () => {
    const server = await serve(() => ({ status: 200, body: testSuffix }))
    const signme = testSignme(server.url)
    const file = (lengthBytes: number) => ({
      ...oneFile,
      file: { name: 'a', bytes: new Uint8Array(lengthBytes) },
    })
    expect((await caught(signme.sign(file(0)))).data).toMatchObject({ field: 'file.bytes' })
    expect(server.arrived).toHaveLength(0)
    await signme.sign(file(1))
    expect(server.arrived).toHaveLength(1)
  })

  it('T22: a huge file and too many files are refused before anything leaves', async () => {
    const server = await serve(() => ({ status: 200, body: testUuid }))
    const signme = testSignme(server.url, { limits: { maxFileBytes: 100, maxFiles: 3 } })
    const files = (count: number, lengthBytes: number) => ({
      files: Array.from({ length: count }, () => ({
        name: 'a',
        bytes: new Uint8Array(lengthBytes),
      })),
      signer: oneFile.signer,
    })
    for (const request of [files(0, 1), files(4, 1), files(2, 51)]) {
      expect((await caught(signme.signFiles(request))).data).toMatchObject({ field: 'files' })
    }
    expect(server.arrived).toHaveLength(0)
    await signme.signFiles(files(2, 50))
    expect(server.arrived).toHaveLength(1)
  })

  it('the time limit grows with the body: 60 s and 1 s for each 100 kB', async () => {
    const asked: number[] = []
    const server = await serve(() => ({ status: 200, body: testSuffix }))
    const io = {
      fetch: (url: string, init: RequestInit) => fetch(url, init),
      now: () => new Date(0),
      timeout: (milliseconds: number) => {
        asked.push(milliseconds)

        return AbortSignal.timeout(60_000)
      },
    }
    const signme = testSignme(server.url, { io })
    await signme.sign({ ...oneFile, file: { name: 'a', bytes: new Uint8Array(1_500_000) } })
    await signme.sign(oneFile)
    const [first, second] = server.arrived.map(({ body }) => body.length)
    expect(asked).toEqual([
      60_000 + 1000 * Math.ceil((first ?? 0) / 100_000),
      60_000 + 1000 * Math.ceil((second ?? 0) / 100_000),
    ])
  })
})
