import { readBundle } from '@muhr/evidence'
import type { Described } from './describe-certificate.ts'

/** Only what a reader needs of a manifest that nobody has checked here. */
type Claims = {
  readonly envelope?: { readonly [name: string]: Described }
  readonly documents?: readonly { readonly path?: string; readonly title?: string }[]
  readonly signatures?: readonly {
    readonly path?: string
    readonly recipient?: string
    readonly indication?: string
  }[]
}

function parse(bytes: Uint8Array | undefined): Claims {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes ?? []).toString('utf8'))

    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/**
 * What an evidence bundle says of itself. Nothing of it is checked: that is `muhr verify`.
 * @throws EvidenceError `evidence.damaged`, `evidence.too-large`
 */
export function describeBundle(bytes: Uint8Array): Described {
  const files = readBundle(bytes)
  const { envelope, documents, signatures } = parse(files.get('manifest.json'))

  return {
    files: files.size,
    hasManifestTimestamp: files.has('timestamps/manifest.tst'),
    envelope,
    documents: documents?.map(({ path, title }) => ({ path, title })),
    signatures: signatures?.map(({ path, recipient, indication }) => ({
      path,
      recipient,
      claimed: indication,
    })),
  }
}
