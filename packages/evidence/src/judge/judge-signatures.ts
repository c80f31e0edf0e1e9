import { isPkiError, type VerificationReport, verifySignature } from '@muhr/pki'
import { isCounted, type Manifest } from '../manifest.ts'
import type { BundleFiles } from '../read-bundle.ts'
import type { JudgeContext } from './judge-time-stamp.ts'
import { type BundleOutcome, failed, open, orPassed } from './outcome.ts'

type NamedSignature = Manifest['signatures'][number]

/**
 * Verifies every signature over the content that the manifest names for it. One that counts and whose
 * files are missing, or that is none, fails the bundle; what was refused may well be none.
 */
export async function judgeSignatures(
  files: BundleFiles,
  { manifest, context }: { readonly manifest: Manifest; readonly context: JudgeContext },
): Promise<{
  readonly found: ReadonlyMap<string, VerificationReport>
  readonly outcomes: readonly BundleOutcome[]
}> {
  const found = new Map<string, VerificationReport>()
  const outcomes: BundleOutcome[] = []
  for (const named of manifest.signatures) {
    const { report, problems } = await judgeOne(named, { files, manifest, context })
    if (isCounted(named)) {
      outcomes.push(...problems)
    }
    if (report !== undefined) {
      found.set(named.path, report)
    }
  }
  const counted = manifest.signatures.filter(isCounted)
  if (counted.length === 0) {
    outcomes.push(open('signatures', 'no-signatures'))
  }
  // A held signature was never decided: whoever judges by milder rules must not make it more than that.
  const undecided = counted.filter(
    ({ standing, acceptedBy }) => standing === 'held' && acceptedBy === undefined,
  )
  outcomes.push(...undecided.map(({ path }) => open('signatures', `held ${path}`)))
  const signed = new Set(counted.map(({ document }) => document))
  const unsigned = manifest.documents.filter(({ path }) => !signed.has(path))
  outcomes.push(...unsigned.map(({ path }) => open('signatures', `document-unsigned ${path}`)))

  return { found, outcomes: orPassed('signatures', outcomes) }
}

async function judgeOne(
  named: NamedSignature,
  {
    files,
    manifest,
    context,
  }: {
    readonly files: BundleFiles
    readonly manifest: Manifest
    readonly context: JudgeContext
  },
): Promise<{
  readonly report?: VerificationReport
  readonly problems: readonly BundleOutcome[]
}> {
  const { path } = named
  const problem = (code: string) => failed('signatures', `${code} ${path}`)
  const isNamedContent = manifest.contents.some(
    (content) => content.path === named.content && content.document === named.document,
  )
  const container = files.get(path)
  const content = files.get(named.content)
  if (!isNamedContent || container === undefined || content === undefined) {
    return { problems: [problem(isNamedContent ? 'file-missing' : 'content-not-named')] }
  }
  try {
    const { report, facts } = await verifySignature({ container, content, ...context })
    const [first] = facts.signers
    const isDetached = first === undefined ? undefined : first.content === 'given'

    return {
      report,
      problems: [
        ...(isDetached === undefined || isDetached === named.detached
          ? []
          : [problem('detached-or-not')]),
        ...(report.signatures.length > 0 ? [] : [problem('signature-damaged')]),
      ],
    }
  } catch (error) {
    if (
      isPkiError(error, 'container.not-a-signature') ||
      isPkiError(error, 'container.unsupported-format')
    ) {
      return { problems: [problem('not-a-signature')] }
    }
    throw error
  }
}
