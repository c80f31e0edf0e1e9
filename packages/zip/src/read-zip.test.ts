import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inMemory, openZip } from './open-zip.ts'
import { packZip } from './pack-zip.ts'
import { readZip } from './read-zip.ts'
import { limits, readingOf, refusalOf } from './testing/reading-of.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const twoFiles = [
  { path: 'a.txt', bytes: bytes('one') },
  { path: 'папка/б.txt', bytes: bytes('два') },
]

/** Offsets inside headers, clause 4.3.7 and 4.3.12. */
const local = { flags: 6, method: 8, crc: 14, size: 22, name: 30 }
const central = { madeBy: 4, flags: 8, method: 10, crc: 16, size: 24, mode: 38, offset: 42 }

/** A zip with some octets written over. */
function patched(
  files: Parameters<typeof packZip>[0],
  edit: (view: DataView, places: { local: number[]; central: number[] }) => void,
): Uint8Array {
  const zip = Uint8Array.from(packZip(files))
  const text = Buffer.from(zip)
  const find = (mark: number[]): number[] => {
    const found: number[] = []
    for (
      let at = text.indexOf(Buffer.from(mark));
      at >= 0;
      at = text.indexOf(Buffer.from(mark), at + 1)
    ) {
      found.push(at)
    }

    return found
  }
  edit(new DataView(zip.buffer), {
    local: find([0x50, 0x4b, 3, 4]),
    central: find([0x50, 0x4b, 1, 2]),
  })

  return zip
}

/** Sets a 16-bit field in both headers of the first entry. */
const both =
  (field: 'flags' | 'method', value: number) =>
  (view: DataView, places: { local: number[]; central: number[] }) => {
    view.setUint16((places.local[0] ?? 0) + local[field], value, true)
    view.setUint16((places.central[0] ?? 0) + central[field], value, true)
  }

describe('a zip that Muhr wrote', () => {
  it('is read back, names of all alphabets and empty files included', () => {
    const files = [
      ...twoFiles,
      { path: 'empty', bytes: new Uint8Array() },
      { path: 'Oʻzbek «қазақ» № 1.pdf', bytes: bytes('x') },
    ]
    const read = readZip(packZip(files), { limits })
    expect([...read]).toEqual(files.map(({ path, bytes: content }) => [path, Buffer.from(content)]))
  })

  it.each([
    ['cut at the end', (zip: Uint8Array) => zip.subarray(0, zip.length - 1), 'structure'],
    ['cut at the start', (zip: Uint8Array) => zip.subarray(1), 'structure'],
    ['with octets after it', (zip: Uint8Array) => Buffer.concat([zip, bytes('x')]), 'structure'],
    ['with octets before it', (zip: Uint8Array) => Buffer.concat([bytes('x'), zip]), 'structure'],
    ['without anything', () => new Uint8Array(), 'structure'],
  ])('is refused %s', async (_, change, reason) => {
    expect(await readingOf(packZip(twoFiles))).toEqual(['a.txt', 'папка/б.txt'])
    expect(await readingOf(change(packZip(twoFiles)))).toBe(`zip.${reason}`)
  })
})

describe('names', () => {
  it.each([
    '../evil',
    'a/../../evil',
    '/etc/passwd',
    'C:\\evil',
    'a\\b',
    'a//b',
    './a',
    'CON',
    'a/NUL.txt',
    'end.',
    'end ',
    'tab\there',
    'spoof\u202Efdp.exe',
    'x'.repeat(201),
  ])('%j is refused', async (path) => {
    expect(await readingOf(packZip([{ path: 'a/good.txt', bytes: bytes('x') }]))).toEqual([
      'a/good.txt',
    ])
    expect(await readingOf(packZip([{ path, bytes: bytes('x') }]))).toBe('zip.unsafe-name')
  })

  it.each([
    ['twice the same', 'a', 'a'],
    ['differing in case alone', 'Договор.pdf', 'ДОГОВОР.pdf'],
    ['composed and decomposed', 'й.pdf', 'и\u0306.pdf'],
  ])('%s are refused', async (_, first, second) => {
    const pack = (other: string) =>
      packZip([
        { path: first, bytes: bytes('1') },
        { path: other, bytes: bytes('2') },
      ])
    expect(await readingOf(pack('other.pdf'))).toEqual([first, 'other.pdf'])
    expect(await readingOf(pack(second))).toBe('zip.duplicate-name')
  })

  it('need no mark that they are UTF-8, but must be it', async () => {
    const unmarked = (path: string) => patched([{ path, bytes: bytes('x') }], both('flags', 0))
    expect(await readingOf(unmarked('договор.txt'))).toEqual(['договор.txt'])
    const notUtf8 = Buffer.from(
      Buffer.from(unmarked('яя.txt'))
        .toString('latin1')
        .replaceAll('\xd1\x8f\xd1\x8f', '\xff\xfe\xff\xfe'),
      'latin1',
    )
    expect(await readingOf(notUtf8)).toBe('zip.unsafe-name')
  })
})

