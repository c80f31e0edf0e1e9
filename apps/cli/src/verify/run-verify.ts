import { MuhrError } from '@muhr/identifiers'
import { CliError, type ExitCode, exitCode, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { plainText, printableJson } from '../command/plain-text.ts'
import { readInput } from '../command/read-input.ts'
import { describeError } from '../command/run-guarded.ts'
import { loadTrust } from './load-trust.ts'
import { parseVerifyArguments } from './parse-verify-arguments.ts'
import { renderReport } from './render-report.ts'
import { type FileReport, type VerifyContext, verifyFile } from './verify-file.ts'

/** What came of one file. */
type FileResult = { readonly file: string } & (
  | { readonly report: FileReport }
  | { readonly error: MuhrError }
)

const codeOfIndication = {
  'TOTAL-PASSED': exitCode.passed,
  INDETERMINATE: exitCode.indeterminate,
  'TOTAL-FAILED': exitCode.failed,
} as const

/** From the worst: a signature that fails, a file that is none, data that are missing. */
const severity: readonly ExitCode[] = [
  exitCode.failed,
  exitCode.unreadable,
  exitCode.indeterminate,
  exitCode.passed,
]

function codeOf(result: FileResult): ExitCode {
  return 'report' in result ? codeOfIndication[result.report.indication] : exitCode.unreadable
}

async function readContent(path: string, io: CommandIo): Promise<Uint8Array> {
  try {
    return await readInput(path, io)
  } catch (error) {
    if (error instanceof CliError) {
      throw usageError(`--content: ${error.message}`, error.advice)
    }
    throw error
  }
}

async function verifyOne(file: string, context: VerifyContext, io: CommandIo): Promise<FileResult> {
  try {
    return { file, report: await verifyFile(await readInput(file, io), context) }
  } catch (error) {
    if (error instanceof MuhrError && error.code !== 'cli.usage') {
      return { file, error }
    }
    throw error
  }
}

function printJson(results: readonly FileResult[], io: CommandIo): void {
  const values = results.map((result) =>
    'report' in result ? result.report : { error: describeError(result.error) },
  )
  const [only] = values
  io.stdout(
    printableJson(
      results.length === 1
        ? only
        : values.map((value, index) => ({ file: results[index]?.file, ...value })),
    ),
  )
}

function printText(
  results: readonly FileResult[],
  {
    anchors,
    io,
  }: {
    readonly anchors: number
    readonly io: CommandIo
  },
): void {
  for (const { file, ...result } of results) {
    const name = file === '-' ? 'standard input' : file
    if ('report' in result) {
      io.stdout(
        renderReport(result.report, {
          name,
          anchors,
          isColoured: io.isColoured,
        }),
      )
    } else {
      io.stderr(
        `${plainText(name)}: ${plainText(result.error.message)}\n${plainText(result.error.advice)}\n`,
      )
    }
  }
}

/**
 * `muhr verify` (design §7): verifies every signature of every file and says so in words or JSON. Exit
 * code: 0 every one TOTAL-PASSED, 1 any TOTAL-FAILED, 2 otherwise, 64 usage, 65 not a signature or
 * unreadable; of several files the worst. Nothing is fetched from anywhere.
 * @throws CliError `cli.usage`
 */
export async function runVerify(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const request = parseVerifyArguments(args)
  const trust = await loadTrust(request.trust, io)
  for (const file of trust.unreadable) {
    io.stderr(`${plainText(file)}: not a certificate; nothing is trusted by it.\n`)
  }
  const context: VerifyContext = {
    policy: request.policy,
    ...(request.at === undefined ? {} : { at: request.at }),
    trust,
    content: request.content === undefined ? undefined : await readContent(request.content, io),
    now: io.now(),
  }
  const results: FileResult[] = []
  for (const file of request.files) {
    results.push(await verifyOne(file, context, io))
  }
  if (request.isJson) {
    printJson(results, io)
    for (const result of results) {
      if ('error' in result) {
        io.stderr(`${plainText(result.file)}: ${plainText(result.error.message)}\n`)
      }
    }
  } else {
    printText(results, { anchors: trust.store.anchors.length, io })
  }
  const codes = results.map(codeOf)

  return severity.find((code) => codes.includes(code)) ?? exitCode.unreadable
}
