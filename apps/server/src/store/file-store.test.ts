import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import type { Sha256Hex } from '@muhr/envelope'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BlobStore } from './blob-store.ts'
import { draftPath } from './drafts.ts'
import { createFileStore } from './file-store.ts'
import { createFolderSync } from './sync-folder.ts'

let folder: string
let store: BlobStore

beforeEach(async () => {
  folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'muhr-store-')), 'store')
  store = await createFileStore(folder)
})

afterEach(() => {
  fs.rmSync(path.dirname(folder), { recursive: true, force: true })
})

function sha256Of(bytes: Uint8Array): Sha256Hex {
  return createHash('sha256').update(bytes).digest('hex') as Sha256Hex
}

/** All files of the store, by path inside it. */
function listFiles(): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()
}

function objectPath(sha256: string): string {
  return path.join(folder, 'objects', sha256.slice(0, 2), sha256)
}

/** A file system of 64 KiB in memory. Only root may, and in some containers not even root. */
function mountSmall(place: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place]).status === 0
}

function canMount(): boolean {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'muhr-mount-'))
  const isMounted = mountSmall(place)

  if (isMounted) {
    spawnSync('umount', [place])
  }
  fs.rmdirSync(place)

  return isMounted
}

describe('put', () => {
  it('gives any bytes back under their SHA-256, however they came', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 300_000 }), { maxLength: 8 }),
        async (chunks) => {
          const bytes = Buffer.concat(chunks)
          const whole = await store.put(bytes)
          const streamed = await store.put(Readable.from(chunks))

          expect(whole).toEqual({ sha256: sha256Of(bytes), size: bytes.length })
          expect(streamed).toEqual(whole)
          expect(await store.has(whole.sha256)).toBe(true)
          expect((await store.read(whole.sha256)).equals(bytes)).toBe(true)
          expect((await buffer(store.open(whole.sha256))).equals(bytes)).toBe(true)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('keeps the same bytes once, closed to others', async () => {
    const bytes = randomBytes(1000)
    const puts = await Promise.all(Array.from({ length: 8 }, () => store.put(bytes)))

    expect(new Set(puts.map(({ sha256 }) => sha256)).size).toBe(1)
    expect(listFiles()).toEqual([path.relative(folder, objectPath(sha256Of(bytes)))])
    expect(fs.statSync(objectPath(sha256Of(bytes))).mode & 0o777).toBe(0o600)
    expect(fs.statSync(path.dirname(objectPath(sha256Of(bytes)))).mode & 0o777).toBe(0o700)
  })

  it('mends bytes that were changed, when they are put again', async () => {
    const bytes = randomBytes(1000)
    const { sha256 } = await store.put(bytes)
    fs.writeFileSync(objectPath(sha256), 'other')
    await store.put(bytes)

    expect((await store.read(sha256)).equals(bytes)).toBe(true)
  })

  it('takes as many bytes as are allowed and refuses one more, leaving nothing behind', async () => {
    const { size } = await store.put(randomBytes(1000), { maxBytes: 1000 })
    expect(size).toBe(1000)
    const before = listFiles()
    const refused = { code: 'store.too-large', data: { maxBytes: 999 } }

    await expect(store.put(randomBytes(1000), { maxBytes: 999 })).rejects.toMatchObject(refused)
    await expect(
      store.put(Readable.from([randomBytes(500), randomBytes(500)]), { maxBytes: 999 }),
    ).rejects.toMatchObject(refused)
    expect(listFiles()).toEqual(before)
  })

  it('stops reading at the limit instead of reading to the end', async () => {
    let handedOut = 0
    async function* endless() {
      for (;;) {
        handedOut += 1
        yield Buffer.alloc(1000)
      }
    }

    await expect(store.put(endless(), { maxBytes: 10_000 })).rejects.toMatchObject({
      code: 'store.too-large',
    })
    expect(handedOut).toBe(11)
  })

  it('passes the error of a source on, and leaves nothing behind', async () => {
    async function* broken() {
      yield randomBytes(3_000_000)
      throw new Error('the client hung up')
    }

    await expect(store.put(broken())).rejects.toThrow('the client hung up')
    expect(listFiles()).toEqual([])
  })

  it('ends at once when aborted, even if the source has stalled', async () => {
    const abort = new AbortController()
    async function* stalled() {
      yield randomBytes(2_000_000)
      abort.abort(new Error('enough'))
      await new Promise(() => undefined)
    }

    await expect(store.put(stalled(), { signal: abort.signal })).rejects.toThrow('enough')
    await expect(store.put(randomBytes(1), { signal: abort.signal })).rejects.toThrow('enough')
    expect(listFiles()).toEqual([])
  })

  it('takes 100 MB with little memory', async () => {
    const chunk = randomBytes(65_536)
    async function* large() {
      for (let index = 0; index < 1600; index += 1) {
        yield Buffer.from(chunk)
      }
    }
    const before = process.memoryUsage().rss
    let peak = before
    const timer = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss)
    }, 5)
    const { size } = await store.put(large())
    clearInterval(timer)

    expect(size).toBe(104_857_600)
    expect(peak - before).toBeLessThan(150 * 1024 * 1024)
  })
})

