import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { MuhrError } from '@muhr/identifiers'
import { decodeContainer, isPkiError, parseSignedData } from '@muhr/pki'
import type { CommandIo } from '../command/io.ts'
import { readInput } from '../command/read-input.ts'
import { describeError } from '../command/run-guarded.ts'
import type { FileResult } from './file-result.ts'
import type { Target } from './find-targets.ts'
import { type FileReport, type VerifyContext, verifyFile } from './verify-file.ts'

/** Does the container leave its content to a file of its own? */
function isDetached(bytes: Uint8Array): boolean {
  try {
    return parseSignedData(decodeContainer(bytes)).content === undefined
  } catch (error) {
    if (isPkiError(error)) {
      return false
    }
    throw error
  }
}

/**
 * Verifies a detached signature over the first file beside it that is its document by its digest.
 * Files that are not leave the document unknown: they may belong to something else, so they are never
 * told to be a changed one, but for the one that bears the signature's own name.
 */
async function verifyBeside(
  bytes: Uint8Array,
  target: Target,
  context: VerifyContext,
): Promise<Pick<FileResult, 'content'> & { readonly report: FileReport }> {
  for (const path of target.beside ?? []) {
    const report = await verifyFile(bytes, { ...context, content: await readFile(path) })
    if (report.subIndication !== 'HASH_FAILURE' || target.path.startsWith(`${path}.`)) {
      return { content: basename(path), report }
    }
  }

  return { report: await verifyFile(bytes, context) }
}

/**
 * Reads and verifies one file. A document beside it is used for a detached signature that was given
 * none. What cannot be read or verified is a result, not an exception.
 * @throws CliError `cli.usage`
 */
export async function verifyTarget(
  target: Target,
  context: VerifyContext,
  io: Pick<CommandIo, 'cwd' | 'readStdin'>,
): Promise<FileResult> {
  const { file } = target
  try {
    const bytes = await readInput(target.path, io)
    const mayBeBeside =
      target.beside !== undefined && context.content === undefined && isDetached(bytes)

    return {
      file,
      ...(mayBeBeside
        ? await verifyBeside(bytes, target, context)
        : { report: await verifyFile(bytes, context) }),
    }
  } catch (error) {
    if (error instanceof MuhrError && error.code !== 'cli.usage') {
      return { file, error: describeError(error) }
    }
    throw error
  }
}
