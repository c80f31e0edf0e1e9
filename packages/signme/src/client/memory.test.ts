import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { serveRaw } from '../testing/serve.ts'
import { hello, testSignme } from '../testing/test-signme.ts'

const run = promisify(execFile)
const answerBytes = 25_000_000
const allowedBytes = 128 * 1024 * 1024

/** A process that checks once and tells how far its whole memory grew. */
const client = (url: string) => `
import { createSignme, systemIo } from '${pathToFileURL(join(import.meta.dirname, '../index.ts')).href}'
const signme = createSignme({ baseUrl: '${url}', key: 'TESTKEY', io: systemIo() })
await signme.check('${hello.md5}')
const before = process.resourceUsage().maxRSS * 1024
const signatures = await signme.check('${hello.md5}')
const after = process.resourceUsage().maxRSS * 1024
console.log(JSON.stringify({
  grown: after - before,
  sizes: signatures.map(({ container }) => container?.length ?? 0),
}))
`

type Shape = {
  readonly signatures: number
  /** Without a length, as a server that streams. */
  readonly isChunked: boolean
  /** Every `/` written `\\/`, as PHP does. */
  readonly isEscaped: boolean
}

/** A server whose second answer has that many octets. */
async function server({ signatures, isChunked, isEscaped }: Shape) {
  const container = Buffer.alloc(Math.floor((answerBytes / signatures - 400) / 4) * 3)
  container.set([0x30, 0x84])
  container.writeUInt32BE(container.length - 6, 2)
  // One sign in a hundred is a slash.
  for (let at = 300; at < container.length; at += 75) container[at] = 0x3f
  const base64 = container.toString('base64')
  const member = `{"pkcs64":"${isEscaped ? base64.replaceAll('/', '\\/') : base64}","person":{"phone_number":"Тест"}}`
  const members = Array.from({ length: signatures }, (_, at) => `"signature_${at + 1}":${member}`)
  const octets = Buffer.from(`{"count":${signatures},${members.join(',')}}`)
  let calls = 0
  const { url } = await serveRaw((request, response) => {
    request.resume()
    calls += 1
    const body = calls === 1 ? Buffer.from('{"count":0}') : octets
    response.writeHead(200, isChunked ? {} : { 'content-length': body.length })
    if (isChunked) response.write(body.subarray(0, 1))
    response.end(isChunked ? body.subarray(1) : body)
  })

  return { url, sizes: members.map(() => container.length), sizeBytes: octets.length }
}

describe('an answer of 25 MB', () => {
  const shapes: readonly Shape[] = [
    { signatures: 1, isChunked: false, isEscaped: false },
    { signatures: 20, isChunked: false, isEscaped: true },
    { signatures: 1, isChunked: true, isEscaped: true },
  ]

  it.each(shapes)('is read with less than 128 MB more memory: %j', async (shape) => {
    const { url, sizes, sizeBytes } = await server(shape)
    expect(sizeBytes).toBeGreaterThan(24_000_000)
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', client(url)], {
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    })
    const read = JSON.parse(stdout) as { readonly grown: number; readonly sizes: number[] }
    expect(read.sizes).toEqual(sizes)
    expect(read.grown).toBeLessThan(allowedBytes)
  })

  it('above the limit is refused before it is read, and while it is read', async () => {
    for (const isAnnounced of [true, false]) {
      const { url } = await serveRaw((request, response) => {
        request.resume()
        response.writeHead(200, isAnnounced ? { 'content-length': '30000000' } : {})
        const piece = Buffer.alloc(1_000_000, 0x20)
        const write = () => {
          while (!response.destroyed && response.write(piece));
          if (!response.destroyed) response.once('drain', write)
        }
        write()
      })
      await expect(testSignme(url).check(hello.md5)).rejects.toMatchObject({
        code: 'signme.unreadable-answer',
        data: { reason: 'too-large' },
      })
    }
  })
})
