import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { usageError } from './cli-error.ts'

/** Why the arguments cannot be followed, in words. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined
  const words = error instanceof Error ? (error.message.split('. ')[0] ?? '') : ''
  if (typeof code !== 'string' || !code.startsWith('ERR_PARSE_ARGS')) {
    throw error
  }

  return words.endsWith('.') ? words : `${words}.`
}

/**
 * Reads a command line strictly: an option that the command does not know, one without its value, or
 * one given twice that stands once, is refused.
 * @throws CliError `cli.usage`
 */
export function parseArguments<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  { options, usage }: { readonly options: Options; readonly usage: string },
) {
  const parse = () => {
    try {
      return parseArgs({
        args: [...args],
        options,
        allowPositionals: true,
        strict: true,
        tokens: true,
      })
    } catch (error) {
      throw usageError(reasonOf(error), `Usage: ${usage}`)
    }
  }
  const { values, positionals, tokens } = parse()
  const seen = new Set<string>()
  for (const token of tokens) {
    if (token.kind === 'option' && options[token.name]?.multiple !== true) {
      if (seen.has(token.name)) {
        throw usageError(`--${token.name} is given twice.`, `Usage: ${usage}`)
      }
      seen.add(token.name)
    }
  }

  return { values, positionals }
}
