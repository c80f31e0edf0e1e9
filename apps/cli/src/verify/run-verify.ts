import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { CliError, type ExitCode, exitCode, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { plainText, printableJson } from '../command/plain-text.ts'
import { createProgressBar, type ProgressBar } from '../command/progress-bar.ts'
import { type OpenInput, openInput } from '../command/read-input.ts'
import type { FileResult } from './file-result.ts'
import { findTargets } from './find-targets.ts'
import { loadTrust } from './load-trust.ts'
import { parseVerifyArguments, type VerifyRequest } from './parse-verify-arguments.ts'
import { renderReport } from './render-report.ts'
import { renderSummary, renderTable } from './render-summary.ts'
import type { VerifyContext } from './verify-file.ts'
import {
  minTargetsPerThread,
  startThreads,
  type VerifierThread,
  verifyMany,
} from './verify-many.ts'

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

async function openContent(path: string, io: CommandIo): Promise<OpenInput> {
  try {
    return await openInput(path, io)
  } catch (error) {
    if (error instanceof CliError) {
      throw usageError(`--content: ${error.message}`, error.advice)
    }
    throw error
  }
}

/** More reports than this nobody reads one by one: they become a line each. */
const longestList = 8

function progressOf(total: number, write: (text: string) => void): ProgressBar {
  return createProgressBar(write, { total, nowMs: () => performance.now() })
}

function printJson(
  results: readonly FileResult[],
  { isList, io }: { readonly isList: boolean; readonly io: CommandIo },
): void {
  const values = results.map((result) =>
    'report' in result ? result.report : { error: result.error },
  )
  const [only] = values
  io.stdout(
    printableJson(
      !isList
        ? only
        : values.map((value, index) => {
            const { file, content } = results[index] ?? {}

            return { file, ...(content === undefined ? {} : { content }), ...value }
          }),
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
  for (const { file, content, ...result } of results) {
    const name = file === '-' ? 'standard input' : file
    if ('report' in result) {
      io.stdout(
        renderReport(result.report, {
          name,
          ...(content === undefined ? {} : { content }),
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
  const threads = isMuch(request.files, io) ? startThreads() : []
  try {
    return await verifyRequest(request, threads, io)
  } finally {
    await Promise.all(threads.map(({ worker }) => worker.terminate()))
  }
}

/** Will several threads be needed? Then they start now, while files are looked for. */
function isMuch(files: readonly string[], { cwd }: CommandIo): boolean {
  return files.some((file) => {
    try {
      return readdirSync(resolve(cwd, file)).length > 2 * minTargetsPerThread
    } catch {
      // Standard input, a file, or what is refused in words when it is opened.
      return false
    }
  })
}

async function verifyRequest(
  request: VerifyRequest,
  threads: readonly VerifierThread[],
  io: CommandIo,
): Promise<ExitCode> {
  const trust = await loadTrust(request.trust, io)
  for (const file of trust.unreadable) {
    io.stderr(`${plainText(file)}: not a certificate; nothing is trusted by it.\n`)
  }
  const content = request.content === undefined ? undefined : await openContent(request.content, io)
  try {
    return await verifyTargets(
      request,
      {
        policy: request.policy,
        ...(request.at === undefined ? {} : { at: request.at }),
        trust,
        content: content?.source,
        now: io.now(),
      },
      { threads, io },
    )
  } finally {
    await content?.close()
  }
}

async function verifyTargets(
  request: VerifyRequest,
  context: VerifyContext,
  { threads, io }: { readonly threads: readonly VerifierThread[]; readonly io: CommandIo },
): Promise<ExitCode> {
  const { targets, passedOver, hasFolder } = await findTargets(request.files, io)
  if (targets.length === 0) {
    throw new CliError({
      code: 'cli.wrong-kind',
      message: 'There is no signature and no evidence bundle in the folder.',
      advice:
        'Name the folder that holds .sig, .p7s or .p7m files, signed XML or evidence bundles.',
      data: { passedOver },
    })
  }
  const bar = io.terminal === undefined ? undefined : progressOf(targets.length, io.terminal)
  const results = await verifyMany(targets, {
    context,
    contentPath: request.content,
    io,
    started: threads,
    onResult: (_, done) => bar?.tell(done),
  }).finally(() => bar?.clear())
  const isTable = hasFolder || results.length > longestList
  if (request.isJson) {
    printJson(results, { isList: results.length > 1 || isTable, io })
    for (const result of results) {
      if ('error' in result) {
        io.stderr(`${plainText(result.file)}: ${plainText(result.error.message)}\n`)
      }
    }
  } else if (isTable) {
    io.stdout(renderTable(results, io))
    io.stdout(renderSummary(results, { passedOver, isColoured: io.isColoured }))
  } else {
    printText(results, { anchors: context.trust.store.anchors.length, io })
  }
  const codes = results.map(codeOf)

  return severity.find((code) => codes.includes(code)) ?? exitCode.unreadable
}
