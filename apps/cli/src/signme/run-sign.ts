import { basename } from 'node:path'
import type { Company, ReturnAddress, Signer } from '@muhr/signme'
import { CliError, type ExitCode, exitCode, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { parseArguments } from '../command/parse-arguments.ts'
import { plainText, printableJson } from '../command/plain-text.ts'
import { readInput } from '../command/read-input.ts'
import { openSignme, signmeOptions, signmeUsage } from './signme-options.ts'

const usage = `muhr signme sign FILE... (--phone N | --email A | --snils N | --signer FILE) [--inn N] [--ogrn N] [--return URL | --push URL] [--no-email] [--sms] [--notify] ${signmeUsage}`

const options = {
  ...signmeOptions,
  phone: { type: 'string' },
  email: { type: 'string' },
  snils: { type: 'string' },
  inn: { type: 'string' },
  ogrn: { type: 'string' },
  signer: { type: 'string' },
  return: { type: 'string' },
  push: { type: 'string' },
  'no-email': { type: 'boolean' },
  sms: { type: 'boolean' },
  notify: { type: 'boolean' },
} as const

type Whom = Signer & Company

/** Members of a JSON object: what stands in no list of processes. */
async function readSigner(path: string, io: CommandIo): Promise<Whom> {
  const wrong = () =>
    new CliError({
      code: 'cli.wrong-kind',
      message: 'The file of --signer is no JSON object of phone, email, snils, inn, ogrn.',
      advice: 'Write for example {"phone": "+7XXXXXXXXXX"}.',
      data: { path },
    })
  const parse = (text: string): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      throw wrong()
    }
  }
  const value = parse(new TextDecoder().decode(await readInput(path, io)))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong()
  }
  const known = ['phone', 'email', 'snils', 'inn', 'ogrn']
  const entries = Object.entries(value)
  if (entries.some(([name, text]) => !known.includes(name) || typeof text !== 'string')) {
    throw wrong()
  }

  return Object.fromEntries(entries)
}

function returnOf(values: {
  readonly return?: string | undefined
  readonly push?: string | undefined
}): ReturnAddress | undefined {
  if (values.return !== undefined && values.push !== undefined) {
    throw usageError('--return and --push are both given.', 'One request has one of both.')
  }
  if (values.push !== undefined) {
    return { kind: 'push', url: values.push }
  }

  return values.return === undefined ? undefined : { kind: 'browser', url: values.return }
}

/**
 * `muhr signme sign`: one file (1.1) or several (2.1) for one signer. The suffix or UUID stands on
 * standard output, where to sign on standard error.
 */
export async function runSign(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArguments(args, { options, usage })
  if (positionals.length === 0) {
    throw usageError('No file is named.', `Usage: ${usage}`)
  }
  const returnTo = returnOf(values)
  const { phone, email, snils, inn, ogrn } =
    values.signer === undefined ? values : await readSigner(values.signer, io)
  const files: { readonly name: string; readonly bytes: Uint8Array }[] = []
  for (const path of positionals) {
    files.push({ name: basename(path), bytes: await readInput(path, io) })
  }
  const signme = await openSignme(values, io, { needsKey: true })
  const shared = {
    signer: { phone, email, snils },
    company: { inn, ogrn },
    returnTo,
    withoutEmail: values['no-email'] === true,
    requiresSms: values.sms === true,
    notifies: values.notify === true,
  }
  const [only] = files
  const sent =
    only !== undefined && files.length === 1
      ? await signme.sign({ ...shared, file: only })
      : await signme.signFiles({ ...shared, files })
  if (values.json === true) {
    io.stdout(printableJson(sent))
  } else {
    io.stdout(`${'suffix' in sent ? sent.suffix : sent.uuid}\n`)
    io.stderr(`The signer signs at ${plainText(sent.pageUrl)}\n`)
  }

  return exitCode.passed
}
