import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import { genesisHash } from './event-chain.ts'
import { type Manifest, manifestPath } from './manifest.ts'
import { renderReadme } from './render-readme.ts'
import { renderReport } from './render-report.ts'
import type { EvidenceSource } from './source.ts'

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
  const safe = fileName
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, '_')
    .replace(/^\.+/, '_')

  return `${String(index + 1).padStart(2, '0')}-${safe}`
}

/**
 * Decides every file of the bundle. Pure but for nothing: the same source gives the same bytes, whoever
 * builds it and whenever (design §7).
 */
export function layOutBundle(source: EvidenceSource): BundleLayout {
  const documentPath = new Map(
    source.documents.map((document, index) => [
      document.id,
      `documents/${numbered(index, document.fileName)}`,
    ]),
  )
  // An `identity` content is the document: one file serves both.
  const contentPath = new Map(
    source.contents.map((content, index) => [
      content.id,
      content.derivation === 'identity'
        ? (documentPath.get(content.document) ?? '')
        : `contents/${numbered(index, `${content.derivation}.bin`)}`,
    ]),
  )
  const signatures = source.signatures.map((signature, index) => {
    const content = source.contents.find((candidate) => candidate.id === signature.content)
    const document = source.documents.find((candidate) => candidate.id === content?.document)
    const found = signature.report.signatures[0]?.signer

    return {
      path: `signatures/${numbered(index, `${document?.fileName ?? 'document'}.${extensions[signature.format]}`)}`,
      sha256: signature.sha256,
      document: documentPath.get(document?.id ?? '') ?? '',
      content: contentPath.get(signature.content) ?? '',
      format: signature.report.signatures[0]?.format ?? signature.format,
      detached: signature.detached,
      signer: {
        name: found?.name ?? '',
        iin: found?.iin,
        bin: found?.bin,
        organisation: found?.organisation,
        serialNumber: found?.serialNumber,
      },
      recipient: signature.recipient,
      indication: signature.report.indication,
      standing: signature.standing,
      acceptedBy: signature.acceptedBy,
    }
  })

  const stored: BundleFile[] = [
    ...source.documents.map((document) => ({
      path: documentPath.get(document.id) ?? '',
      stored: document.sha256,
    })),
    ...source.contents
      .filter((content) => content.derivation !== 'identity')
      .map((content) => ({ path: contentPath.get(content.id) ?? '', stored: content.sha256 })),
    ...signatures.map((signature) => ({ path: signature.path, stored: signature.sha256 })),
  ]
  const material: BundleFile[] = [
    ...named('certificates', 'cer', source.material.certificates),
    ...named('revocation', 'ocsp', source.material.ocsp),
    ...named('revocation', 'crl', source.material.crls),
    ...named('timestamps', 'tst', source.material.timestamps),
  ]
  const written: BundleFile[] = [
    {
      path: 'events.jsonl',
      bytes: text(source.events.map((event) => `${canonicalJson(event)}\n`).join('')),
    },
    {
      path: 'report.json',
      bytes: text(
        `${JSON.stringify(
          {
            sandbox: source.envelope.sandbox,
            signatures: signatures.map((signature, index) => ({
              path: signature.path,
              report: source.signatures[index]?.report,
            })),
          },
          undefined,
          2,
        )}\n`,
      ),
    },
    { path: 'report.html', bytes: text(renderReport(source, signatures)) },
    { path: 'README.txt', bytes: text(renderReadme(source, signatures)) },
  ]
  const manifest: Manifest = {
    format: 'muhr-evidence-1',
    envelope: {
      ...source.envelope,
      lastEvent: source.events.at(-1)?.seq ?? 0,
      eventHash: source.events.at(-1)?.hash ?? genesisHash,
    },
    documents: source.documents.map((document) => ({
      path: documentPath.get(document.id) ?? '',
      title: document.title,
      sha256: document.sha256,
      mediaType: document.mediaType,
    })),
    contents: source.contents.map((content) => ({
      path: contentPath.get(content.id) ?? '',
      document: documentPath.get(content.document) ?? '',
      derivation: content.derivation,
      sha256: content.sha256,
    })),
    signatures,
    files: [...material, ...written]
      .map((file) => ({
        path: file.path,
        sha256:
          'stored' in file ? file.stored : createHash('sha256').update(file.bytes).digest('hex'),
      }))
      .sort(byPath),
  }
  const manifestBytes = text(`${JSON.stringify(manifest, undefined, 2)}\n`)

  return {
    manifest,
    manifestBytes,
    files: [...stored, ...material, ...written, { path: manifestPath, bytes: manifestBytes }].sort(
      byPath,
    ),
  }
}

function named(folder: string, extension: string, digests: readonly string[]): BundleFile[] {
  return [...new Set(digests)].map((digest) => ({
    path: `${folder}/${digest}.${extension}`,
    stored: digest,
  }))
}

function text(value: string): Uint8Array {
  return Buffer.from(value, 'utf8')
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}
