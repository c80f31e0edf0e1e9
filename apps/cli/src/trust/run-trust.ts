import type { Certificate, KnownAuthority } from '@muhr/pki'
import {
  addToTrustFolder,
  readCertificates,
  readTrustFolder,
  removeFromTrustFolder,
} from '@muhr/server/trust-roots'
import { CliError, type ExitCode, exitCode, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { parseArguments } from '../command/parse-arguments.ts'
import { plainText, printableJson } from '../command/plain-text.ts'
import { readInput } from '../command/read-input.ts'
import { describeCertificate } from '../inspect/describe-certificate.ts'
import { kindOf } from '../inspect/kind-of.ts'
import { kindWords } from '../inspect/kind-words.ts'
import { judgeCandidate } from './judge-candidate.ts'
import { trustFolder } from './trust-folder.ts'

export const trustUsage =
  'muhr trust add FILE [--sha256 HEX]... [--allow-test] | list [--json] | remove SHA256'

/** A digest in groups of four, for comparing by eye. */
const inGroups = (hex: string): string => hex.replace(/(.{4})(?=.)/g, '$1 ')

/** A digest as people copy it: with colons, spaces or capitals. */
const bare = (text: string): string => text.replace(/[\s:]/g, '').toLowerCase()

function publishedLine(authority: KnownAuthority): string {
  return `Published: ${authority.country}, ${authority.kind}, ${authority.environment}: ${authority.name} (${authority.generation})`
}

function candidateLines(certificate: Certificate, authority: KnownAuthority | undefined): string {
  return `${[
    `Subject:   ${plainText(certificate.subject.text)}`,
    `Valid:     ${certificate.notBefore.toISOString().slice(0, 10)} to ${certificate.notAfter.toISOString().slice(0, 10)}`,
    `SHA-256:   ${inGroups(certificate.sha256)}`,
    authority === undefined
      ? 'This authority is not among the published national ones that this version knows.'
      : plainText(publishedLine(authority)),
  ].join('\n')}\n`
}

/**
 * A root is worth what its way here was worth: its fingerprint must have been compared with the one that
 * the authority publishes. The published national ones are compared by their table.
 */
async function confirm(
  { sha256 }: Certificate,
  {
    authority,
    fingerprints,
    io,
  }: {
    readonly authority: KnownAuthority | undefined
    readonly fingerprints: readonly string[]
    readonly io: CommandIo
  },
): Promise<void> {
  if (fingerprints.includes(sha256) || (authority !== undefined && io.ask === undefined)) {
    return
  }
  const question =
    authority === undefined
      ? 'Compare the SHA-256 with the one that the authority publishes. Are they the same? Type yes: '
      : 'Trust everything that this authority certifies? Type yes: '
  const answer = await io.ask?.(question)
  if (answer?.trim().toLowerCase() !== 'yes') {
    throw new CliError({
      code: 'cli.not-confirmed',
      message: 'Nothing was added: the fingerprint is not confirmed.',
      advice:
        'Take the fingerprint from the authority itself and repeat with --sha256 FINGERPRINT.',
    })
  }
}

async function add(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArguments(args, {
    usage: trustUsage,
    options: {
      sha256: { type: 'string', multiple: true },
      'allow-test': { type: 'boolean' },
      json: { type: 'boolean' },
    },
  })
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0) {
    throw usageError('Name one file.', `Usage: ${trustUsage}`)
  }
  const bytes = await readInput(file, io)
  const kind = kindOf(bytes)
  if (kind !== 'certificate') {
    throw new CliError({
      code: 'cli.wrong-kind',
      message: `This is no certificate: it is ${kindWords[kind].name}.`,
      advice: 'Give the certificate of the authority, as PEM or DER.',
      data: { path: file },
    })
  }
  const candidates = readCertificates(bytes).map((certificate) => ({
    certificate,
    authority: judgeCandidate(certificate, { allowTest: values['allow-test'] === true }),
  }))
  const fingerprints = (values.sha256 ?? []).map(bare)
  for (const { certificate, authority } of candidates) {
    io.stderr(candidateLines(certificate, authority))
    await confirm(certificate, { authority, fingerprints, io })
  }
  // All of the file or nothing: half a chain helps nobody.
  const folder = trustFolder(io)
  for (const { certificate } of candidates) {
    const path = await addToTrustFolder(folder, certificate)
    if (values.json !== true) {
      io.stdout(`Trusted from now on: ${path}\n`)
    }
  }
  if (values.json === true) {
    io.stdout(printableJson(candidates.map(({ certificate }) => describeCertificate(certificate))))
  }

  return exitCode.passed
}

