import { isSignmeError, type SignmeError } from '@muhr/signme'
import { type ExitCode, exitCode, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { plainText, printableJson } from '../command/plain-text.ts'
import { describeError } from '../command/run-guarded.ts'
import { runCheck } from './run-check.ts'
import { runContainer } from './run-container.ts'
import { runReject } from './run-reject.ts'
import { runSign } from './run-sign.ts'
import { runStatus } from './run-status.ts'

type Action = (args: readonly string[], io: CommandIo) => Promise<ExitCode>

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
export async function runSignme(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [name, ...rest] = args
  const action = name !== undefined && Object.hasOwn(actions, name) ? actions[name] : undefined
  if (action === undefined) {
    throw usageError(
      name === undefined ? 'No call is named.' : 'There is no call of that name.',
      `Calls: muhr signme ${Object.keys(actions).join('|')}; each says its usage when it is called wrongly.`,
    )
  }
  try {
    return await action(rest, io)
  } catch (error) {
    if (!isSignmeError(error)) {
      throw error
    }
    const { data } = error
    const refusal =
      'refusal' in data
        ? { refusal: data.refusal, neutral: data.neutral, said: data.said ?? null }
        : {}
    // What stands for itself is told in our words; of anything else theirs are all there is.
    const said = 'refusal' in data && data.refusal === 'unexplained' ? data.said : undefined
    io.stderr(
      `${plainText(error.message)}\n${said === undefined ? '' : `It said: ${plainText(said)}\n`}${plainText(error.advice)}\n`,
    )
    if (rest.includes('--json')) {
      io.stdout(
        printableJson({ error: { ...describeError(error), ...refusal, retry: data.retry } }),
      )
    }

    return exitCodeOf(error)
  }
}
