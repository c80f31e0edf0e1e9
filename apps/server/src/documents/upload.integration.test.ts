import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  countRows,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
} from '../testing/index.ts'

const limit = 1_000_000

describe('an upload', () => {
  let muhr: TestInstallation
  let before: Readonly<Record<string, number>>

  beforeAll(async () => {
    muhr = await startTestInstallation({
      env: { MUHR_MAX_ENVELOPE_BYTES: String(limit) },
    })
  })
  afterAll(() => muhr?.stop())
  beforeEach(async () => {
    before = await countRows(muhr)
  })

  const stored = async () => expect(await countRows(muhr)).not.toEqual(before)
  const nothingStored = async () => expect(await countRows(muhr)).toEqual(before)

  /** Sends bytes as they are and gives what came back until the server is done with them. */
  async function sendRaw(head: readonly string[], body: Uint8Array): Promise<string> {
    const socket = connect(muhr.config.port, '127.0.0.1')
    await once(socket, 'connect')
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('error', () => undefined)
    socket.write(
      [
        'POST /v1/documents?fileName=act.pdf HTTP/1.1',
        `host: 127.0.0.1:${muhr.config.port}`,
        `authorization: Bearer ${muhr.access.apiKey}`,
        'content-type: application/octet-stream',
        ...head,
        '',
        '',
      ].join('\r\n'),
    )
    socket.write(body)
    socket.end()
    await once(socket, 'close')

    return Buffer.concat(chunks).toString('latin1')
  }

  describe('is refused by a named code, and leaves nothing behind:', () => {
    it.each([
      ['a file of 0 bytes', Buffer.alloc(0), 'act.pdf', 422, 'document.empty', 'body'],
      [
        'a PDF that is none',
        Buffer.from('hello'),
        'act.pdf',
        422,
        'document.media-type',
        'fileName',
      ],
      ['a picture called PDF', png(), 'act.pdf', 422, 'document.media-type', 'fileName'],
      ['a PDF called text', samplePdf(), 'act.txt', 422, 'document.media-type', 'fileName'],
      ['an archive called PDF', zip(), 'act.pdf', 422, 'document.media-type', 'fileName'],
      ['a name with a folder', samplePdf(), '../act.pdf', 422, 'document.name', 'fileName'],
      ['a name of two dots', samplePdf(), '..', 422, 'document.name', 'fileName'],
      ['an empty name', samplePdf(), '', 422, 'document.name', 'fileName'],
      ['a name of spaces', samplePdf(), '  ', 422, 'document.name', 'fileName'],
      ['a name with a line break', samplePdf(), 'a\nb.pdf', 422, 'document.name', 'fileName'],
      [
        'a name that reads backwards',
        samplePdf(),
        'a\u202efdp.exe',
        422,
        'document.name',
        'fileName',
      ],
      [
        'a name over 255 bytes',
        samplePdf(),
        `${'я'.repeat(130)}.pdf`,
        422,
        'document.name',
        'fileName',
      ],
      [
        'a file over the limit',
        samplePdf({ bytes: limit + 1 }),
        'act.pdf',
        413,
        'request.too-large',
        'body',
      ],
    ])('%s', async (_, bytes, fileName, status, code, field) => {
      const answer = await muhr.api.upload(bytes, { fileName })
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      expect(answer).toMatchObject({ status, body: { status, code, field } })
      expect(answer.body.advice).not.toBe('')
      await nothingStored()
    })

    it('a declared type that the bytes contradict', async () => {
      const answer = await muhr.api.call('/v1/documents?fileName=act&mediaType=image/png', {
        method: 'POST',
        body: samplePdf(),
        headers: { 'content-type': 'application/octet-stream' },
      })
      expect(answer).toMatchObject({ status: 422, body: { code: 'document.media-type' } })
      await nothingStored()
    })

    it('bytes that are not those of x-muhr-sha256', async () => {
      const bytes = samplePdf()
      const digest = createHash('sha256').update(samplePdf()).digest('hex')
      const answer = await muhr.api.upload(bytes, { headers: { 'x-muhr-sha256': digest } })
      expect(answer).toMatchObject({
        status: 422,
        body: { code: 'document.digest', field: 'x-muhr-sha256' },
      })
      await nothingStored()
    })

    it('one that is streamed over the limit without saying its length', async () => {
      const bytes = samplePdf({ bytes: limit + 70_000 })
      const answer = await muhr.api.call('/v1/documents?fileName=act.pdf', {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: new Blob([bytes]).stream(),
        duplex: 'half',
      } as RequestInit)
      expect(answer).toMatchObject({ status: 413, body: { code: 'request.too-large' } })
      await nothingStored()
    })

    it('one whose client goes away in the middle', async () => {
      const answer = await sendRaw(['content-length: 200000'], samplePdf({ bytes: 90_000 }))
      expect(answer).not.toMatch(/^HTTP\/1\.1 2/)
      await expect.poll(() => countRows(muhr)).toEqual(before)
    })

    it('one whose content-length is a lie: what is beyond is no part of it', async () => {
      const bytes = samplePdf({ bytes: 500 })
      const digest = createHash('sha256').update(bytes).digest('hex')
      const answer = await sendRaw(
        ['content-length: 300', `x-muhr-sha256: ${digest}`, 'connection: close'],
        bytes,
      )
      // Whichever is seen first: the digest of the 300 bytes, or that what follows is no request.
      expect(answer).toMatch(/^HTTP\/1\.1 4(00|22) /)
      expect(answer).toMatch(/"code":"(request\.invalid|document\.digest)"/)
      await nothingStored()
    })

    it('one with both a length and chunks, a smuggled request', async () => {
      const answer = await sendRaw(
        ['content-length: 5', 'transfer-encoding: chunked'],
        Buffer.from('0\r\n\r\n'),
      )
      expect(answer).toMatch(/^HTTP\/1\.1 400/)
      expect(answer).toContain('"code":"request.invalid"')
      await nothingStored()
    })
  })

  it('is taken in where its refused twins were not', async () => {
    const bytes = samplePdf({ bytes: limit })
    const digest = createHash('sha256').update(bytes).digest('hex')
    const answer = await muhr.api.upload(bytes, {
      fileName: 'Қосымша №1.pdf',
      headers: { 'x-muhr-sha256': digest.toUpperCase() },
    })
    expect(answer).toMatchObject({
      status: 201,
      body: {
        sha256: digest,
        size: limit,
        mediaType: 'application/pdf',
        fileName: 'Қосымша №1.pdf',
      },
    })
    const back = await muhr.api.call<Buffer>(`/v1/documents/${answer.body.id}/content`)
    expect(createHash('sha256').update(back.body).digest('hex')).toBe(digest)
    expect(back.headers.get('content-type')).toBe('application/pdf')
    expect(back.headers.get('content-disposition')).toContain("filename*=UTF-8''%D2%9A")
    expect(back.headers.get('x-content-type-options')).toBe('nosniff')
    await stored()
  })

  it('with bytes that are there already is a document of its own over the same file', async () => {
    const bytes = samplePdf()
    const first = await muhr.api.upload(bytes)
    const second = await muhr.api.upload(bytes)
    expect(second.body.sha256).toBe(first.body.sha256)
    expect(second.body.id).not.toBe(first.body.id)
    const after = await countRows(muhr)
    expect(after['files']).toBe((before['files'] ?? 0) + 1)
    expect(after['documents']).toBe((before['documents'] ?? 0) + 2)
  })

  it('is never run by a browser: what is not harmless is a download', async () => {
    const { body } = await muhr.api.upload(Buffer.from('<script>alert(1)</script>'), {
      fileName: 'page.html',
    })
    const back = await muhr.api.call<Buffer>(`/v1/documents/${body.id}/content`)
    expect(back.headers.get('content-type')).toBe('application/octet-stream')
    expect(back.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(back.headers.get('content-security-policy')).toMatch(/^sandbox;/)
  })

  it('goes on for others while a slow one is on its way', async () => {
    const slow = connect(muhr.config.port, '127.0.0.1')
    await once(slow, 'connect')
    slow.write(
      `POST /v1/documents?fileName=a.pdf HTTP/1.1\r\nhost: 127.0.0.1:${muhr.config.port}\r\nauthorization: Bearer ${muhr.access.apiKey}\r\ncontent-length: 1000\r\n\r\n%PDF-`,
    )
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => muhr.api.upload(samplePdf({ bytes: 20_000 }))),
    )
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    slow.destroy()
  })
})

function png(): Buffer {
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(40)])
}

function zip(): Buffer {
  return Buffer.concat([Buffer.from('504b0304', 'hex'), randomBytes(40)])
}
