import type { SignatureReport, VerificationReport } from '@muhr/pki'
import type { Manifest } from '../manifest.ts'
import { pagesVersion } from '../pages/page-data.ts'
import { renderReadme } from '../pages/render-readme.ts'
import { renderReport } from '../pages/render-report.ts'
import type { BundleFiles } from '../read-bundle.ts'
import type { StoredReports } from '../stored-reports.ts'
import { type BundleOutcome, failed, open, orPassed } from './outcome.ts'

/** What neither time nor policy can change about a signature. */
const lasting = ['name', 'serialNumber', 'snils', 'inn', 'ogrn', 'iin', 'bin', 'pinfl'] as const

/** A field that only one side has came with a later version; one that both have must be the same. */
function isSame(left: string | undefined, right: string | undefined): boolean {
  return left === undefined || right === undefined || left === right
}

function isSameSigner(
  left: Readonly<Partial<Record<(typeof lasting)[number], string | undefined>>>,
  right: Readonly<Partial<Record<(typeof lasting)[number], string | undefined>>>,
): boolean {
  return lasting.every((field) => isSame(left[field], right[field]))
}

function isSameSignature(stored: SignatureReport, found: SignatureReport | undefined): boolean {
  return (
    found !== undefined &&
    isSameSigner(stored.signer, found.signer) &&
    isSame(stored.contentDigest || undefined, found.contentDigest || undefined) &&
    stored.signatureAlgorithm.oid === found.signatureAlgorithm.oid
  )
}

/** Do the manifest and `report.json` name the same people and results as the signatures themselves? */
export function checkReport(
  stored: StoredReports,
  {
    manifest,
    found,
  }: {
    readonly manifest: Manifest
    /** Reports of now, by path of the signature; absent where a file is missing. */
    readonly found: ReadonlyMap<string, VerificationReport>
  },
): readonly BundleOutcome[] {
  const isAligned =
    stored.sandbox === manifest.envelope.sandbox &&
    stored.signatures.length === manifest.signatures.length
  const wrong = manifest.signatures.flatMap((named, index): readonly BundleOutcome[] => {
    const { path, report } = stored.signatures[index] ?? {}
    const now = found.get(named.path)
    if (path !== named.path || report?.indication !== named.indication) {
      return [failed('report', `other-than-manifest ${named.path}`)]
    }
    if (now === undefined) {
      return []
    }
    const isSameReport =
      report.signatures.length === now.signatures.length &&
      report.signatures.every((each, position) => isSameSignature(each, now.signatures[position]))
    const signer = now.signatures[0]?.signer

    return isSameReport && (signer === undefined || isSameSigner(named.signer, signer))
      ? []
      : [failed('report', `other-than-signature ${named.path}`)]
  })

  return orPassed('report', [
    ...(isAligned ? [] : [failed('report', 'other-than-manifest')]),
    ...wrong,
  ])
}

/** Renders the pages again and compares them: they may say nothing that the data do not. */
export function checkPages(
  files: BundleFiles,
  { manifest, stored }: { readonly manifest: Manifest; readonly stored: StoredReports },
): readonly BundleOutcome[] {
  if (manifest.pages !== pagesVersion) {
    return [open('pages', `form-unknown ${manifest.pages}`)]
  }
  if (stored.signatures.length !== manifest.signatures.length) {
    return []
  }
  const data = { ...manifest, reports: stored.signatures.map(({ report }) => report) }
  const pages = { 'README.txt': renderReadme, 'report.html': renderReport }

  return orPassed(
    'pages',
    Object.entries(pages).flatMap(([path, render]) => {
      const bytes = files.get(path)

      return bytes === undefined || Buffer.compare(Buffer.from(render(data), 'utf8'), bytes) === 0
        ? []
        : [failed('pages', `other-than-data ${path}`)]
    }),
  )
}
