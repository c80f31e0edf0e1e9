import { readFileSync, statSync } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { collectOctets, type RandomAccess } from '@muhr/pki'
import { CliError } from './cli-error.ts'
import type { CommandIo } from './io.ts'

/** What one read into memory can take. */
const maxBytes = 2 * 1024 ** 3 - 1

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EISDIR: 'This is a folder, not a file.',
  EACCES: 'The file may not be read.',
  EPERM: 'The file may not be read.',
}

function unreadable(reason: string, path: string, cause?: unknown): CliError {
  return new CliError({
    code: 'cli.unreadable',
    message: reason,
    advice: 'Check the path and the rights of the file.',
    data: { path },
    cause,
  })
}

/** What the operating system says of a file, in words. */
function toUnreadable(error: unknown, path: string): CliError {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined

  return unreadable(reasons[String(code)] ?? 'The file cannot be read.', path, error)
}

/**
 * The octets of a file, or of standard input for `-`.
 * @throws CliError `cli.unreadable`, with the path as data
 */
export async function readInput(
  path: string,
  io: Pick<CommandIo, 'cwd' | 'readStdin'>,
): Promise<Uint8Array> {
  if (path === '-') {
    return io.readStdin()
  }
  const file = resolve(io.cwd, path)
  try {
    const info = await stat(file)
    if (info.size > maxBytes) {
      throw unreadable('The file is larger than 2 GiB.', path)
    }

    return await readFile(file)
  } catch (error) {
    throw error instanceof CliError ? error : toUnreadable(error, path)
  }
}

/**
 * Below this a file is read at once, in this thread: opening it for pieces, or a trip to another thread,
 * costs more.
 */
const wholeBytes = 1024 * 1024

/** A file of any size: its octets, or a place to read them from. */
export type OpenInput = {
  readonly source: Uint8Array | RandomAccess
  readonly close: () => Promise<void>
}

/**
 * A file to be read in pieces when it is large, or standard input for `-`.
 * @throws CliError `cli.unreadable`, with the path as data
 */
export async function openInput(
  path: string,
  io: Pick<CommandIo, 'cwd' | 'readStdin'>,
): Promise<OpenInput> {
  const nothing = async () => undefined
  if (path === '-') {
    return { source: await io.readStdin(), close: nothing }
  }
  const place = resolve(io.cwd, path)
  try {
    const { size } = statSync(place)
    if (size <= wholeBytes) {
      return { source: readFileSync(place), close: nothing }
    }
    const file = await open(place)

    return {
      source: {
        size,
        read: async (offset, length, into = new Uint8Array(length)) => {
          const { bytesRead, buffer } = await file.read(into, 0, length, offset)

          return buffer.subarray(0, bytesRead)
        },
      },
      close: () => file.close(),
    }
  } catch (error) {
    throw toUnreadable(error, path)
  }
}

/**
 * All of an open file.
 * @throws CliError `cli.unreadable` beyond 2 GiB
 */
export async function readWhole({ source }: OpenInput, path: string): Promise<Uint8Array> {
  if (source instanceof Uint8Array) {
    return source
  }
  if (source.size > maxBytes) {
    throw unreadable('The file is larger than 2 GiB.', path)
  }

  return collectOctets(source, { maxBytes })
}
