import type { BundleReport } from '@muhr/evidence'
import {
  beginsAsSignedData,
  isPkiError,
  isSignatureContainer,
  type RandomAccess,
  type VerificationReport,
  verifySignature,
  verifySignatureStream,
} from '@muhr/pki'
import { CliError, usageError } from '../command/cli-error.ts'
import { type OpenInput, readWhole } from '../command/read-input.ts'
import { kindOf } from '../inspect/kind-of.ts'
import { kindWords } from '../inspect/kind-words.ts'
import type { LoadedTrust } from './load-trust.ts'
import type { VerifyRequest } from './parse-verify-arguments.ts'

/** A report of either kind: over a container, or over a bundle with what is in it. */
export type FileReport = VerificationReport | BundleReport

export type VerifyContext = Pick<VerifyRequest, 'policy' | 'at'> & {
  readonly trust: LoadedTrust
  /** Read as often as there are signatures. */
  readonly content: Uint8Array | RandomAccess | undefined
  readonly now: Date
}

const zipStart = [0x50, 0x4b, 0x03, 0x04]

/** The evidence package is loaded only for what may be a bundle: one signature is checked without it. */
async function verifyAsBundle(
  bytes: Uint8Array,
  context: VerifyContext,
): Promise<BundleReport | undefined> {
  const { looksLikeBundle, verifyBundle } = await import('@muhr/evidence')
  if (!looksLikeBundle(bytes)) {
    return undefined
  }
  if (context.content !== undefined) {
    throw usageError(
      '--content does not go with an evidence bundle.',
      'Leave --content out: a bundle holds its documents.',
    )
  }

  return verifyBundle(bytes, { ...context, trust: context.trust.store })
}

/** Signatures of a container; undefined for what the verifier does not take for one. */
async function verifyAsContainer(
  container: Uint8Array | RandomAccess,
  context: VerifyContext,
): Promise<VerificationReport | undefined> {
  try {
    const { content } = context
    const setting = {
      trust: context.trust.store,
      policy: context.policy,
      ...(context.at === undefined ? {} : { at: context.at }),
      now: context.now,
      stored: { certificates: context.trust.helpers },
    }
    // What is in memory already is not passed on in pieces.
    const { report } =
      container instanceof Uint8Array && (content === undefined || content instanceof Uint8Array)
        ? await verifySignature({
            ...setting,
            container,
            ...(content === undefined ? {} : { content }),
          })
        : await verifySignatureStream({
            ...setting,
            container,
            ...(content === undefined ? {} : { content }),
          })

    return report
  } catch (error) {
    if (
      isPkiError(error, 'container.not-a-signature') ||
      isPkiError(error, 'container.unsupported-format')
    ) {
      return undefined
    }
    throw error
  }
}

/** Octets in which a large container shows what it is. */
const headBytes = 64

/**
 * Verifies one file: a signature container in any of its forms, or an evidence bundle. A large CMS
 * container is read in pieces, everything else whole. A damaged one is a report; what is neither is
 * refused by what it really is.
 * @throws CliError `cli.wrong-kind`, `cli.usage`, `cli.unreadable`
 */
export async function verifyFile(
  input: OpenInput,
  context: VerifyContext,
  path = '',
): Promise<FileReport> {
  const { source } = input
  if (!(source instanceof Uint8Array) && beginsAsSignedData(await source.read(0, headBytes))) {
    const report = await verifyAsContainer(source, context)
    if (report !== undefined) {
      return report
    }
  }
  const bytes = await readWhole(input, path)
  const isZip = zipStart.every((octet, index) => bytes[index] === octet)
  const report =
    !isZip && isSignatureContainer(bytes) ? await verifyAsContainer(bytes, context) : undefined
  if (report !== undefined) {
    return report
  }
  const bundle = await verifyAsBundle(bytes, context)
  if (bundle !== undefined) {
    return bundle
  }
  const kind = kindOf(bytes)
  const { name, next } = kindWords[kind]
  throw new CliError({
    code: 'cli.wrong-kind',
    message: `This is not a signature: it is ${name}.`,
    advice: next,
    data: { kind },
  })
}
