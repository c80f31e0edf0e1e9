import { basename } from 'node:path'
import { MuhrError } from '@muhr/identifiers'
import { decodeContainer, isPkiError, parseSignedData, placeOfContent } from '@muhr/pki'
import type { CommandIo } from '../command/io.ts'
import { type OpenInput, openInput } from '../command/read-input.ts'
import { describeError } from '../command/run-guarded.ts'
import type { FileResult } from './file-result.ts'
import type { Target } from './find-targets.ts'
import { type FileReport, type VerifyContext, verifyFile } from './verify-file.ts'

/** Can the container be read, and does it leave its content to a file of its own? A large one holds it. */
function isDetached({ source }: OpenInput): boolean {
  if (!(source instanceof Uint8Array)) {
    return false
  }
  try {
    return parseSignedData(decodeContainer(source)).content === undefined
  } catch (error) {
    if (isPkiError(error)) {
      return false
    }
    throw error
  }
}

/** {@link isDetached} as far as its first octets tell, which is enough for one that is not damaged. */
function seemsDetached(input: OpenInput): boolean {
  const place = input.source instanceof Uint8Array ? placeOfContent(input.source) : 'inside'

  return place === 'unclear' ? isDetached(input) : place === 'elsewhere'
}

/**
 * Verifies a detached signature over the first file beside it that is its document by its digest.
 * Files that are not leave the document unknown: they may belong to something else, so they are never
 * told to be a changed one, but for the one that bears the signature's own name.
 */
async function verifyBeside(
  input: OpenInput,
  { target, context, io }: { target: Target; context: VerifyContext; io: TargetIo },
): Promise<Pick<FileResult, 'content'> & { readonly report: FileReport }> {
  for (const path of target.beside ?? []) {
    const content = await openInput(path, io)
    try {
      const report = await verifyFile(input, { ...context, content: content.source }, target.path)
      if (report.subIndication === 'FORMAT_FAILURE' && !isDetached(input)) {
        break
      }
      if (report.subIndication !== 'HASH_FAILURE' || target.path.startsWith(`${path}.`)) {
        return { content: basename(path), report }
      }
    } finally {
      await content.close()
    }
  }

  return { report: await verifyFile(input, context, target.path) }
}

type TargetIo = Pick<CommandIo, 'cwd' | 'readStdin'>

/**
 * Reads and verifies one file. A document beside it is used for a detached signature that was given
 * none. What cannot be read or verified is a result, not an exception.
 * @throws CliError `cli.usage`
 */
export async function verifyTarget(
  target: Target,
  context: VerifyContext,
  io: TargetIo,
): Promise<FileResult> {
  const { file } = target
  try {
    const input = await openInput(target.path, io)
    try {
      const mayBeBeside =
        target.beside !== undefined && context.content === undefined && seemsDetached(input)

      return {
        file,
        ...(mayBeBeside
          ? await verifyBeside(input, { target, context, io })
          : { report: await verifyFile(input, context, target.path) }),
      }
    } finally {
      await input.close()
    }
  } catch (error) {
    if (error instanceof MuhrError && error.code !== 'cli.usage') {
      return { file, error: describeError(error) }
    }
    throw error
  }
}
