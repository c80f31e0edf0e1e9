import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { exchange } from './exchange.ts'
import { systemIo } from './io.ts'
import { streamBody } from './stream-body.ts'

const io = systemIo()

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    if ('closeAllConnections' in server) (server.closeAllConnections as () => void)()
  })

  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const serve = (handle: (request: IncomingMessage, response: ServerResponse) => void) =>
  listen(createServer(handle))

/** A body of that many octets in pieces of 64 KiB, and a last piece of one octet. */
function body(lengthBytes: number) {
  function* pieces() {
    for (let left = lengthBytes - 1; left > 0; left -= 65_536) {
      yield new Uint8Array(Math.min(left, 65_536))
    }
    yield new Uint8Array(1)
  }

  return streamBody({ pieces: pieces(), lengthBytes, contentType: 'application/octet-stream' })
}

const post = (url: string, lengthBytes: number, timeoutMs = 20_000) =>
  exchange(io, { url, method: 'POST', headers: {}, body: body(lengthBytes), timeoutMs })

/** More than the buffers of two sockets take. */
const large = 32_000_000

describe('where an exchange was lost decides whether the other side can have it whole', () => {
  it('nobody listens: nothing was sent', async () => {
    const url = await listen(createTcpServer())
    const gone = createTcpServer()
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
    const { port } = gone.address() as AddressInfo
    await new Promise((resolve) => gone.close(resolve))
    expect(url).not.toContain(String(port))
    const lost = await post(`http://127.0.0.1:${port}`, 100)
    expect(lost).toEqual({ kind: 'lost', isSent: false, systemCode: 'ECONNREFUSED' })
  })

  it('a host that speaks no TLS: nothing was sent, whatever the code', async () => {
    const url = await listen(createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad\r\n\r\n')))
    const lost = await post(url.replace('http:', 'https:'), 100)
    expect(lost).toMatchObject({ kind: 'lost', isSent: false })
  })

  it('the connection ends before TLS is there: nothing was sent', async () => {
    const url = await listen(createTcpServer((socket) => socket.destroy()))
    const lost = await post(url.replace('http:', 'https:'), 100)
    expect(lost).toMatchObject({ kind: 'lost', isSent: false })
  })

  it('the connection ends during the body: it cannot have arrived whole', async () => {
    const url = await serve((request) => request.once('data', () => request.socket.destroy()))
    expect(await post(url, large)).toMatchObject({ kind: 'lost', isSent: false })
  })

  it('the connection ends after the body: it may have arrived', async () => {
    const url = await serve((request) => {
      request.resume().on('end', () => request.socket.destroy())
    })
    for (const lengthBytes of [100, 1_000_000]) {
      expect(await post(url, lengthBytes)).toMatchObject({ kind: 'lost', isSent: true })
    }
  })

  it('cut at any octet: what the other side has whole is never told as not sent', async () => {
    const lengthBytes = 3_000_000
    const told = new Set<boolean>()
    const cuts = [0, 1, 50, 200, 65_536, 1_000_000, 2_999_999, 3_000_000, Infinity]
    for (const cutBytes of cuts) {
      let gotBytes = 0
      const url = await listen(
        createTcpServer((socket) => {
          if (cutBytes === 0) socket.resetAndDestroy()
          socket.on('error', () => undefined)
          socket.on('data', (piece) => {
            gotBytes += piece.length
            if (gotBytes >= cutBytes || gotBytes >= lengthBytes + 150) socket.resetAndDestroy()
          })
        }),
      )
      const lost = await post(url, lengthBytes)
      if (lost.kind !== 'lost') throw new Error('There was no answer to be had.')
      expect(gotBytes < lengthBytes || lost.isSent, `cut at ${cutBytes}`).toBe(true)
      told.add(lost.isSent)
    }
    expect(told).toEqual(new Set([true, false]))
  })

  it('a time limit during the body: not whole; after it: it may have arrived', async () => {
    const stuck = await serve((request) => request.pause())
    expect(await post(stuck, large, 300)).toEqual({
      kind: 'lost',
      isSent: false,
      systemCode: 'timeout',
    })
    const silent = await serve((request) => request.resume())
    expect(await post(silent, 1000, 300)).toEqual({
      kind: 'lost',
      isSent: true,
      systemCode: 'timeout',
    })
  })

  it('a body of one text is taken for sent, unless nothing was connected', async () => {
    const url = await serve((request) => request.socket.destroy())
    const lost = await exchange(io, {
      url,
      method: 'POST',
      headers: {},
      body: 'x'.repeat(100),
      timeoutMs: 20_000,
    })
    expect(lost).toMatchObject({ kind: 'lost', isSent: true })
  })
})

describe('a redirect of a streamed body', () => {
  it('is an answer, and is not followed', async () => {
    let calls = 0
    const url = await serve((request, response) => {
      calls += 1
      request.resume().on('end', () => response.writeHead(307, { location: '/b' }).end())
    })
    const answered = await post(url, 1000)
    expect(answered).toMatchObject({ kind: 'answered', response: { status: 307 } })
    expect(calls).toBe(1)
  })

  it('is a lost answer where that is asked for, so that fetch keeps no copy', async () => {
    const url = await serve((request, response) => {
      request.resume().on('end', () => response.writeHead(307, { location: '/b' }).end())
    })
    const lost = await exchange(io, {
      url,
      method: 'POST',
      headers: {},
      body: body(1000),
      redirects: 'lose',
      timeoutMs: 20_000,
    })
    expect(lost).toMatchObject({ kind: 'lost', isSent: true })
  })
})

describe('what comes of the world', () => {
  it('what the source of a body throws is thrown, as it is', async () => {
    const url = await serve((request, response) => {
      request.resume().on('end', () => response.end())
    })
    const failure = new Error('the file is gone')
    const pieces = (function* () {
      yield new Uint8Array(10)
      throw failure
    })()
    await expect(
      exchange(io, {
        url,
        method: 'POST',
        headers: {},
        body: streamBody({ pieces, lengthBytes: 20, contentType: 'text/plain' }),
        timeoutMs: 20_000,
      }),
    ).rejects.toBe(failure)
  })

  it('a signal of the caller ends the call with its own reason', async () => {
    const url = await serve((request) => request.resume())
    const controller = new AbortController()
    const reason = new Error('stopped')
    setTimeout(() => controller.abort(reason), 50)
    await expect(
      exchange(io, {
        url,
        method: 'GET',
        headers: {},
        timeoutMs: 20_000,
        signal: controller.signal,
      }),
    ).rejects.toBe(reason)
  })
})
