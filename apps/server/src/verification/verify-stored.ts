import {
  isPkiError,
  type StreamVerificationInput,
  type Verification,
  verifySignatureStream,
} from '@muhr/pki'
import type { BlobStore, StoredBlob } from '../store/blob-store.ts'

type Judged = Pick<Verification, 'report' | 'material'>

/**
 * Verifies a stored container over stored content. Both are read as streams: under a CMS signature in DER or BER a
 * document of 100 MB is never in memory; XML, PEM and base64 are read whole, as large as they were accepted. What
 * is no signature at all is a report as well: refused, with nothing that it could rest on.
 * @throws StoreError `store.corrupt`, `store.not-found`
 */
export async function verifyStored(
  store: Pick<BlobStore, 'open'>,
  {
    container,
    content,
    ...rest
  }: Omit<StreamVerificationInput, 'container' | 'content' | 'maxBytes'> & {
    readonly container: StoredBlob
    readonly content: StoredBlob
  },
): Promise<Judged> {
  const streams = { container: store.open(container.sha256), content: store.open(content.sha256) }
  try {
    return await verifySignatureStream({
      ...rest,
      ...streams,
      maxBytes: Math.max(container.size, content.size),
    })
  } catch (error) {
    if (!isPkiError(error)) {
      throw error
    }
    const { policy, now } = rest

    return {
      report: {
        indication: 'TOTAL-FAILED',
        subIndication: 'FORMAT_FAILURE',
        policy: typeof policy === 'string' ? policy : policy.name,
        validationTime: now.toISOString(),
        sandbox: false,
        signatures: [],
      },
      material: { certificates: [], ocsp: [], crls: [], timestamps: [] },
    }
  } finally {
    // What was not read to its end still has its file open.
    streams.container.destroy()
    streams.content.destroy()
  }
}
