import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { Sha256Hex } from '@muhr/envelope'
import {
  type BlobSource,
  type BlobStore,
  corrupt,
  notFound,
  type PutOptions,
  type StoredBlob,
  StoreError,
} from './blob-store.ts'
import { draftPath, sweepDrafts } from './drafts.ts'
import { createFolderSync } from './sync-folder.ts'
import { untilAborted } from './until-aborted.ts'

// Chunks of a socket are 64 KiB at most; fewer, larger writes are twice as fast and cost little memory.
const writeBytes = 1024 * 1024

/**
 * A store in a folder: `objects/ab/ab12…` by the first two hex digits, `drafts/` for what is coming in.
 * Several processes may use one folder, also over a network file system that keeps rename(2) atomic.
 *
 * A put writes a draft while hashing, syncs it, renames it to its name, and syncs the folder of the name.
 * So at any moment a name either is not there or has all of its bytes.
 *
 * @throws StoreError `store.unavailable` when the folder cannot be made or written
 */
export async function createFileStore(folder: string): Promise<BlobStore> {
  const drafts = path.join(folder, 'drafts')
  const objects = path.join(folder, 'objects')
  const syncFolder = createFolderSync()
  const disk = <Result>(run: () => Promise<Result>) => withCodes(folder, run)

  await disk(async () => {
    const made = await mkdir(drafts, { recursive: true, mode: 0o700 })
    await makeShards(objects)
    await Promise.all([folder, objects, ...parentsOf(made)].map(syncFolder))
    await sweepDrafts(drafts)
  })

  const pathOf = (sha256: Sha256Hex): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) {
      throw new RangeError('sha256 must be 64 lower-case hex digits')
    }

    return path.join(objects, sha256.slice(0, 2), sha256)
  }

  return {
    put: async (source, options = {}) => {
      options.signal?.throwIfAborted()
      const draft = draftPath(drafts)

      try {
        const blob = await writeDraft({ draft, source, options, disk })
        options.signal?.throwIfAborted()
        const file = pathOf(blob.sha256)
        // Over an older file of the name too: its bytes are the same, or worse.
        await disk(() => rename(draft, file))
        await disk(() => syncFolder(path.dirname(file)))

        return blob
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
    open: (sha256) => Readable.from(readChecked(pathOf(sha256), sha256), { objectMode: false }),
    read: async (sha256) => {
      const bytes = await readFile(pathOf(sha256)).catch(absent(sha256))

      if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
        throw corrupt(sha256)
      }

      return bytes
    },
    has: async (sha256) =>
      access(pathOf(sha256)).then(
        () => true,
        (error: unknown) => (isCode(error, 'ENOENT') ? false : Promise.reject(error)),
      ),
    delete: async (sha256) => {
      const file = pathOf(sha256)
      await disk(() => rm(file, { force: true }))
      await disk(() => syncFolder(path.dirname(file)))
    },
  }
}

/** Runs an operation on the disk, and gives its failure a code of the store. */
type Disk = <Result>(run: () => Promise<Result>) => Promise<Result>

/** The folders in which mkdir made a new name: from the parent of the uppermost one downwards. */
function parentsOf(uppermost: string | undefined): readonly string[] {
  return uppermost === undefined ? [] : [path.dirname(uppermost), uppermost]
}

/** All 256 at once, so that no put ever has to make and sync one. */
async function makeShards(objects: string): Promise<void> {
  const names = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'))

  await mkdir(objects, { recursive: true, mode: 0o700 })
  await Promise.all(
    names.map((name) =>
      mkdir(path.join(objects, name), { mode: 0o700 }).catch((error: unknown) => {
        if (!isCode(error, 'EEXIST')) {
          throw error
        }
      }),
    ),
  )
}

async function writeDraft({
  draft,
  source,
  options,
  disk,
}: {
  readonly draft: string
  readonly source: BlobSource
  readonly options: PutOptions
  readonly disk: Disk
}): Promise<StoredBlob> {
  const handle = await disk(() => open(draft, 'wx', 0o600))

  try {
    const blob = await writeAll({ handle, source, options, disk })
    await disk(() => handle.sync())

    return blob
  } finally {
    await handle.close()
  }
}

async function writeAll({
  handle,
  source,
  options: { maxBytes = Number.POSITIVE_INFINITY, signal },
  disk,
}: {
  readonly handle: FileHandle
  readonly source: BlobSource
  readonly options: PutOptions
  readonly disk: Disk
}): Promise<StoredBlob> {
  const hash = createHash('sha256')
  let size = 0
  let pending: Uint8Array[] = []
  let pendingBytes = 0

  const flush = async () => {
    const chunks = pending
    pending = []
    pendingBytes = 0

    if (chunks.length > 0) {
      await disk(() => writeFully(handle, chunks))
    }
  }

  const chunks = source instanceof Uint8Array ? [source] : untilAborted(source, signal)

  for await (const chunk of chunks) {
    size += chunk.byteLength

    if (size > maxBytes) {
      throw tooLarge(maxBytes)
    }
    hash.update(chunk)
    pending.push(chunk)
    pendingBytes += chunk.byteLength

    if (pendingBytes >= writeBytes) {
      await flush()
    }
  }
  await flush()

  return { sha256: hash.digest('hex') as Sha256Hex, size }
}

/** writev(2) may write less than it was given. */
async function writeFully(handle: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await handle.writev(chunks as Uint8Array[])
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0)

  if (bytesWritten < bytes) {
    await handle.appendFile(Buffer.concat(chunks).subarray(bytesWritten))
  }
}

/** The last chunk is held back until the hash over all of them is known to be right. */
async function* readChecked(file: string, sha256: Sha256Hex): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let held: Buffer | undefined

  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
      hash.update(chunk)

      if (held !== undefined) {
        yield held
      }
      held = chunk
    }
  } catch (error) {
    absent(sha256)(error)
  }
  if (hash.digest('hex') !== sha256) {
    throw corrupt(sha256)
  }
  if (held !== undefined) {
    yield held
  }
}

function absent(sha256: Sha256Hex): (error: unknown) => never {
  return (error) => {
    throw isCode(error, 'ENOENT') ? notFound(sha256) : error
  }
}

function tooLarge(maxBytes: number): StoreError<'store.too-large'> {
  return new StoreError({
    code: 'store.too-large',
    message: `There are more than the ${maxBytes} bytes that are allowed.`,
    advice: 'Send a smaller file, or have the limit raised (MUHR_MAX_ENVELOPE_BYTES).',
    data: { maxBytes },
  })
}

const fullCodes = ['ENOSPC', 'EDQUOT']
const unavailableCodes = [
  'EACCES',
  'EPERM',
  'EROFS',
  'EIO',
  'ENOTDIR',
  'ENOENT',
  'EMFILE',
  'ENFILE',
]

async function withCodes<Result>(folder: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (cause) {
    if (fullCodes.some((code) => isCode(cause, code))) {
      throw new StoreError({
        code: 'store.full',
        message: `The disk of ${folder} is full.`,
        advice: 'Make room on the disk, then send again: nothing was stored.',
        data: { folder },
        cause,
      })
    }
    if (unavailableCodes.some((code) => isCode(cause, code))) {
      throw new StoreError({
        code: 'store.unavailable',
        message: `The folder ${folder} cannot be used for storing.`,
        advice: 'Check that it is there, that this user may write to it, and that the disk works.',
        data: { folder },
        cause,
      })
    }
    throw cause
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
