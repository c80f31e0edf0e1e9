import { CliError } from './cli-error.ts'
import type { CommandIo } from './io.ts'
import { readInput } from './read-input.ts'

/**
 * The certificates of a file of authorities, in PEM.
 * @throws CliError `cli.unreadable`, `cli.wrong-kind`
 */
export async function readCaFile(
  path: string,
  io: Pick<CommandIo, 'cwd' | 'readStdin'>,
): Promise<readonly string[]> {
  const text = new TextDecoder().decode(await readInput(path, io))
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []
  if (blocks.length === 0) {
    throw new CliError({
      code: 'cli.wrong-kind',
      message: 'The file of --ca has no certificates in PEM.',
      advice: 'Name the file of the authority whose certificate the host shows.',
      data: { path },
    })
  }

  return blocks
}
