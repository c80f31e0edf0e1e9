import { type ExitCode, exitCode, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { parseArguments } from '../command/parse-arguments.ts'
import { plainText, printableJson } from '../command/plain-text.ts'
import { openSignme, readHandle, signmeOptions, signmeUsage } from './signme-options.ts'

const usage = `muhr signme reject SUFFIX|UUID|- --reason TEXT ${signmeUsage}`

/**
 * `muhr signme reject`: takes a request back (1.5, 2.3), then asks for its status once more: a signature
 * that came first stands. Exit code 1 then.
 */
export async function runReject(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArguments(args, {
    usage,
    options: { ...signmeOptions, reason: { type: 'string' } },
  })
  const { reason } = values
  if (reason === undefined) {
    throw usageError('No reason is given.', `Usage: ${usage}`)
  }
  const { kind, text } = await readHandle(positionals, { usage, io })
  const signme = await openSignme(values, io, { needsKey: true })
  const isFile = kind === 'file'
  const rejection = await (isFile
    ? signme.reject(text, { reason })
    : signme.rejectGroup(text, { reason }))
  const { state } = await (isFile ? signme.status(text) : signme.groupStatus(text))
  if (values.json === true) {
    io.stdout(
      printableJson({
        wasRejectedBefore: rejection.wasRejectedBefore,
        date: rejection.date ?? null,
        reason: rejection.reason ?? null,
        state,
      }),
    )
  } else {
    const date = rejection.date === undefined ? '' : `  ${plainText(rejection.date)}`
    io.stdout(`${state}${date}\n`)
  }
  if (state === 'signed') {
    io.stderr('It was signed before it was rejected: the signature stands.\n')
  }

  return state === 'signed' ? exitCode.failed : exitCode.passed
}
