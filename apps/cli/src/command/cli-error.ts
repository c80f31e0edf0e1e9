import { MuhrError } from '@muhr/identifiers'

/** Exit codes of the commands that check (design §7), as sysexits.h numbers the last ones. */
export const exitCode = {
  passed: 0,
  failed: 1,
  indeterminate: 2,
  usage: 64,
  unreadable: 65,
  internal: 70,
} as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** Everything that a command refuses before it looks into a file. */
export type CliErrorCode =
  /** The command line cannot be followed. */
  | 'cli.usage'
  /** A file that the command line names is not there or cannot be read. */
  | 'cli.unreadable'
  /** A file is not of the kind that the command needs. */
  | 'cli.wrong-kind'
  /** A file would be written over. */
  | 'cli.exists'
  /** A service that the command line names does not answer as it should. */
  | 'cli.no-answer'
  /** A key cannot be used: its password or its certificate is missing. */
  | 'cli.key'
  /** A person was asked and said no, or nobody was there to ask. */
  | 'cli.not-confirmed'

export class CliError extends MuhrError<CliErrorCode> {
  override readonly name = 'CliError'
}

/** `cli.usage`: exit code 64. */
export function usageError(message: string, advice: string): CliError {
  return new CliError({ code: 'cli.usage', message, advice })
}
