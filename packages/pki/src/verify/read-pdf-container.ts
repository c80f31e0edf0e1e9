import { PkiError } from '../error.ts'
import type { ContainerFormat } from './container-format.ts'

/** Readers accept junk before the header within the first 1024 octets (ISO 32000-1 annex H). */
const headOctets = 1024

const pdfHeader = new TextEncoder().encode('%PDF-')

/** Every signature dictionary has it, and in the open: it says where the signature value stands. */
const byteRange = new TextEncoder().encode('/ByteRange')

const holds = (bytes: Uint8Array, wanted: Uint8Array): boolean => {
  const [first = 0] = wanted
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((octet, index) => bytes[at + index] === octet)) {
      return true
    }
  }
  return false
}

/**
 * PAdES (ETSI EN 319 142-1): recognised, so that a signed PDF is answered by its name and not as a
 * damaged file. Verification of it has its own seat here.
 */
export const pdfContainerFormat: ContainerFormat = {
  kind: 'pdf',
  detect: (container) =>
    container instanceof Uint8Array &&
    holds(container.subarray(0, headOctets), pdfHeader) &&
    holds(container, byteRange),
  read: () => {
    throw new PkiError({
      code: 'container.unsupported-format',
      message: 'Signatures inside PDF files (PAdES) are not verified.',
      data: { format: 'PAdES-B' },
    })
  },
}
