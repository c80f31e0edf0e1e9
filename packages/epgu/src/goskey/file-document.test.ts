import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packSigned } from './build-package.ts'
import { documentOfFile } from './file-document.ts'

const bytes = Uint8Array.from({ length: 700_001 }, (_, index) => (index * 7 + (index >> 9)) & 255)
let folder: string
let path: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muhr-file-document-'))
  path = join(folder, 'contract.pdf')
  await writeFile(path, bytes)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function collect(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<{ readonly octets: Uint8Array; readonly arrays: number }> {
  const copies: Uint8Array[] = []
  const arrays = new Set<ArrayBufferLike>()
  for await (const piece of pieces) {
    arrays.add(piece.buffer)
    copies.push(piece.slice())
  }

  return { octets: Buffer.concat(copies), arrays: arrays.size }
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

describe('a file as a document', () => {
  it('has its name and size, and gives all of its octets or those of a range', async () => {
    const document = await documentOfFile(path)
    expect(document).toMatchObject({ name: 'contract.pdf', size: bytes.length })
    expect(same((await collect(document.open())).octets, bytes)).toBe(true)
    for (const [start, end] of [
      [0, 1],
      [262_143, 524_290],
      [699_999, 700_001],
      [5, 5],
    ] as const) {
      const { octets } = await collect(document.open({ start, end }))
      expect(same(octets, bytes.subarray(start, end))).toBe(true)
    }
  })

  it('fills no array again that belongs to its reader', async () => {
    const document = await documentOfFile(path, 'other.pdf')
    const pieces: Uint8Array[] = []
    for await (const piece of document.open()) pieces.push(piece)
    expect(pieces.length).toBeGreaterThan(2)
    expect(same(Buffer.concat(pieces), bytes)).toBe(true)
  })

  it('takes two arrays in turn where pieces are done with at once', async () => {
    const document = await documentOfFile(path)
    const { octets, arrays } = await collect(document.open(undefined, { isFleeting: true }))
    expect(same(octets, bytes)).toBe(true)
    expect(arrays).toBe(2)
  })

  it('lets go of its file when a reader stops', async () => {
    const document = await documentOfFile(path)
    for (let round = 0; round < 3; round += 1) {
      for await (const piece of document.open()) {
        expect(piece.length).toBeGreaterThan(0)
        break
      }
    }
    // A handle that is left open is an error of its own when it is collected.
    expect((await collect(document.open())).octets).toHaveLength(bytes.length)
  })

  it('that is shorter than it was is refused, and not packed', async () => {
    const other = join(folder, 'shrinking.pdf')
    await writeFile(other, bytes)
    const document = await documentOfFile(other)
    await truncate(other, 1000)
    await expect(
      packSigned([document], { sign: async () => new Uint8Array(3) }),
    ).rejects.toMatchObject({ code: 'goskey.source-changed' })
  })

  it('that is not there is refused at once', async () => {
    await expect(documentOfFile(join(folder, 'none.pdf'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('signing and packing of a file', () => {
  it('lets a signer that digests at once have fleeting pieces, and another keep them', async () => {
    const opened: boolean[] = []
    const file = await documentOfFile(path)
    const watched: typeof file = {
      ...file,
      open: (range, options) => {
        opened.push(options?.isFleeting === true)

        return file.open(range, options)
      },
    }
    const kept: Uint8Array[] = []
    await packSigned([watched], {
      sign: async ({ content }) => {
        for await (const piece of content) kept.push(piece)

        return new Uint8Array(3)
      },
    })
    expect(same(Buffer.concat(kept), bytes)).toBe(true)
    const zip = await packSigned([watched], {
      sign: async ({ content }) => {
        expect(content.fleeting).toBeDefined()
        const { octets } = await collect(content.fleeting?.() ?? [])
        expect(same(octets, bytes)).toBe(true)

        return new Uint8Array(3)
      },
    })
    // Neither was read a second time to be measured.
    expect(opened).toEqual([false, true])
    const { octets } = await collect(zip.open(undefined, { isFleeting: true }))
    expect(same(octets, (await collect(zip.open())).octets)).toBe(true)
    expect(opened).toEqual([false, true, true, false])
  })
})
