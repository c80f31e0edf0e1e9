import { MuhrError } from '@muhr/identifiers'
import { CliError, type ExitCode, exitCode } from './cli-error.ts'
import { type CommandIo, processIo } from './io.ts'
import { plainText, printableJson } from './plain-text.ts'

/** An error as people and programs read it. */
export function describeError(error: MuhrError): {
  readonly code: string
  readonly message: string
  readonly advice: string
} {
  return { code: error.code, message: error.message, advice: error.advice }
}

function exitCodeOf(error: MuhrError): ExitCode {
  return error instanceof CliError && error.code === 'cli.usage'
    ? exitCode.usage
    : exitCode.unreadable
}

/**
 * Runs a command and turns what it throws on purpose into words and an exit code: 64 for the command
 * line, 65 for files. With `--json` the error stands on standard output as well.
 */
export async function runGuarded(
  args: readonly string[],
  io: CommandIo,
  run: (args: readonly string[], io: CommandIo) => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await run(args, io)
  } catch (error) {
    if (!(error instanceof MuhrError)) {
      throw error
    }
    const path = Reflect.get(error.data, 'path')
    const place = typeof path === 'string' ? `${plainText(path)}: ` : ''
    io.stderr(`${place}${plainText(error.message)}\n${plainText(error.advice)}\n`)
    if (args.includes('--json')) {
      io.stdout(printableJson({ error: describeError(error) }))
    }

    return exitCodeOf(error)
  }
}

/** Runs a command in this process. An error that nobody foresaw ends with 70, never with a verdict. */
export async function runInProcess(
  args: readonly string[],
  run: (args: readonly string[], io: CommandIo) => Promise<ExitCode>,
): Promise<void> {
  try {
    process.exitCode = await runGuarded(args, processIo(), run)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`)
    process.exitCode = exitCode.internal
  }
}
