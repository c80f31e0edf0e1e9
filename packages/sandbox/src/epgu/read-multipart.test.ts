import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formOf } from '../testing/epgu-client.ts'
import { readMultipart } from './read-multipart.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'muhr-form-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const read = (
  body: Uint8Array,
  options: { size?: number; maxFileBytes?: number; contentType?: string } = {},
) =>
  readMultipart(inPieces(body, options.size ?? 64), {
    contentType: options.contentType ?? form.contentType,
    filePath: join(dir, 'file'),
    maxFileBytes: options.maxFileBytes ?? 1000,
    maxFieldBytes: 100,
  })

// Octets that look like the beginning of a boundary stand in the file.
const content = Buffer.from('a\r\n--test-boundary-7d\r\n--test-boundary-7\r\n\r\nend\r\n')
const form = formOf([
  { name: 'meta', value: '{"a":1}', type: 'application/json' },
  { name: 'file', value: content, type: 'application/zip', file: 'a.zip' },
])

describe('a form', () => {
  it.each([1, 2, 3, 7, 30, 1000])('is read in pieces of %i octets', async (size) => {
    const parts = await read(form.body, { size })
    expect(parts).toMatchObject([
      { name: 'meta', text: '{"a":1}', contentType: 'application/json', fileName: undefined },
      { name: 'file', fileName: 'a.zip', size: content.length },
    ])
    expect(await readFile(join(dir, 'file'))).toEqual(content)
  })

  it.each([
    ["form-data; name=file; filename=a.zip; filename*=utf-8''a.zip", 'a.zip'],
    ['form-data; name="file"; filename*=UTF-8\'\'%D0%B0.zip', 'а.zip'],
    ['form-data; name="file"; filename="архив.zip"', 'архив.zip'],
    ['form-data; name="file"; filename="a;name=b.zip"', 'a;name=b.zip'],
    ['form-data; filename="name=x.zip"; name="file"', 'name=x.zip'],
    ['form-data; name="file"; filename="a\\"b.zip"', 'a"b.zip'],
    ['form-data; name="file";\r\n filename="a.zip"', 'a.zip'],
    ['form-data;NAME="file";FILENAME="a.zip"', 'a.zip'],
    ['form-data; name="file"; filename="C:\\docs\\a.zip"', 'C:\\docs\\a.zip'],
  ])('reads the file name of %j', async (header, fileName) => {
    const body = Buffer.from(
      `--b\r\ncontent-disposition: ${header}\r\ncontent-type:application/zip\r\n\r\nzip\r\n--b--`,
    )
    const parts = await read(body, { contentType: 'multipart/form-data; boundary=b' })
    expect(parts).toMatchObject([
      { name: 'file', fileName, size: 3, contentType: 'application/zip' },
    ])
  })

  it('has blanks after a boundary, and text before the first and after the last', async () => {
    const body = Buffer.from(
      'before\r\n--b \t\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--b--after',
    )
    expect(await read(body, { contentType: 'multipart/form-data;boundary="b"' })).toMatchObject([
      { name: 'a', text: '1' },
    ])
    const bad = Buffer.from(String(body).replace('--b \t', '--b x'))
    await expect(read(bad, { contentType: 'multipart/form-data; boundary=b' })).rejects.toThrow(
      'a boundary is followed by other octets',
    )
  })

  it('reads a field that came as a Blob, with a file name', async () => {
    const data = new FormData()
    data.append('meta', new Blob(['{"a":1}'], { type: 'application/json' }))
    data.append('file', new Blob(['zip']), 'a.zip')
    const response = new Response(data)
    const contentType = response.headers.get('content-type') ?? ''
    const parts = await read(Buffer.from(await response.arrayBuffer()), { contentType })
    expect(parts).toMatchObject([
      { name: 'meta', text: '{"a":1}', contentType: 'application/json' },
      { name: 'file', size: 3 },
    ])
  })

  it('counts a file that is too large, and keeps no more than the limit', async () => {
    const parts = await read(form.body, { size: 8, maxFileBytes: 20 })
    expect(parts[1]?.size).toBe(content.length)
    expect((await readFile(join(dir, 'file'))).length).toBeLessThanOrEqual(20)
  })

  it.each([
    ['cut in a file', form.body.subarray(0, 220), form.contentType],
    ['cut before its end', form.body.subarray(0, form.body.length - 5), form.contentType],
    ['of another type', form.body, 'application/json'],
    ['with another boundary', form.body, 'multipart/form-data; boundary=other'],
    [
      'with a field that is too large',
      formOf([{ name: 'meta', value: 'x'.repeat(101) }]).body,
      form.contentType,
    ],
    [
      'with a file that comes twice',
      formOf([
        { name: 'file', value: 'a', file: 'a' },
        { name: 'file', value: 'b', file: 'b' },
      ]).body,
      form.contentType,
    ],
  ])('is refused %s', async (_what, body, contentType) => {
    await expect(read(body, { contentType })).rejects.toMatchObject({ name: 'FormError' })
  })
})
