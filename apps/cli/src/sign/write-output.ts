import { randomBytes } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CliError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'

/** Refuses to write over a file unless that is asked for. */
export async function expectFree(
  path: string,
  { io, mayOverwrite }: { readonly io: CommandIo; readonly mayOverwrite: boolean },
): Promise<void> {
  const known = await stat(resolve(io.cwd, path)).catch(() => undefined)
  if (known !== undefined && !(mayOverwrite && known.isFile())) {
    throw new CliError({
      code: 'cli.exists',
      message: 'There is already a file of that name.',
      advice: 'Name another with --out, or write over it with --force.',
      data: { path },
    })
  }
}

/**
 * Writes a file whole or not at all: under another name first, then in its place. A piece is done with when
 * the next one is asked for. `mode` is what the process mask leaves of it; 0o600 keeps others out.
 */
export async function writeOutput(
  path: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  io: CommandIo,
  { mode = 0o666 }: { readonly mode?: number } = {},
): Promise<void> {
  const place = resolve(io.cwd, path)
  const temporary = `${place}.${randomBytes(6).toString('hex')}.tmp`
  const file = await open(temporary, 'wx', mode)
  try {
    for await (const piece of pieces) {
      // Whole, which `write` does not promise.
      await file.writeFile(piece)
    }
    await file.sync()
    await file.close()
    await rename(temporary, place)
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(temporary, { force: true })
    throw error
  }
}
