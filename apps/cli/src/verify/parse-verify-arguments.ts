import { isPkiError, type PolicyName, policyByName, policyNames } from '@muhr/pki'
import { usageError } from '../command/cli-error.ts'
import { parseArguments } from '../command/parse-arguments.ts'
import { parseAt } from '../command/parse-time.ts'

export const verifyUsage =
  'muhr verify FILE|FOLDER|BUNDLE.zip|-... [--content FILE] [--trust DIR|FILE]... [--at ISO] [--policy NAME] [--json]'

/** What `muhr verify` is asked to do. */
export type VerifyRequest = {
  readonly files: readonly string[]
  readonly content?: string
  readonly trust: readonly string[]
  readonly at?: Date
  readonly policy: PolicyName
  readonly isJson: boolean
}

function parsePolicy(name: string): PolicyName {
  try {
    return policyByName(name).name
  } catch (error) {
    if (isPkiError(error, 'policy.unknown')) {
      throw usageError('There is no policy of that name.', `Policies: ${policyNames.join(', ')}.`)
    }
    throw error
  }
}

/**
 * Reads the command line of `muhr verify`.
 * @throws CliError `cli.usage`
 */
export function parseVerifyArguments(args: readonly string[]): VerifyRequest {
  const { values, positionals } = parseArguments(args, {
    usage: verifyUsage,
    options: {
      content: { type: 'string' },
      trust: { type: 'string', multiple: true },
      at: { type: 'string' },
      policy: { type: 'string' },
      json: { type: 'boolean' },
    },
  })
  if (positionals.length === 0) {
    throw usageError('No file is named.', `Usage: ${verifyUsage}`)
  }
  const fromStdin = [...positionals, values.content].filter((path) => path === '-')
  if (fromStdin.length > 1) {
    throw usageError('Standard input can be read only once.', 'Name a file in place of one -.')
  }

  return {
    files: positionals,
    ...(values.content === undefined ? {} : { content: values.content }),
    trust: values.trust ?? [],
    ...(values.at === undefined ? {} : { at: parseAt(values.at) }),
    policy: parsePolicy(values.policy ?? 'etsi-basic'),
    isJson: values.json === true,
  }
}
