import { createHash } from 'node:crypto'
import { safeFileName } from '@muhr/zip'
import { canonicalJson } from './canonical-json.ts'
import { genesisHash } from './event-chain.ts'
import { encodeManifest, type Manifest, manifestPath, manifestSchema } from './manifest.ts'
import { type PageData, pagesVersion } from './pages/page-data.ts'
import { renderReadme } from './pages/render-readme.ts'
import { renderReport } from './pages/render-report.ts'
import type { EvidenceSource } from './source.ts'
import { encodeStoredReports } from './stored-reports.ts'

/** One file of a bundle: bytes made here, or stored bytes by digest. */
export type BundleFile =
  | { readonly path: string; readonly bytes: Uint8Array }
  | { readonly path: string; readonly stored: string }

export type BundleLayout = {
  readonly manifest: Manifest
  /** `manifest.json` exactly; what the time-stamp is over. */
  readonly manifestBytes: Uint8Array
  /** Everything but the time-stamp over the manifest, sorted by path. */
  readonly files: readonly BundleFile[]
}

const extensions = { CMS: 'p7s', XMLDSig: 'xml', raw: 'json', PAdES: 'pdf' } as const

/** Two digits and a file name that any system can unpack. */
function numbered(index: number, fileName: string): string {
  return `${String(index + 1).padStart(2, '0')}-${safeFileName(fileName)}`
}

/** What a list holds at an id that another row names. */
function resolve(paths: ReadonlyMap<string, string>, id: string): string {
  const path = paths.get(id)
  if (path === undefined) {
    throw new RangeError('source: a row names a document or content that is not among them')
  }

  return path
}

/**
 * Decides every file of the bundle. The same source gives the same bytes, whoever builds it and
 * whenever (design §7).
 * @throws RangeError when a content or signature names a row that the source does not have
 */
export function layOutBundle(source: EvidenceSource): BundleLayout {
  const data = pageDataOf(source)
  const stored: readonly BundleFile[] = [
    ...data.documents.map(({ path, sha256 }) => ({ path, stored: sha256 })),
    ...data.contents
      .filter(({ derivation }) => derivation !== 'identity')
      .map(({ path, sha256 }) => ({ path, stored: sha256 })),
    ...data.signatures.map(({ path, sha256 }) => ({ path, stored: sha256 })),
  ]
  const material: readonly BundleFile[] = [
    ...named('certificates', 'cer', source.material.certificates),
    ...named('revocation', 'ocsp', source.material.ocsp),
    ...named('revocation', 'crl', source.material.crls),
    ...named('timestamps', 'tst', source.material.timestamps),
  ]
  const written: readonly BundleFile[] = [
    {
      path: 'events.jsonl',
      bytes: utf8(source.events.map((event) => `${canonicalJson(event)}\n`).join('')),
    },
    {
      path: 'report.json',
      bytes: encodeStoredReports({
        sandbox: data.envelope.sandbox,
        signatures: data.signatures.map(({ path }, index) => ({
          path,
          report: reportAt(data, index),
        })),
      }),
    },
    { path: 'report.html', bytes: utf8(renderReport(data)) },
    { path: 'README.txt', bytes: utf8(renderReadme(data)) },
  ]
  const { envelope, documents, contents, signatures } = data
  // Read as it will be read later: what is refused then must not be written, and keys get their order.
  const manifest = manifestSchema.parse({
    format: 'muhr-evidence-1',
    pages: pagesVersion,
    envelope,
    documents,
    contents,
    signatures,
    files: [...material, ...written]
      .map((file) => ({
        path: file.path,
        sha256: 'stored' in file ? file.stored : sha256Of(file.bytes),
      }))
      .sort(byPath),
  } satisfies Manifest)
  const manifestBytes = encodeManifest(manifest)

  return {
    manifest,
    manifestBytes,
    files: [...stored, ...material, ...written, { path: manifestPath, bytes: manifestBytes }].sort(
      byPath,
    ),
  }
}

function pageDataOf(source: EvidenceSource): PageData {
  const documentPath = new Map(
    source.documents.map(({ id, fileName }, index) => [
      id,
      `documents/${numbered(index, fileName)}`,
    ]),
  )
  // An `identity` content is the document: one file serves both.
  const contentPath = new Map(
    source.contents.map(({ id, derivation, document }, index) => [
      id,
      derivation === 'identity'
        ? resolve(documentPath, document)
        : `contents/${numbered(index, `${derivation}.bin`)}`,
    ]),
  )
  const documentOf = new Map(source.contents.map(({ id, document }) => [id, document]))
  const fileNameOf = new Map(source.documents.map(({ id, fileName }) => [id, fileName]))
  const last = source.events.at(-1)
  const { envelope } = source

  return {
    envelope: {
      id: envelope.id,
      title: envelope.title,
      state: envelope.state,
      organisation: envelope.organisation,
      bin: envelope.bin,
      createdAt: envelope.createdAt,
      sentAt: envelope.sentAt,
      endedAt: envelope.endedAt,
      sandbox: envelope.sandbox,
      lastEvent: last?.seq ?? 0,
      eventHash: last?.hash ?? genesisHash,
    },
    documents: source.documents.map(({ id, title, sha256, mediaType }) => ({
      path: resolve(documentPath, id),
      title,
      sha256,
      mediaType,
    })),
    contents: source.contents.map(({ id, document, derivation, sha256 }) => ({
      path: resolve(contentPath, id),
      document: resolve(documentPath, document),
      derivation,
      sha256,
    })),
    signatures: source.signatures.map((signature, index) => {
      const document = resolve(documentOf, signature.content)
      const [first] = signature.report.signatures

      return {
        path: `signatures/${numbered(index, `${resolve(fileNameOf, document)}.${extensions[signature.format]}`)}`,
        sha256: signature.sha256,
        document: resolve(documentPath, document),
        content: resolve(contentPath, signature.content),
        format: first?.format ?? signature.format,
        detached: signature.detached,
        signer: signerOf(first?.signer),
        recipient: signature.recipient,
        indication: signature.report.indication,
        standing: signature.standing,
        acceptedBy: signature.acceptedBy,
      }
    }),
    reports: source.signatures.map(({ report }) => report),
  }
}

type ReportSigner = EvidenceSource['signatures'][number]['report']['signatures'][number]['signer']

function signerOf(signer: ReportSigner | undefined): Manifest['signatures'][number]['signer'] {
  return {
    name: signer?.name ?? '',
    organisation: signer?.organisation,
    snils: signer?.snils,
    inn: signer?.inn,
    ogrn: signer?.ogrn,
    iin: signer?.iin,
    bin: signer?.bin,
    pinfl: signer?.pinfl,
    serialNumber: signer?.serialNumber,
  }
}

function reportAt({ reports }: PageData, index: number): PageData['reports'][number] {
  const report = reports[index]
  if (report === undefined) {
    throw new RangeError('source: a signature has no report')
  }

  return report
}

function named(folder: string, extension: string, digests: readonly string[]): BundleFile[] {
  return [...new Set(digests)].map((digest) => ({
    path: `${folder}/${digest}.${extension}`,
    stored: digest,
  }))
}

function utf8(value: string): Uint8Array {
  return Buffer.from(value, 'utf8')
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}
