import { toHex } from '../asn1/index.ts'
import { algorithmOid, digestOf } from '../keys/index.ts'
import type { Certificate } from '../x509/index.ts'

/** One object that a verification used, DER, named by its SHA-256 (hex). */
export type MaterialItem = { readonly sha256: string; readonly bytes: Uint8Array }

/**
 * All that is needed to judge again offline (design rule 4): certificates of every path, anchors
 * included, the revocation answers that were used, the time-stamps. Sorted by name, so that the same
 * facts give the same material.
 */
export type VerificationMaterial = {
  readonly certificates: readonly MaterialItem[]
  readonly ocsp: readonly MaterialItem[]
  readonly crls: readonly MaterialItem[]
  readonly timestamps: readonly MaterialItem[]
}

/** Gathers {@link VerificationMaterial} while facts are gathered. */
export type MaterialCollector = {
  readonly addCertificate: (certificate: Certificate) => void
  readonly addOcsp: (bytes: Uint8Array) => void
  readonly addCrl: (bytes: Uint8Array) => void
  readonly addTimeStamp: (bytes: Uint8Array) => void
  readonly collected: () => VerificationMaterial
}

/** SHA-256 in hex: the name of an object everywhere in Muhr. */
export const sha256Hex = (bytes: Uint8Array): string => toHex(digestOf(algorithmOid.sha256, bytes))

const none: readonly MaterialItem[] = Object.freeze([])

const sorted = (items: ReadonlyMap<string, Uint8Array>): readonly MaterialItem[] =>
  items.size === 0
    ? none
    : Array.from(items, ([sha256, bytes]) => ({ sha256, bytes })).sort((left, right) =>
        left.sha256 < right.sha256 ? -1 : 1,
      )

/** An empty {@link MaterialCollector}. */
export const createMaterialCollector = (): MaterialCollector => {
  const certificates = new Map<string, Uint8Array>()
  const ocsp = new Map<string, Uint8Array>()
  const crls = new Map<string, Uint8Array>()
  const timestamps = new Map<string, Uint8Array>()
  const addTo = (items: Map<string, Uint8Array>) => (bytes: Uint8Array) => {
    items.set(sha256Hex(bytes), bytes)
  }
  return {
    addCertificate: ({ sha256, bytes }) => {
      certificates.set(sha256, bytes)
    },
    addOcsp: addTo(ocsp),
    addCrl: addTo(crls),
    addTimeStamp: addTo(timestamps),
    collected: () => ({
      certificates: sorted(certificates),
      ocsp: sorted(ocsp),
      crls: sorted(crls),
      timestamps: sorted(timestamps),
    }),
  }
}
