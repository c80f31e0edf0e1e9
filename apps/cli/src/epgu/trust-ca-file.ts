import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { CliError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { readCaFile } from '../command/read-ca-file.ts'

/**
 * Lets https calls of this process also trust the authorities of a file (PEM): those of a sandbox, or of
 * the terminator of GOST TLS.
 * @throws CliError `cli.unreadable`, `cli.wrong-kind`
 */
export async function trustCaFile(
  path: string | undefined,
  io: Pick<CommandIo, 'cwd' | 'readStdin'>,
): Promise<void> {
  if (path === undefined) {
    return
  }
  const authorities = await readCaFile(path, io)
  try {
    setDefaultCACertificates([...getCACertificates('default'), ...authorities])
  } catch (cause) {
    throw new CliError({
      code: 'cli.wrong-kind',
      message: 'A certificate in the file of --ca cannot be read.',
      advice: 'Name the file of the authority whose certificate the host shows.',
      data: { path },
      cause,
    })
  }
}
