import type { CommandIo } from './io.ts'
import { readInput } from './read-input.ts'

/**
 * A password: out of a file (`-` is standard input), without its last line end; else from the
 * environment variable MUHR_KEY_PASSWORD; else asked for. It is never taken from the command line, which
 * every process of the machine can read.
 *
 * @returns undefined when nobody is there to ask
 */
export async function readPassword(
  passwordFile: string | undefined,
  io: CommandIo,
  question = 'Password of the key store: ',
): Promise<string | undefined> {
  if (passwordFile !== undefined) {
    const bytes = await readInput(passwordFile, io)

    return new TextDecoder().decode(bytes).replace(/\r?\n$/, '')
  }

  return io.env['MUHR_KEY_PASSWORD'] ?? (await io.ask?.(question, { isSecret: true }))
}
