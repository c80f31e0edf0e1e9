import {
  createGateway,
  createTokenSource,
  EpguError,
  type Gateway,
  type Io,
  readClaims,
  systemIo,
  type TokenSource,
} from '@muhr/epgu'
import { CliError, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { readInput } from '../command/read-input.ts'
import type { GatewayValues } from './gateway-options.ts'
import { openSealingKey } from './open-sealing-key.ts'
import { trustCaFile } from './trust-ca-file.ts'

const uuid = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi

/** A host by its option, or by its variable. No host is used that nobody named. */
function hostOf(
  option: 'esia' | 'epgu',
  { values, env }: { readonly values: GatewayValues; readonly env: CommandIo['env'] },
): string {
  const variable = `MUHR_${option.toUpperCase()}_URL`
  const url = values[option] ?? env[variable]
  if (url === undefined || url === '') {
    throw usageError(
      `No address of ${option.toUpperCase()} is named.`,
      `Write --${option} URL, or set ${variable}.`,
    )
  }

  return url
}

/** The API-Key out of a file (a CSV of the cabinet too, when it has one), or from MUHR_ESIA_API_KEY. */
async function readApiKey({ 'api-key-file': path }: GatewayValues, io: CommandIo): Promise<string> {
  const text =
    path === undefined
      ? (io.env['MUHR_ESIA_API_KEY'] ?? '')
      : new TextDecoder().decode(await readInput(path, io))
  const found = new Set((text.match(uuid) ?? []).map((each) => each.toLowerCase()))
  const [apiKey] = found
  if (apiKey === undefined && path === undefined) {
    throw usageError(
      'No API-Key is named.',
      'Give it in a file, --api-key-file FILE, or in MUHR_ESIA_API_KEY; never on the command line.',
    )
  }
  if (apiKey === undefined || found.size > 1) {
    throw new CliError({
      code: 'cli.wrong-kind',
      message:
        apiKey === undefined
          ? 'The file of --api-key-file has no API-Key.'
          : 'The file of --api-key-file has several API-Keys.',
      advice: 'Write the one that is to be used into a file of its own.',
      ...(path === undefined ? {} : { data: { path } }),
    })
  }

  return apiKey
}

const ioOf = ({ now }: CommandIo): Io => systemIo({ now })

/** A token that was fetched before. It cannot be renewed: a refused one is refused again. */
async function tokenOfFile(path: string, io: CommandIo): Promise<TokenSource> {
  const value = new TextDecoder().decode(await readInput(path, io)).trim()
  if (!/^[\x21-\x7e]{1,16384}$/.test(value)) {
    throw new CliError({
      code: 'cli.wrong-kind',
      message: 'The file of --token-file has no token.',
      advice: 'Write it by: muhr epgu token --out FILE.',
      data: { path },
    })
  }
  const claims = readClaims(value)
  const token = { value, claims, expiresAt: claims?.expiresAt ?? new Date(8.64e15) }

  return { get: async () => token, renew: async () => token }
}

/**
 * Who asks ESIA: the API-Key signed by the key, or a token that was fetched before.
 * @throws CliError, SignerKeyError, EpguError `esia.invalid-api-key`
 */
export async function openTokens(values: GatewayValues, io: CommandIo): Promise<TokenSource> {
  await trustCaFile(values.ca, io)
  const { 'token-file': tokenFile } = values
  if (tokenFile !== undefined) {
    return tokenOfFile(tokenFile, io)
  }
  const esiaUrl = hostOf('esia', { values, env: io.env })
  const apiKey = await readApiKey(values, io)
  const userAgent = values['user-agent']

  return createTokenSource({
    esiaUrl,
    apiKey,
    signing: { sign: await openSealingKey(values, io) },
    io: ioOf(io),
    ...(userAgent === undefined ? {} : { userAgent }),
  })
}

/** No call is made with it: the dictionary needs no token. */
const noTokens: TokenSource = {
  get: async () => {
    throw new EpguError({
      code: 'epgu.invalid-argument',
      message: 'This call needs a token.',
      advice: 'Name an API-Key and a key.',
      data: { field: 'tokens', expected: 'a token' },
    })
  },
  renew: () => noTokens.get(),
}

function connect(values: GatewayValues, io: CommandIo, tokens: TokenSource): Gateway {
  const {
    'public-origin': publicOrigin,
    'path-prefix': pathPrefix,
    'user-agent': userAgent,
  } = values

  return createGateway({
    baseUrl: hostOf('epgu', { values, env: io.env }),
    tokens,
    io: ioOf(io),
    ...(publicOrigin === undefined ? {} : { publicOrigin }),
    ...(pathPrefix === undefined ? {} : { pathPrefix }),
    ...(userAgent === undefined ? {} : { userAgent }),
  })
}

/** The gateway with tokens. @throws as {@link openTokens}; CliError `cli.usage` without a host */
export async function openGateway(values: GatewayValues, io: CommandIo): Promise<Gateway> {
  hostOf('epgu', { values, env: io.env })

  return connect(values, io, await openTokens(values, io))
}

/** The gateway for what needs no token. @throws CliError `cli.usage` without a host */
export async function openPublicGateway(values: GatewayValues, io: CommandIo): Promise<Gateway> {
  await trustCaFile(values.ca, io)

  return connect(values, io, noTokens)
}
