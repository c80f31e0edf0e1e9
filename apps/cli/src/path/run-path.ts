import { type ExitCode, exitCode } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { printableJson } from '../command/plain-text.ts'
import { describePath } from './describe-path.ts'
import { judgePath } from './judge-path.ts'
import { parsePathArguments } from './parse-path-arguments.ts'
import { readPathFiles } from './read-path-files.ts'
import { renderPath } from './render-path.ts'

const codeOfStatus = {
  valid: exitCode.passed,
  invalid: exitCode.failed,
  indeterminate: exitCode.indeterminate,
} as const

/**
 * `muhr path`: validates the certification path of one certificate by RFC 5280, offline, against nothing
 * but what the command line names. Exit code: 0 valid, 1 invalid, 2 data missing, 64 usage, 65 the
 * certificate cannot be read.
 * @throws CliError, PkiError
 */
export async function runPath(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const request = parsePathArguments(args)
  const files = await readPathFiles(request, io)
  const outcome = judgePath(files, { request, now: io.now() })
  const described = describePath(outcome, files)
  const { isColoured } = io
  io.stdout(
    request.isJson
      ? printableJson(described)
      : renderPath(outcome, { name: request.leaf, described, isColoured }),
  )

  return codeOfStatus[outcome.status]
}
