import {
  type PolicyName,
  policyByName,
  type SignatureReport,
  type StoredMaterial,
  type TrustStore,
  type VerificationPolicy,
  type VerificationReport,
} from '@muhr/pki'
import {
  encodeManifest,
  isCounted,
  type Manifest,
  manifestPath,
  manifestSchema,
  readStampMaterialPath,
  type StampMaterialKind,
} from '../manifest.ts'
import type { BundleFiles } from '../read-bundle.ts'
import { parseJson, readStoredReports } from '../stored-reports.ts'
import { checkClaims, checkSandbox } from './check-claims.ts'
import { checkDerivations } from './check-derivations.ts'
import { checkEvents } from './check-events.ts'
import { checkFiles } from './check-files.ts'
import { checkPages, checkReport } from './check-report.ts'
import { judgeSignatures } from './judge-signatures.ts'
import {
  type JudgeContext,
  judgeManifestTimestamp,
  type ManifestTimestamp,
} from './judge-time-stamp.ts'
import {
  type BundleCheck,
  type BundleOutcome,
  failed,
  passed,
  type Verdict,
  worstOf,
} from './outcome.ts'

/** One signature of a bundle, judged, and what it belongs to. */
export type BundleSignatureReport = SignatureReport & {
  /** Paths inside the bundle. */
  readonly path: string
  readonly document: string
  /** Name of the recipient that it was asked from. */
  readonly recipient: string
}

/** A signature that is kept because it happened, and does not count. */
export type UncountedSignature = {
  readonly path: string
  readonly document: string
  readonly recipient: string
  /** `refused`: not accepted when it came. `late`: came after its signing had ended. */
  readonly standing: string
  /** What is found now; absent for a file that is no signature. */
  readonly indication?: VerificationReport['indication']
  readonly subIndication?: VerificationReport['subIndication']
}

/**
 * The report of design §7 over all signatures that a bundle rests on, and what was found about the
 * bundle.
 */
export type BundleReport = Omit<VerificationReport, 'signatures'> & {
  readonly signatures: readonly BundleSignatureReport[]
  readonly bundle: {
    readonly checks: readonly BundleCheck[]
    /** What the manifest says of the envelope; absent when there is no manifest to be read. */
    readonly envelope?: Manifest['envelope']
    readonly documents: readonly Manifest['documents'][number][]
    readonly uncounted: readonly UncountedSignature[]
    readonly manifestTimestamp?: ManifestTimestamp
  }
}

/** How to judge: see `verifySignature` of `@muhr/pki`. */
export type JudgeOptions = {
  readonly trust: TrustStore
  readonly policy: PolicyName | VerificationPolicy
  /** The validation time; `now` by default. */
  readonly at?: Date | undefined
  readonly now: Date
}

/**
 * Judges a bundle again from nothing but its files: digests, derivations, every signature over its
 * content, the time-stamp over the manifest, the audit chain, the pages, and whether what is claimed is
 * what is found. Offline: certificates and revocation data come from the bundle, trust from the caller.
 * The whole is as good as its worst part.
 *
 * A time-stamp over the manifest that holds proves that the signatures existed then, so that they are
 * judged at that time, whatever expired since (ETSI EN 319 102-1 §5.6).
 *
 * Damage is a report with FORMAT_FAILURE or HASH_FAILURE. Throws PkiError `policy.unknown`.
 */
