import { CliError, type ExitCode, exitCode, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { parseArguments } from '../command/parse-arguments.ts'
import { plainText, printableJson } from '../command/plain-text.ts'
import { readInput } from '../command/read-input.ts'
import { readPassword } from '../command/read-password.ts'
import { describeFile } from './describe-file.ts'
import { kindOf } from './kind-of.ts'
import { type FileKind, kindWords } from './kind-words.ts'
import { renderDescription } from './render-description.ts'

export const inspectUsage = 'muhr inspect FILE|- [--password-file FILE] [--json]'

/** Kinds that hold names and numbers of people. */
const personalKinds: readonly FileKind[] = [
  'cms-signature',
  'certificate',
  'evidence-bundle',
  'pkcs12',
  'ocsp-response',
  'time-stamp-token',
  'time-stamp-response',
]

/** Kinds that nothing more can be said of. */
const unknownKinds: readonly FileKind[] = ['empty', 'asn1', 'binary']

/**
 * `muhr inspect`: says what a file is and what it holds, without judging it. A private key is never
 * shown. Exit code: 0 when the file is of a known kind, 64 usage, 65 unreadable or unknown.
 * @throws CliError, PkiError, EvidenceError
 */
export async function runInspect(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArguments(args, {
    usage: inspectUsage,
    options: { 'password-file': { type: 'string' }, json: { type: 'boolean' } },
  })
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0) {
    throw usageError('Name one file.', `Usage: ${inspectUsage}`)
  }
  const bytes = await readInput(file, io)
  const kind = kindOf(bytes)
  if (values['password-file'] !== undefined && kind !== 'pkcs12') {
    throw usageError('--password-file is for key stores (PKCS#12).', `Usage: ${inspectUsage}`)
  }
  const password = kind === 'pkcs12' ? await readPassword(values['password-file'], io) : undefined
  const { name, next } = kindWords[kind]
  const description = await describeFile(bytes, { kind, now: io.now(), password })
  if (values.json === true) {
    io.stdout(printableJson({ kind, bytes: bytes.byteLength, ...description }))
  } else {
    io.stdout(
      `${[
        `${plainText(file)}: ${name}, ${bytes.byteLength} bytes`,
        ...(kind === 'pkcs12' && password === undefined
          ? ['Locked. Give its password with --password-file FILE to see what it holds.']
          : []),
        ...renderDescription(description),
        ...(personalKinds.includes(kind) && (kind !== 'pkcs12' || password !== undefined)
          ? [
              'Names and numbers are shown as they stand in the file itself; nothing is judged here.',
            ]
          : []),
        ...(['cms-signature', 'xml-signature', 'evidence-bundle'].includes(kind) ? [next] : []),
      ].join('\n')}\n`,
    )
  }
  if (unknownKinds.includes(kind)) {
    throw new CliError({
      code: 'cli.wrong-kind',
      message: `This is ${name}.`,
      advice: next,
      data: { kind },
    })
  }

  return exitCode.passed
}
