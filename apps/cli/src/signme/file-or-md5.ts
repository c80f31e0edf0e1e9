import { basename } from 'node:path'
import { md5Of } from '@muhr/signme'
import { usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { readInput } from '../command/read-input.ts'

/** By what signatures are asked for. */
export type Asked = { readonly md5: string; readonly name: string }

/**
 * The MD5 of the one file that is named, or the one of --md5.
 * @throws CliError `cli.usage`, `cli.unreadable`
 */
export async function fileOrMd5(
  positionals: readonly string[],
  {
    md5,
    usage,
    io,
  }: { readonly md5: string | undefined; readonly usage: string; readonly io: CommandIo },
): Promise<Asked> {
  const [path, another] = positionals
  if (another !== undefined || (path === undefined) === (md5 === undefined)) {
    throw usageError('One file, or --md5, is expected.', `Usage: ${usage}`)
  }
  if (md5 !== undefined) {
    return { md5, name: 'document' }
  }
  const file = path ?? '-'

  return { md5: md5Of(await readInput(file, io)), name: file === '-' ? 'document' : basename(file) }
}
