import { Buffer } from 'node:buffer'
import { readExactly } from '../api2/stream-api2-body.ts'
import type { SessionDocument } from '../session/session.ts'

/**
 * Whether a returned value is the document itself, unsigned. The document is read only when the
 * lengths agree, and no further than the first byte that differs.
 */
export async function isOriginal(
  document: SessionDocument,
  returned: Uint8Array,
): Promise<boolean> {
  if (returned.length !== document.sizeBytes) return false

  let offset = 0
  for await (const chunk of readExactly(document)) {
    if (Buffer.compare(chunk, returned.subarray(offset, offset + chunk.length)) !== 0) return false
    offset += chunk.length
  }

  return true
}
