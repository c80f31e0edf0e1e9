import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
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
    if (error instanceof CliError) {
      throw error
    }
    const code = error instanceof Error ? Reflect.get(error, 'code') : undefined
    throw unreadable(reasons[String(code)] ?? 'The file cannot be read.', path, error)
  }
}
