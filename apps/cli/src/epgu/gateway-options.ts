import type { ParseArgsOptionsConfig } from 'node:util'
import { usageError } from '../command/cli-error.ts'
import { parseArguments } from '../command/parse-arguments.ts'

/** Options that name a signer key, as `muhr sign` takes them. */
export const keyOptions = {
  key: { type: 'string' },
  cert: { type: 'string', multiple: true },
  'password-file': { type: 'string' },
  thumbprint: { type: 'string' },
  'stored-key': { type: 'string' },
} as const satisfies ParseArgsOptionsConfig

/** Options of every command that calls ESIA and the gateway. */
export const gatewayOptions = {
  esia: { type: 'string' },
  epgu: { type: 'string' },
  'public-origin': { type: 'string' },
  'path-prefix': { type: 'string' },
  'user-agent': { type: 'string' },
  ca: { type: 'string' },
  'api-key-file': { type: 'string' },
  'token-file': { type: 'string' },
  ...keyOptions,
  json: { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig

/** Options that name the service of an order. */
export const serviceOptions = {
  service: { type: 'string' },
  target: { type: 'string' },
  region: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig

export const keyUsage =
  '(--key KEY|FOLDER.000 [--cert FILE]... [--password-file FILE|-] | --stored-key ID)'
export const gatewayUsage = `[--esia URL] [--epgu URL] [--ca FILE] [--api-key-file FILE] (--token-file FILE | ${keyUsage}) [--json]`
export const serviceUsage = '--service CODE [--target CODE] [--region OKATO]'

/** Values of {@link keyOptions}. */
export type KeyValues = {
  readonly key?: string | undefined
  readonly cert?: readonly string[] | undefined
  readonly 'password-file'?: string | undefined
  readonly thumbprint?: string | undefined
  readonly 'stored-key'?: string | undefined
}

/** Values of {@link gatewayOptions}. */
export type GatewayValues = KeyValues & {
  readonly esia?: string | undefined
  readonly epgu?: string | undefined
  readonly 'public-origin'?: string | undefined
  readonly 'path-prefix'?: string | undefined
  readonly 'user-agent'?: string | undefined
  readonly ca?: string | undefined
  readonly 'api-key-file'?: string | undefined
  readonly 'token-file'?: string | undefined
}

/** The whole country, where a service asks for no region of its own. */
const wholeCountry = '00000000000'

/**
 * What an order names: the service, its target (by default the service code with a minus) and the region.
 * @throws CliError `cli.usage`
 */
export function readMeta(
  values: {
    readonly service?: string | undefined
    readonly target?: string | undefined
    readonly region?: string | undefined
  },
  usage: string,
) {
  const { service } = values
  if (service === undefined) {
    throw usageError('No service is named.', `Usage: ${usage}`)
  }

  return {
    serviceCode: service,
    targetCode: values.target ?? `-${service}`,
    region: values.region ?? wholeCountry,
  }
}

/**
 * The one positional argument of a command.
 * @throws CliError `cli.usage`
 */
export function onlyOne(positionals: readonly string[], usage: string): string {
  const [first, another] = positionals
  if (first === undefined || another !== undefined) {
    throw usageError('One argument is expected.', `Usage: ${usage}`)
  }

  return first
}

/**
 * A whole number above zero, or undefined when it was not given.
 * @throws CliError `cli.usage`
 */
export function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined
  }
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw usageError(`--${option} is no whole number above zero.`, 'Write digits alone.')
  }

  return Number(text)
}

/** Reads arguments; -10000000374 after --target is a value, which node:util takes for options. */
export const parseEpguArguments = <const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  { options, usage }: { readonly options: Options; readonly usage: string },
) => parseArguments(joinNegative(args), { options, usage })

function joinNegative(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    const next = args[index + 1]
    if (arg === '--target' && next !== undefined && /^-\d+$/.test(next)) {
      return [`--target=${next}`]
    }

    return args[index - 1] === '--target' && /^-\d+$/.test(arg) ? [] : [arg]
  })
}
