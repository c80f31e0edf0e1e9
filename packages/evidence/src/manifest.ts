import { isSafePath, maxPathLength } from '@muhr/zip'
import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const path = z.string().min(1).max(maxPathLength).refine(isSafePath)
const text = z.string()
const optionalText = text.optional()

/** Names and numbers of a certificate's holder, as they stand in the certificate. */
const signerSchema = z.strictObject({
  name: text,
  organisation: optionalText,
  snils: optionalText,
  inn: optionalText,
  ogrn: optionalText,
  iin: optionalText,
  bin: optionalText,
  pinfl: optionalText,
  serialNumber: optionalText,
})

/**
 * Shape of `manifest.json` (design §7), with every key known: `files` names everything of the bundle
 * that the lists before it do not, except the manifest itself and its time-stamp.
 */
export const manifestSchema = z.strictObject({
  format: z.literal('muhr-evidence-1'),
  /** Which form of `README.txt` and `report.html` was written; they are checked against the data. */
  pages: z.int().min(1),
  envelope: z.strictObject({
    id: text,
    title: text,
    state: text,
    organisation: text,
    bin: optionalText,
    createdAt: text,
    sentAt: optionalText,
    endedAt: optionalText,
    sandbox: z.boolean(),
    lastEvent: z.int().min(0),
    eventHash: sha256,
  }),
  documents: z.array(z.strictObject({ path, title: text, sha256, mediaType: text })),
  contents: z.array(z.strictObject({ path, document: path, derivation: text, sha256 })),
  signatures: z.array(
    z.strictObject({
      path,
      sha256,
      document: path,
      content: path,
      format: text,
      detached: z.boolean(),
      signer: signerSchema,
      recipient: text,
      indication: z.enum(['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED']),
      standing: text,
      acceptedBy: z.strictObject({ actor: text, reason: text, at: text }).optional(),
    }),
  ),
  files: z.array(z.strictObject({ path, sha256 })),
})
export type Manifest = z.infer<typeof manifestSchema>

/**
 * Does the envelope rest on this signature? A refused or late one is kept because it happened, and
 * neither proves nor harms anything.
 */
export function isCounted({ standing }: { readonly standing: string }): boolean {
  return standing === 'accepted' || standing === 'held'
}

/** Where the RFC 3161 token over `manifest.json` stands, which the manifest cannot name. */
export const manifestTimestampPath = 'timestamps/manifest.tst'

/** What the time-stamp over the manifest rests on. */
export type StampMaterialKind = 'cer' | 'ocsp' | 'crl'

/**
 * Where a certificate or revocation answer stands that the time-stamp over the manifest rests on. The
 * manifest cannot name it either; its own name is its digest, and it is signed by its maker.
 */
export function stampMaterialPath(kind: StampMaterialKind, sha256: string): string {
  return `timestamps/manifest-${sha256}.${kind}`
}

/** Kind and digest in a path of {@link stampMaterialPath}; undefined for any other path. */
export function readStampMaterialPath(
  path: string,
): { readonly kind: StampMaterialKind; readonly sha256: string } | undefined {
  const [, digest, kind] = /^timestamps\/manifest-([0-9a-f]{64})\.(cer|ocsp|crl)$/.exec(path) ?? []

  return digest === undefined || kind === undefined
    ? undefined
    : { kind: kind as StampMaterialKind, sha256: digest }
}
export const manifestPath = 'manifest.json'

/** The bytes of `manifest.json`. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  return Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`, 'utf8')
}