describe('a flat archive', () => {
  const flat = [{ path: 'a.txt', bytes: bytes('x') }]

  it.each([
    ['a file in a folder', 'in/a.txt'],
    ['a folder', 'in/'],
  ])('has not %s', async (_, path) => {
    expect(await readingOf(packZip(flat), true)).toEqual(['a.txt'])
    const zip = packZip([{ path, bytes: bytes(path.endsWith('/') ? '' : 'x') }])
    expect(await readingOf(zip, true)).toBe('zip.not-flat')
  })
})

describe('faults of single entries', () => {
  const zip = packZip([
    { path: 'a.txt', bytes: bytes('1') },
    { path: 'A.txt', bytes: bytes('2') },
    { path: 'in/b.txt', bytes: bytes('3') },
    { path: '../c.txt', bytes: bytes('4') },
  ])

  it('are told all at once, and no such entry can be read', async () => {
    const faults: string[] = []
    const entries = await openZip(inMemory(zip), {
      limits,
      isFlat: true,
      report: ({ code, data }) => faults.push(`${code} ${data.path}`),
    })
    expect(faults).toEqual([
      'zip.duplicate-name A.txt',
      'zip.not-flat in/b.txt',
      'zip.unsafe-name ../c.txt',
    ])
    const readable = await Promise.all(
      entries.map(async (entry) => {
        try {
          for await (const _ of entry.open()) {
            // Read to its end.
          }

          return entry.name
        } catch (error) {
          return refusalOf(error)
        }
      }),
    )
    expect(readable).toEqual(['a.txt', 'zip.duplicate-name', 'zip.not-flat', 'zip.unsafe-name'])
  })
})

describe('headers', () => {
  it.each([
    [
      'of an entry with two names',
      patched(twoFiles, (view, { local: [at = 0] }) => view.setUint8(at + local.name, 0x62)),
      'header-mismatch',
    ],
    [
      'of an entry with two sizes',
      patched(twoFiles, (view, { local: [at = 0] }) => view.setUint32(at + local.size, 4, true)),
      'header-mismatch',
    ],
    [
      'of an entry with two checksums',
      patched(twoFiles, (view, { central: [at = 0] }) => view.setUint32(at + central.crc, 1, true)),
      'header-mismatch',
    ],
    [
      'of a changed file',
      patched(twoFiles, (view) => view.setUint8(local.name + 'a.txt'.length, 0x4f)),
      'checksum-mismatch',
    ],
    ['of an encrypted entry', patched(twoFiles, both('flags', 0x801)), 'encrypted'],
    ['of an entry packed otherwise', patched(twoFiles, both('method', 12)), 'unsupported-method'],
    [
      'of a symbolic link',
      patched(twoFiles, (view, { central: [at = 0] }) =>
        view.setUint32(at + central.mode, 0o120777 * 65536, true),
      ),
      'not-a-file',
    ],
    [
      'of two entries over the same octets',
      patched(twoFiles, (view, { central: [, at = 0] }) =>
        view.setUint32(at + central.offset, 0, true),
      ),
      'structure',
    ],
  ])('%s are refused', async (_, zip, reason) => {
    expect(await readingOf(zip)).toBe(`zip.${reason}`)
  })
})

