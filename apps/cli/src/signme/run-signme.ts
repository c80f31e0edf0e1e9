import { isSignmeError, type SignmeError } from '@muhr/signme'
import { type ExitCode, exitCode } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { type Action, runAction } from '../command/run-action.ts'
import { runCheck } from './run-check.ts'
import { runContainer } from './run-container.ts'
import { runReject } from './run-reject.ts'
import { runSign } from './run-sign.ts'
import { runStatus } from './run-status.ts'

const actions: Readonly<Record<string, Action>> = {
  sign: runSign,
  status: runStatus,
  check: runCheck,
  reject: runReject,
  container: runContainer,
}

function exitCodeOf({ code }: SignmeError): ExitCode {
  switch (code) {
    case 'signme.outcome-unknown':
      return exitCode.indeterminate
    case 'signme.invalid-argument':
      return exitCode.usage
    case 'signme.refused':
    case 'signme.not-found':
      return exitCode.failed
    case 'signme.unreachable':
    case 'signme.unavailable':
    case 'signme.unreadable-answer':
    case 'signme.redirected':
      return exitCode.unreadable
  }
}

/**
 * `muhr signme ACTION …`: raw calls to Sign.Me. Exit code: 0 done, 1 refused by Sign.Me or nothing is
 * there, 2 an answer was lost and the call may have had its effect, 64 usage, 65 a file or service that
 * cannot be read or reached.
 * @throws CliError
 */
export function runSignme(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  return runAction(
    {
      name: 'signme',
      actions,
      isFailure: (error): error is SignmeError => isSignmeError(error),
      // What stands for itself is told in our words; of anything else theirs are all there is.
      saidOf: ({ data }) =>
        'refusal' in data && data.refusal === 'unexplained' ? data.said : undefined,
      moreOf: ({ data }) => ({
        ...('refusal' in data
          ? { refusal: data.refusal, neutral: data.neutral, said: data.said ?? null }
          : {}),
        retry: data.retry,
      }),
      exitCodeOf,
    },
    args,
    io,
  )
}
