import { MuhrError } from '@muhr/identifiers'

/** Why one variable was refused. */
export type ConfigProblemCode =
  | 'config.not-a-number'
  | 'config.out-of-range'
  | 'config.not-one-of'
  | 'config.not-a-url'
  | 'config.not-a-host'
  | 'config.empty'
  | 'config.not-a-key'
  | 'config.not-a-path'
  | 'config.port-clash'

/** One refused variable, in words for the operator. A secret's value is never in them. */
export type ConfigProblem = {
  readonly variable: string
  readonly code: ConfigProblemCode
  readonly message: string
}

/** All that is wrong with the environment, at once. */
export class ConfigError extends MuhrError<
  'config.invalid',
  { readonly problems: readonly ConfigProblem[] }
> {
  override readonly name = 'ConfigError'

  constructor(problems: readonly ConfigProblem[]) {
    super({
      code: 'config.invalid',
      message: problems.map(({ message }) => message).join('\n'),
      advice:
        'Correct or remove these variables and start again. npx muhr doctor lists all of them.',
      data: { problems },
    })
  }
}
