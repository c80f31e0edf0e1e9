import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureBytes, measureSource } from './measure.ts'
import { packZip } from './pack-zip.ts'
import { readZip } from './read-zip.ts'
import { layOutZip, type RangedZipSource, writeZip, type ZipSource, zipSize } from './write-zip.ts'

const limits = { entries: 100, totalBytes: 2 ** 30, ratio: 100 } as const

const sourceOf = (path: string, bytes: Uint8Array, step = 3): ZipSource => ({
  path,
  ...measureBytes(bytes),
  open: function* () {
    for (let at = 0; at < bytes.byteLength; at += step) {
      yield bytes.subarray(at, at + step)
    }
  },
})

async function collect(sources: Iterable<ZipSource>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of writeZip(sources)) {
    chunks.push(chunk)
  }

  return Buffer.concat(chunks)
}

describe('an archive written as a stream', () => {
  it('has the same octets as one packed in memory, whatever the chunks, and the size foretold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 50 }),
        async (contents, step) => {
          const files = contents.map((bytes, index) => ({ path: `файл ${index}.txt`, bytes }))
          const sources = files.map(({ path, bytes }) => sourceOf(path, bytes, step))
          const zip = await collect(sources)
          expect(Buffer.compare(zip, packZip(files))).toBe(0)
          expect(zipSize(sources)).toBe(zip.byteLength)
          expect([...readZip(zip, { limits }).keys()]).toEqual(files.map(({ path }) => path))
        },
      ),
    )
  })

  it.each([
    ['shorter', 'ab'],
    ['longer', 'abcd'],
    ['other', 'abx'],
  ])('ends with an error when a file gives %s octets than at first', async (_, later) => {
    const first = Buffer.from('abc')
    const changed = {
      ...sourceOf('a.txt', Buffer.from(later)),
      ...(await measureSource(() => [first])),
    }
    await expect(collect([sourceOf('a.txt', first)])).resolves.toBeInstanceOf(Uint8Array)
    await expect(collect([changed])).rejects.toMatchObject({
      code: 'zip.source-changed',
      data: { path: 'a.txt' },
    })
  })

  it('over four gigabytes is refused before their octets are read', async () => {
    const huge: ZipSource = {
      path: 'a.bin',
      size: 0xffff_ffff,
      crc32: 0,
      open: () => {
        throw new Error('read')
      },
    }
    await expect(collect([huge])).rejects.toMatchObject({ code: 'zip.too-large' })
  })

  it.skipIf(spawnSync('unzip', ['--help']).error !== undefined)(
    'is whole to unzip(1)',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'muhr-zip-'))
      try {
        const content = Buffer.from('слово '.repeat(1000))
        writeFileSync(join(folder, 'a.zip'), await collect([sourceOf('б.txt', content, 700)]))
        const { status } = spawnSync('unzip', ['-q', 'a.zip'], {
          cwd: folder,
          env: { ...process.env, LC_ALL: 'C.UTF-8' },
        })
        expect(status).toBe(0)
        expect(readFileSync(join(folder, 'б.txt')).equals(content)).toBe(true)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})

describe('an archive laid out', () => {
  const ranged = (path: string, bytes: Uint8Array, given = bytes): RangedZipSource => ({
    path,
    ...measureBytes(bytes),
    open: ({ start, end }) => [given.subarray(start, end)],
  })

  const readAll = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
    const all: Uint8Array[] = []
    for await (const chunk of chunks) {
      all.push(chunk)
    }

    return Buffer.concat(all)
  }

  it('gives in parts what it gives as a whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 97 }),
        async (contents, step) => {
          const files = contents.map((bytes, index) => ({ path: `${index}.txt`, bytes }))
          const zip = layOutZip(files.map(({ path, bytes }) => ranged(path, bytes)))
          const parts: Uint8Array[] = []
          for (let start = 0; start < zip.size; start += step) {
            const end = Math.min(start + step, zip.size)
            parts.push(await readAll(zip.open({ start, end })))
          }
          expect(Buffer.compare(Buffer.concat(parts), packZip(files))).toBe(0)
          expect(Buffer.compare(await readAll(zip.open()), packZip(files))).toBe(0)
        },
      ),
    )
  })

  it.each([
    ['shorter', 'ab'],
    ['other', 'abx'],
  ])('ends with an error when a file gives %s octets than at first', async (_, later) => {
    const zip = layOutZip([ranged('a.txt', Buffer.from('abc'), Buffer.from(later))])
    await expect(readAll(zip.open())).rejects.toMatchObject({ code: 'zip.source-changed' })
  })
})
