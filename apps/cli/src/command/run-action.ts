import type { MuhrError } from '@muhr/identifiers'
import { type ExitCode, usageError } from './cli-error.ts'
import type { CommandIo } from './io.ts'
import { plainText, printableJson } from './plain-text.ts'
import { describeError } from './run-guarded.ts'

/** One raw call of a service, with the arguments behind its name. */
export type Action = (args: readonly string[], io: CommandIo) => Promise<ExitCode>

/** A command of raw calls: `muhr NAME ACTION …`. */
export type ActionCommand<Failure extends MuhrError> = {
  readonly name: string
  readonly actions: Readonly<Record<string, Action>>
  /** Whether something thrown is an error of the client of the service. */
  readonly isFailure: (error: unknown) => error is Failure
  /** What the service itself called it, behind the message. As all that services say, without control characters. */
  readonly codesOf?: (failure: Failure) => readonly string[]
  /** Its own words, where ours do not tell what they mean. */
  readonly saidOf?: (failure: Failure) => string | undefined
  /** Beside code, message and advice in the JSON of an error. */
  readonly moreOf: (failure: Failure) => Readonly<Record<string, unknown>>
  readonly exitCodeOf: (failure: Failure) => ExitCode
}

/**
 * Runs the action that is named first. An error of the client of the service is told with its advice, and
 * in JSON where that was asked for; any other one is thrown on.
 * @throws CliError `cli.usage` for no action, or one of another name
 */
export async function runAction<Failure extends MuhrError>(
  command: ActionCommand<Failure>,
  args: readonly string[],
  io: CommandIo,
): Promise<ExitCode> {
  const { actions } = command
  const [name, ...rest] = args
  const action = name !== undefined && Object.hasOwn(actions, name) ? actions[name] : undefined
  if (action === undefined) {
    throw usageError(
      name === undefined ? 'No call is named.' : 'There is no call of that name.',
      `Calls: muhr ${command.name} ${Object.keys(actions).join('|')}; each says its usage when it is called wrongly.`,
    )
  }
  try {
    return await action(rest, io)
  } catch (error) {
    if (!command.isFailure(error)) {
      throw error
    }
    const codes = (command.codesOf?.(error) ?? []).map((each) => ` (${plainText(each)})`)
    const said = command.saidOf?.(error)
    const lines = [
      `${plainText(error.message)}${codes.join('')}`,
      ...(said === undefined ? [] : [`It said: ${plainText(said)}`]),
      plainText(error.advice),
    ]
    io.stderr(lines.map((line) => `${line}\n`).join(''))
    if (rest.includes('--json')) {
      io.stdout(printableJson({ error: { ...describeError(error), ...command.moreOf(error) } }))
    }

    return command.exitCodeOf(error)
  }
}
