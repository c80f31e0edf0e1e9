import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { send, serveRaw } from '../testing/serve.ts'
import { patternSource, testGateway, testMeta } from '../testing/test-gateway.ts'

const sizeBytes = 100_000_000
/** Octets alive may grow by this: the buffers of sockets on both sides, which live in this process. */
const allowedBytes = 16_000_000

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Measures what is alive, at most once in ten million octets of progress. */
function memoryWatch() {
  const alive = () => {
    // Memory of buffers that the first one found dead is counted off by the second.
    collectGarbage()
    collectGarbage()

    return process.memoryUsage().arrayBuffers
  }
  const before = alive()
  let next = 0
  let most = 0
  let samples = 0

  return {
    at(progressBytes: number) {
      if (progressBytes < next) return
      next = progressBytes + 10_000_000
      samples += 1
      most = Math.max(most, alive() - before)
    },
    result: () => ({ most, samples }),
  }
}

describe('100 MB are never in memory', () => {
  it('on the way up, in chunks and in one piece', async () => {
    let arrivedBytes = 0
    let chunks = 0
    const epgu = await serveRaw((request, response) => {
      request.on('data', (piece: Buffer) => {
        arrivedBytes += piece.length
      })
      request.on('end', () => {
        chunks += 1
        send(response, { status: chunks < 5 ? 206 : 200, body: { orderId: 7 } })
      })
    })
    const watch = memoryWatch()
    await testGateway(epgu.url).pushChunks({
      orderId: 7,
      meta: testMeta,
      source: patternSource(sizeBytes),
      onProgress: ({ sentBytes }) => watch.at(sentBytes),
    })
    expect(arrivedBytes).toBeGreaterThan(sizeBytes)
    const { most, samples } = watch.result()
    expect(samples).toBeGreaterThanOrEqual(10)
    expect(most).toBeLessThan(allowedBytes)

    const once = memoryWatch()
    await testGateway(epgu.url).pushOrder({
      meta: testMeta,
      source: patternSource(50_000_000),
      onProgress: once.at,
    })
    expect(once.result().samples).toBeGreaterThanOrEqual(5)
    expect(once.result().most).toBeLessThan(allowedBytes)
  })

  it('on the way down, to a reader that is slower than the network', async () => {
    const epgu = await serveRaw(async (_, response) => {
      response.writeHead(200, { 'content-length': String(sizeBytes) })
      for await (const piece of patternSource(sizeBytes).slice(0, sizeBytes)) {
        if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve))
      }
      response.end()
    })
    const watch = memoryWatch()
    const { body } = await testGateway(epgu.url).downloadFile(
      { objectId: '1', objectType: '3', mnemonic: 'a' },
      { route: 'old' },
    )
    let readBytes = 0
    for await (const piece of body) {
      readBytes += piece.length
      watch.at(readBytes)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(readBytes).toBe(sizeBytes)
    expect(watch.result().samples).toBeGreaterThanOrEqual(10)
    expect(watch.result().most).toBeLessThan(allowedBytes)
  })
})
