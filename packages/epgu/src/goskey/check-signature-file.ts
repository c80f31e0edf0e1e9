import {
  createTrustStore,
  isPkiError,
  parseSignedData,
  type SignedData,
  verifySignatureStream,
} from '@muhr/pki'
import type { ZipEntry } from '@muhr/zip'
import { collectEntry, entryContent } from './read-entry.ts'
import type { Violation } from './rules.ts'

/** A signature with all its certificates and lists is far smaller. */
const maxSignatureBytes = 1024 * 1024

const noTrust = createTrustStore([])

function parse(bytes: Uint8Array): SignedData | undefined {
  try {
    return parseSignedData(bytes)
  } catch (error) {
    if (isPkiError(error)) {
      return undefined
    }
    throw error
  }
}

/**
 * Is a file of an archive a detached CMS signature over another? Certificates are not judged: the
 * service does that.
 * @throws ZipError of the entries
 */
export async function checkSignatureFile(
  signature: ZipEntry,
  file: ZipEntry,
): Promise<readonly Violation[]> {
  const field = signature.name
  const bytes = await collectEntry(signature, maxSignatureBytes)
  const parsed = bytes === undefined ? undefined : parse(bytes)
  if (bytes === undefined || parsed === undefined) {
    return [{ rule: 'signature-unreadable', field }]
  }
  if (parsed.content !== undefined) {
    return [{ rule: 'signature-attached', field }]
  }
  const { report } = await verifySignatureStream({
    container: bytes,
    content: entryContent(file),
    trust: noTrust,
    policy: 'etsi-basic',
    // No certificate is judged, so that no moment matters.
    now: new Date(0),
  })
  const isRight =
    report.signatures.length > 0 &&
    report.signatures.every(
      ({ cryptography, checks }) =>
        cryptography === 'valid' &&
        checks.some(({ name, result }) => name === 'content-digest' && result === 'passed'),
    )

  return isRight ? [] : [{ rule: 'signature-wrong', field }]
}
