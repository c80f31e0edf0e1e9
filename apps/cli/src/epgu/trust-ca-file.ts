import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { CliError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { readInput } from '../command/read-input.ts'

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
  const text = new TextDecoder().decode(await readInput(path, io))
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []
  try {
    if (blocks.length === 0) {
      throw new TypeError('no certificate')
    }
    setDefaultCACertificates([...getCACertificates('default'), ...blocks])
  } catch (cause) {
    throw new CliError({
      code: 'cli.wrong-kind',
      message: 'The file of --ca has no certificates in PEM.',
      advice: 'Name the file of the authority whose certificate the host shows.',
      data: { path },
      cause,
    })
  }
}