export async function judgeBundle(
  files: BundleFiles,
  options: JudgeOptions,
): Promise<BundleReport> {
  const policy = typeof options.policy === 'string' ? policyByName(options.policy) : options.policy
  const at = options.at ?? options.now
  const manifest = readManifest(files.get(manifestPath))
  const report = (
    outcomes: readonly BundleOutcome[],
    rest: Partial<Pick<BundleReport, 'signatures' | 'sandbox'>> &
      Partial<BundleReport['bundle']> = {},
  ): BundleReport => {
    const { signatures = [], sandbox = false, ...bundle } = rest

    return {
      ...overallOf(outcomes, signatures),
      policy: policy.name,
      validationTime: at.toISOString(),
      sandbox,
      signatures,
      bundle: {
        checks: outcomes.map(({ verdict: _verdict, ...check }) => check),
        documents: [],
        uncounted: [],
        ...bundle,
      },
    }
  }
  if (manifest === undefined) {
    const code = files.has(manifestPath) ? 'manifest-unreadable' : 'manifest-missing'

    return report([failed('manifest', code)])
  }

  const context: JudgeContext = {
    trust: options.trust,
    policy,
    at,
    now: options.now,
    stored: storedMaterial(files),
  }
  const stamp = await judgeManifestTimestamp(files, context)
  const signatures = await judgeSignatures(files, {
    manifest,
    context: { ...context, at: provenTime(stamp.manifestTimestamp, at) },
  })
  const { found } = signatures
  const sandbox = checkSandbox(files, { manifest, found })

  return report(
    [
      passed('manifest'),
      ...checkFiles(files, manifest),
      ...checkDerivations(files, manifest),
      ...signatures.outcomes,
      ...stamp.outcomes,
      ...checkEvents(files, manifest),
      ...checkStoredReports(files, { manifest, found }),
      ...checkClaims(manifest, found),
      ...sandbox.outcomes,
    ],
    {
      signatures: manifest.signatures.filter(isCounted).flatMap(({ path, document, recipient }) =>
        (found.get(path)?.signatures ?? []).map((each) => ({
          ...each,
          path,
          document,
          recipient,
        })),
      ),
      sandbox: sandbox.sandbox,
      envelope: manifest.envelope,
      documents: manifest.documents,
      uncounted: manifest.signatures
        .filter((named) => !isCounted(named))
        .map((named) => uncountedOf(named, found.get(named.path))),
      ...(stamp.manifestTimestamp === undefined
        ? {}
        : { manifestTimestamp: stamp.manifestTimestamp }),
    },
  )
}

function uncountedOf(
  { path, document, recipient, standing }: Manifest['signatures'][number],
  report: VerificationReport | undefined,
): UncountedSignature {
  return {
    path,
    document,
    recipient,
    standing,
    ...(report === undefined ? {} : { indication: report.indication }),
    ...(report?.subIndication === undefined ? {} : { subIndication: report.subIndication }),
  }
}

/** What says most of why a bundle is bad: its files, then its signatures, then what is said of them. */
const tellingChecks: readonly BundleCheck['name'][] = ['manifest', 'files', 'derivations']

function overallOf(
  outcomes: readonly BundleOutcome[],
  signatures: readonly BundleSignatureReport[],
): Verdict {
  const isTelling = ({ name }: BundleOutcome) => tellingChecks.includes(name)

  return worstOf([
    ...outcomes.filter(isTelling).map(({ verdict }) => verdict),
    ...signatures.map(({ indication, subIndication }) => ({
      indication,
      ...(subIndication === undefined ? {} : { subIndication }),
    })),
    ...outcomes.filter((outcome) => !isTelling(outcome)).map(({ verdict }) => verdict),
  ])
}

/** Reads `manifest.json`; undefined when it is not as a bundle of this format has it. */
function readManifest(bytes: Uint8Array | undefined): Manifest | undefined {
  if (bytes === undefined) {
    return undefined
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  const parsed = manifestSchema.safeParse(parseJson(text))

  return parsed.success && Buffer.compare(encodeManifest(parsed.data), bytes) === 0
    ? parsed.data
    : undefined
}

/** Certificates and revocation data of a bundle: trusted by nobody, used where they fit. */
function storedMaterial(files: BundleFiles): StoredMaterial {
  const at = (folder: string, kind: StampMaterialKind): readonly Uint8Array[] =>
    [...files].flatMap(([path, bytes]) =>
      (path.startsWith(`${folder}/`) && path.endsWith(`.${kind}`)) ||
      readStampMaterialPath(path)?.kind === kind
        ? [bytes]
        : [],
    )

  return {
    certificates: at('certificates', 'cer'),
    ocsp: at('revocation', 'ocsp'),
    crls: at('revocation', 'crl'),
  }
}

/** When the signatures are known to have existed; never later than the validation time. */
function provenTime(stamp: ManifestTimestamp | undefined, at: Date): Date {
  const proven =
    stamp?.indication === 'TOTAL-PASSED' && stamp.genTime !== undefined
      ? new Date(stamp.genTime)
      : at

  return proven < at ? proven : at
}

function checkStoredReports(
  files: BundleFiles,
  context: {
    readonly manifest: Manifest
    readonly found: ReadonlyMap<string, VerificationReport>
  },
): readonly BundleOutcome[] {
  const bytes = files.get('report.json')
  if (bytes === undefined) {
    return []
  }
  const stored = readStoredReports(bytes)

  return stored === undefined
    ? [failed('report', 'report-unreadable')]
    : [
        ...checkReport(stored, context),
        ...checkPages(files, { manifest: context.manifest, stored }),
      ]
}