describe('a comment at the end', () => {
  const rules = { limits, maxComment: 0xffff }
  /** The archive with `comment`, which says of itself that it has so many octets. */
  const commented = (comment: Uint8Array, length = comment.length): Uint8Array => {
    const zip = Buffer.from(packZip(twoFiles))
    zip.writeUInt16LE(length, zip.length - 2)

    return Buffer.concat([zip, comment])
  }
  const endRecord = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])
  const read = async (zip: Uint8Array, more: { maxComment?: number } = rules) => {
    const all = { limits, ...more }
    const opened = await openZip(inMemory(zip), all).then(
      (entries) => entries.map(({ name }) => name),
      (error: { code: string }) => error.code,
    )
    try {
      expect([...readZip(zip, all).keys()]).toEqual(opened)
    } catch (error) {
      expect((error as { code: string }).code).toBe(opened)
    }

    return opened
  }

  it('is taken where it is allowed, as long as is allowed', async () => {
    const names = twoFiles.map(({ path }) => path)
    for (const length of [1, 22, 300, 0xffff]) {
      expect(await read(commented(Buffer.alloc(length, 0x20)))).toEqual(names)
    }
    expect(await read(packZip(twoFiles))).toEqual(names)
    expect(await read(commented(Buffer.alloc(300, 0x20)), { maxComment: 299 })).toBe(
      'zip.structure',
    )
    expect(await read(commented(Buffer.alloc(1, 0x20)), {})).toBe('zip.structure')
  })

  it.each([
    ['shorter than it says', commented(Buffer.alloc(10, 0x20), 11)],
    ['longer than it says', commented(Buffer.alloc(10, 0x20), 9)],
    ['that holds a whole archive’s end', commented(endRecord)],
    ['that holds the mark of an end', commented(Buffer.concat([endRecord, Buffer.alloc(9, 0x20)]))],
    [
      'that an earlier end would claim with all behind it',
      (() => {
        const inner = commented(Buffer.alloc(0))
        const outer = Buffer.from(packZip([{ path: 'inner', bytes: inner }]))
        const at = outer.indexOf(endRecord.subarray(0, 4))
        outer.writeUInt16LE(outer.length - at - 22, at + 20)

        return outer
      })(),
    ],
  ])('%s is refused: two programs could find two archives', async (_, zip) => {
    expect(await read(zip)).toBe('zip.structure')
  })

  it('a stored archive inside is no second end', async () => {
    const inner = packZip(twoFiles)
    expect(await read(packZip([{ path: 'inner', bytes: inner }]))).toEqual(['inner'])
  })
})

/** One deflated entry, its sizes as given. */
function deflated(content: Uint8Array, packed: Uint8Array, size = content.length): Uint8Array {
  const name = Buffer.from('a')
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(8, 4)
  common.writeUInt32LE(crc32(content), 10)
  common.writeUInt32LE(packed.length, 14)
  common.writeUInt32LE(size, 18)
  common.writeUInt16LE(1, 22)
  const header = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common, name])
  const directory = Buffer.concat([
    Buffer.from([0x50, 0x4b, 1, 2, 20, 0]),
    common,
    Buffer.alloc(14),
    name,
  ])
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(header.length + packed.length, 16)

  return Buffer.concat([header, packed, directory, end])
}

describe('packed entries', () => {
  const content = bytes('зайчик '.repeat(12))
  const packed = deflateRawSync(content)

  it('are unpacked', () => {
    expect(readZip(deflated(content, packed), { limits }).get('a')).toEqual(Buffer.from(content))
  })

  it.each([
    ['longer than they say', deflated(content, packed, content.length - 1), 'structure'],
    ['shorter than they say', deflated(content, packed, content.length + 1), 'structure'],
    [
      'with octets after the end of the stream',
      deflated(content, Buffer.concat([packed, Buffer.from('x')])),
      'structure',
    ],
    ['cut', deflated(content, packed.subarray(0, packed.length - 2)), 'structure'],
  ])('are refused when %s', async (_, zip, reason) => {
    expect(await readingOf(zip)).toBe(`zip.${reason}`)
  })

  it('are refused as a bomb above a hundred to one', async () => {
    const mild = Buffer.concat([Buffer.alloc(5_000), bytes('x'.repeat(200))])
    const bomb = Buffer.alloc(10_000_000)
    expect(await readingOf(deflated(mild, deflateRawSync(mild, { level: 0 })))).toEqual(['a'])
    expect(await readingOf(deflated(bomb, deflateRawSync(bomb)))).toBe('zip.bomb 100')
  })
})

describe('number and size', () => {
  it('of entries are limited', async () => {
    const many = (count: number) =>
      packZip(
        Array.from({ length: count }, (_, index) => ({ path: `f${index}`, bytes: bytes('') })),
      )
    expect(await readingOf(many(5_000))).toHaveLength(5_000)
    expect(await readingOf(many(5_001))).toBe('zip.too-many-entries 5000')
  })

  it('of all files together are limited before anything is unpacked', async () => {
    const huge = patched(twoFiles, (view, { local: [at = 0], central: [to = 0] }) => {
      view.setUint32(at + local.size, 0x90000000, true)
      view.setUint32(to + central.size, 0x90000000, true)
    })
    expect(await readingOf(huge)).toBe('zip.too-large 2147483648')
  })
})