describe('reading', () => {
  it('tells that there are no such bytes', async () => {
    const sha256 = sha256Of(Buffer.from('never put'))

    await expect(store.read(sha256)).rejects.toMatchObject({ code: 'store.not-found' })
    await expect(buffer(store.open(sha256))).rejects.toMatchObject({ code: 'store.not-found' })
    expect(await store.has(sha256)).toBe(false)
  })

  it('notices a changed, a cut and a lengthened file, before the last chunk is handed out', async () => {
    const bytes = randomBytes(600_000)
    const { sha256 } = await store.put(bytes)
    const changed = Buffer.from(bytes)
    changed[599_999] = (changed[599_999] ?? 0) ^ 1

    for (const other of [
      changed,
      bytes.subarray(1),
      Buffer.concat([bytes, bytes]),
      Buffer.alloc(0),
    ]) {
      fs.writeFileSync(objectPath(sha256), other)
      await expect(store.read(sha256)).rejects.toMatchObject({ code: 'store.corrupt' })
      let received = 0
      const reading = (async () => {
        for await (const chunk of store.open(sha256)) {
          received += chunk.length
        }
      })()
      await expect(reading).rejects.toMatchObject({ code: 'store.corrupt' })
      expect(received).toBeLessThanOrEqual(Math.max(0, other.length - 1))
    }
  })

  it.each(['', 'ab', '../../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(63)}/`])(
    'does not take %j for a name',
    async (name) => {
      expect(() => store.open(name as Sha256Hex)).toThrow(RangeError)
      await expect(store.read(name as Sha256Hex)).rejects.toThrow(RangeError)
      await expect(store.delete(name as Sha256Hex)).rejects.toThrow(RangeError)
    },
  )

  it('has nothing any more after a delete, which may be repeated', async () => {
    const { sha256 } = await store.put(randomBytes(10))
    await store.delete(sha256)
    await store.delete(sha256)

    expect(await store.has(sha256)).toBe(false)
    expect(listFiles()).toEqual([])
  })
})

describe('faults', () => {
  it('names a folder that cannot be used', async () => {
    const file = path.join(path.dirname(folder), 'file')
    fs.writeFileSync(file, '')
    await expect(createFileStore(path.join(file, 'store'))).rejects.toMatchObject({
      code: 'store.unavailable',
    })

    fs.rmSync(folder, { recursive: true })
    await expect(store.put(randomBytes(10))).rejects.toMatchObject({ code: 'store.unavailable' })
  })

  it.runIf(canMount())('names a full disk, and leaves nothing behind', async () => {
    const drafts = path.join(folder, 'drafts')
    mountSmall(drafts)

    try {
      await expect(store.put(randomBytes(200_000))).rejects.toMatchObject({ code: 'store.full' })
      expect(listFiles()).toEqual([])
    } finally {
      spawnSync('umount', [drafts])
    }
  })

  it('keeps acknowledged puts, and no half ones, when it is killed at any moment', async () => {
    const script = `
      import { randomBytes } from 'node:crypto'
      import { Readable } from 'node:stream'
      const { createFileStore } = await import(${JSON.stringify(new URL('./file-store.ts', import.meta.url).href)})
      const store = await createFileStore(${JSON.stringify(folder)})
      const work = async () => {
        for (;;) {
          const parts = Array.from({ length: 3 }, () => randomBytes(100_000 * Math.random()))
          const { sha256 } = await store.put(Readable.from(parts))
          process.stdout.write(sha256 + '\\n')
        }
      }
      await Promise.all([work(), work(), work(), work()])`
    const acknowledged: string[] = []

    for (let round = 0; round < 8; round += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const lines = createInterface(child.stdout)
      lines.on('line', (line) => acknowledged.push(line))
      await once(lines, 'line')
      await delay(Math.random() * 60)
      child.kill('SIGKILL')
      await once(child, 'close')
    }

    expect(acknowledged.length).toBeGreaterThan(8)
    for (const sha256 of acknowledged.filter((line) => line.length === 64)) {
      expect(fs.existsSync(objectPath(sha256))).toBe(true)
    }
    for (const name of listFiles().filter((file) => file.startsWith('objects'))) {
      expect(sha256Of(fs.readFileSync(path.join(folder, name)))).toBe(path.basename(name))
    }
    await createFileStore(folder)
    expect(fs.readdirSync(path.join(folder, 'drafts'))).toEqual([])
  })

  it('sweeps what killed processes left, and nothing of living ones or of other machines', async () => {
    const drafts = path.join(folder, 'drafts')
    const own = draftPath(drafts)
    const [pid, ticks, ...rest] = path.basename(own).split('.')
    const dead = path.join(drafts, [pid, Number(ticks) + 1, ...rest].join('.'))
    const elsewhere = path.join(drafts, [pid, ticks, 'f00d', ...rest.slice(1)].join('.'))
    const forgotten = path.join(drafts, [1, 1, 'f00d', 1, '0123456789abcdef'].join('.'))
    for (const file of [own, dead, elsewhere, forgotten]) {
      fs.writeFileSync(file, 'half')
    }
    const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000)
    fs.utimesSync(forgotten, twoDaysAgo, twoDaysAgo)

    await createFileStore(folder)
    expect(fs.readdirSync(drafts).sort()).toEqual(
      [own, elsewhere].map((file) => path.basename(file)).sort(),
    )
  })
})

describe('shared syncs of a folder', () => {
  it('let nobody pass before a sync that began after the name was there', async () => {
    const began: number[] = []
    const finish: (() => void)[] = []
    const sync = createFolderSync(() => {
      began.push(began.length)

      return new Promise((resolve) => finish.push(resolve))
    })
    const passed: string[] = []
    const call = (name: string) => sync('/x').then(() => passed.push(name))
    const all = [call('first'), call('second'), call('third')]

    expect(began).toHaveLength(1)
    finish[0]?.()
    await all[0]
    expect(passed).toEqual(['first'])
    await Promise.resolve()
    expect(began).toHaveLength(2)
    all.push(call('fourth'))
    finish[1]?.()
    await Promise.all(all.slice(1, 3))
    expect(passed).toEqual(['first', 'second', 'third'])
    await delay(0)
    finish[2]?.()
    await all[3]
    expect(began).toHaveLength(3)
  })

  it('do not hand one failure on to those that come after', async () => {
    let calls = 0
    const sync = createFolderSync(() => {
      calls += 1

      return calls === 1 ? Promise.reject(new Error('disk')) : Promise.resolve()
    })
    const first = sync('/x')
    const second = sync('/x')

    await expect(first).rejects.toThrow('disk')
    await second
  })
})
