import { type ExitCode, exitCode } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { plainText } from '../command/plain-text.ts'
import { openInput } from '../command/read-input.ts'
import { type OpenedSigner, openSigner } from './open-signer.ts'
import { parseSignArguments, type SignRequest } from './parse-sign-arguments.ts'
import { signFile } from './sign-file.ts'
import { expectFree, writeOutput } from './write-output.ts'

/** `contract.pdf` becomes `contract.pdf.p7s` (RFC 8551 §3.2.1), a signed XML document `act.signed.xml`. */
export function outputName(
  file: string,
  request: Pick<SignRequest, 'format' | 'isAttached'>,
): string {
  if (request.format === 'xmldsig' || request.format === 'xades-b') {
    return `${file.replace(/\.xml$/i, '')}.signed.xml`
  }

  return `${file}${request.isAttached ? '.p7m' : '.p7s'}`
}

async function signOne(
  file: string,
  {
    request,
    signer,
    io,
  }: { readonly request: SignRequest; readonly signer: OpenedSigner; readonly io: CommandIo },
): Promise<void> {
  const out = request.out ?? (file === '-' ? '-' : outputName(file, request))
  if (out !== '-') {
    await expectFree(out, { io, mayOverwrite: request.mayOverwrite })
  }
  const input = await openInput(file, io)
  try {
    const pieces = await signFile(input, { signer, request, now: io.now() })
    if (out === '-') {
      for await (const piece of pieces) {
        io.writeBytes(piece)
      }
    } else {
      await writeOutput(out, pieces, io)
      io.stderr(`${plainText(file)}: signed, ${plainText(out)}\n`)
    }
  } finally {
    await input.close()
  }
}

/**
 * `muhr sign`: signs files with a software key. Writes `FILE.p7s` (detached), `FILE.p7m` (attached) or a
 * signed XML document beside each, or where `--out` says, `-` for standard output. Exit code: 0 signed,
 * 64 usage, 65 a file or key that cannot be read or used.
 * @throws CliError, PkiError
 */
export async function runSign(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const request = parseSignArguments(args)
  const signer = await openSigner(request, io)
  for (const file of request.files) {
    await signOne(file, { request, signer, io })
  }

  return exitCode.passed
}
