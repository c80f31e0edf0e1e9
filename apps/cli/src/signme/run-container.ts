import { type ExitCode, exitCode, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { parseArguments } from '../command/parse-arguments.ts'
import { printableJson } from '../command/plain-text.ts'
import { expectFree, writeOutput } from '../sign/write-output.ts'
import { fileOrMd5 } from './file-or-md5.ts'
import { openSignme, signedFileOptions, signmeUsage } from './signme-options.ts'

const usage = `muhr signme container FILE|--md5 MD5 --out FILE [--force] ${signmeUsage}`

/**
 * `muhr signme container`: all signatures of a file in one container (3), in DER. It is not verified:
 * `muhr verify` does that. Exit code 1: there is none. Needs no key.
 */
export async function runContainer(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArguments(args, {
    usage,
    options: signedFileOptions,
  })
  const { out } = values
  if (out === undefined) {
    throw usageError('No file for the container is named.', `Usage: ${usage}`)
  }
  const { md5 } = await fileOrMd5(positionals, { md5: values.md5, usage, io })
  await expectFree(out, { io, mayOverwrite: values.force === true })
  const signme = await openSignme(values, io, { needsKey: false })
  const container = await signme.container(md5)
  if (container !== undefined) {
    await writeOutput(out, [container], io)
  }
  if (values.json === true) {
    io.stdout(
      printableJson({
        file: container === undefined ? null : out,
        size: container?.length ?? null,
      }),
    )
  } else {
    io.stderr(
      container === undefined
        ? 'Sign.Me has no signature of it.\n'
        : `Written to ${out}, ${container.length} bytes. What it is worth says: muhr verify ${out} --content FILE\n`,
    )
  }

  return container === undefined ? exitCode.failed : exitCode.passed
}
