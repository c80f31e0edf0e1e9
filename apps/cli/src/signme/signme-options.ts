import type { ParseArgsOptionsConfig } from 'node:util'
import { createSignme, type Signme, type SignmeOptions, systemIo } from '@muhr/signme'
import { createNodeFetch } from '@muhr/signme/node'
import { usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { readCaFile } from '../command/read-ca-file.ts'
import { readInput } from '../command/read-input.ts'

/** Options of every call. */
export const signmeOptions = {
  signme: { type: 'string' },
  ca: { type: 'string' },
  proxy: { type: 'string' },
  wire: { type: 'string' },
  'key-field': { type: 'string' },
  'key-file': { type: 'string' },
  json: { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig

/** Options of the calls that ask by a file and keep what comes. */
export const signedFileOptions = {
  ...signmeOptions,
  md5: { type: 'string' },
  out: { type: 'string' },
  force: { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig

export const signmeUsage =
  '[--signme URL] [--key-file FILE] [--ca FILE] [--proxy URL] [--wire form|json] [--key-field key|api_key] [--json]'

/** Values of {@link signmeOptions}. */
export type SignmeValues = {
  readonly signme?: string | undefined
  readonly ca?: string | undefined
  readonly proxy?: string | undefined
  readonly wire?: string | undefined
  readonly 'key-field'?: string | undefined
  readonly 'key-file'?: string | undefined
}

/**
 * A client of the host that is named; none is built in.
 * @throws CliError `cli.usage`, `cli.unreadable`, `cli.wrong-kind`; SignmeError `signme.invalid-argument`
 */
export async function openSignme(
  values: SignmeValues,
  io: CommandIo,
  { needsKey }: { readonly needsKey: boolean },
): Promise<Signme> {
  const baseUrl = values.signme ?? io.env['MUHR_SIGNME_URL'] ?? ''
  if (baseUrl === '') {
    throw usageError(
      'No address of Sign.Me is named.',
      'Write --signme URL, or set MUHR_SIGNME_URL.',
    )
  }
  const { ca, proxy = io.env['MUHR_SIGNME_PROXY'] } = values
  const wire = oneOf('--wire', values.wire, ['form', 'json'])
  const keyField = oneOf('--key-field', values['key-field'], ['key', 'api_key'])
  const options: SignmeOptions = {
    baseUrl,
    key: needsKey ? await readKey(values, io) : undefined,
    io: systemIo({
      now: io.now,
      fetch: createNodeFetch({
        ca: ca === undefined ? undefined : await readCaFile(ca, io),
        proxy: proxy === undefined || proxy === '' ? undefined : checkProxy(proxy),
      }),
    }),
    ...(wire === undefined ? {} : { wire }),
    ...(keyField === undefined ? {} : { keyField }),
  }

  return createSignme(options)
}

/** Out of a file, or MUHR_SIGNME_KEY, or asked for; never from the command line, which others can read. */
async function readKey({ 'key-file': path }: SignmeValues, io: CommandIo): Promise<string> {
  const key =
    path === undefined
      ? (io.env['MUHR_SIGNME_KEY'] ?? (await io.ask?.('Access key: ', { isSecret: true })))
      : new TextDecoder().decode(await readInput(path, io))
  if (key === undefined || key.trim() === '') {
    throw usageError(
      'No access key is named.',
      'Give it in a file, --key-file FILE, or in MUHR_SIGNME_KEY; never on the command line.',
    )
  }

  return key.trim()
}

function checkProxy(proxy: string): string {
  if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol)) {
    throw usageError('The proxy is no http address.', 'Write --proxy http://HOST:PORT.')
  }

  return proxy
}

function oneOf<const Value extends string>(
  option: string,
  text: string | undefined,
  values: readonly Value[],
): Value | undefined {
  const value = values.find((each) => each === text)
  if (text !== undefined && value === undefined) {
    throw usageError(`${option} is unknown.`, `Write ${option} ${values.join(' or ')}.`)
  }

  return value
}

/** What a call is about: the suffix of one file, or the UUID of several. */
export type Handle = { readonly kind: 'file' | 'group'; readonly text: string }

/**
 * The one positional argument, a suffix or UUID, or `-` for standard input: whoever reads it can open the
 * signing page.
 * @throws CliError `cli.usage`
 */
export async function readHandle(
  positionals: readonly string[],
  { usage, io }: { readonly usage: string; readonly io: CommandIo },
): Promise<Handle> {
  const [given, another] = positionals
  if (given === undefined || another !== undefined) {
    throw usageError('One request is expected.', `Usage: ${usage}`)
  }
  const text = given === '-' ? new TextDecoder().decode(await io.readStdin()).trim() : given

  return { kind: text.includes('/') ? 'file' : 'group', text }
}