async function list(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArguments(args, {
    usage: trustUsage,
    options: { json: { type: 'boolean' } },
  })
  if (positionals.length > 0) {
    throw usageError('list takes no file.', `Usage: ${trustUsage}`)
  }
  const folder = trustFolder(io)
  const { trusted, unreadable } = await readTrustFolder(folder)
  for (const file of unreadable) {
    io.stderr(`${plainText(file)}: not a certificate; nothing is trusted by it.\n`)
  }
  if (values.json === true) {
    io.stdout(printableJson(trusted.map(({ certificate }) => describeCertificate(certificate))))

    return exitCode.passed
  }
  if (trusted.length === 0) {
    io.stdout(`Nothing is trusted in ${plainText(folder)}. Add a root: muhr trust add FILE\n`)
  }
  for (const { certificate } of trusted) {
    const authority = judgeQuietly(certificate)
    io.stdout(`${candidateLines(certificate, authority.known)}${authority.warning}\n`)
  }

  return exitCode.passed
}

/** What stands in the folder although it should not is told; it was put there by other means. */
function judgeQuietly(certificate: Certificate): {
  readonly known: KnownAuthority | undefined
  readonly warning: string
} {
  try {
    return { known: judgeCandidate(certificate, { allowTest: true }), warning: '' }
  } catch (error) {
    if (error instanceof CliError) {
      return { known: undefined, warning: `Warning:   ${error.message}\n` }
    }
    throw error
  }
}

/** Fewer digits could name another certificate tomorrow. */
const minPrefix = 8

async function remove(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { positionals } = parseArguments(args, { usage: trustUsage, options: {} })
  const [fingerprint, ...others] = positionals
  const prefix = bare(fingerprint ?? '')
  if (others.length > 0 || !/^[0-9a-f]{8,64}$/.test(prefix)) {
    throw usageError(
      `Name one certificate by its SHA-256, or by the first ${minPrefix} digits of it or more.`,
      `Usage: ${trustUsage}`,
    )
  }
  const folder = trustFolder(io)
  const { trusted } = await readTrustFolder(folder)
  const found = trusted.filter(({ certificate }) => certificate.sha256.startsWith(prefix))
  const digests = new Set(found.map(({ certificate }) => certificate.sha256))
  if (digests.size !== 1) {
    throw usageError(
      digests.size === 0
        ? 'No trusted certificate has this SHA-256.'
        : 'Several trusted certificates begin so.',
      'See them with muhr trust list.',
    )
  }
  for (const each of found) {
    await removeFromTrustFolder(folder, each)
    io.stdout(`No longer trusted: ${plainText(each.certificate.subject.text)}\n`)
  }

  return exitCode.passed
}

const actions = { add, list, remove } as const

/**
 * `muhr trust add|list|remove`: the anchors of this installation, one file each in `MUHR_TRUST` (default:
 * `trust` in the data folder). Exit code: 0, 64 usage, 65 a file that is refused or not confirmed.
 * @throws CliError
 */
export async function runTrust(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [action = '', ...rest] = args
  const run = Object.hasOwn(actions, action) ? actions[action as keyof typeof actions] : undefined
  if (run === undefined) {
    throw usageError('Say add, list or remove.', `Usage: ${trustUsage}`)
  }

  return run(rest, io)
}
