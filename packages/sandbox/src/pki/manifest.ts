import type { RevocationReason } from '@muhr/pki'
import { SandboxError } from '../error.ts'
import type { AccountId, AuthorityId, CitizenState, PkiAlgorithm } from './profile.ts'
import type { RussianState } from './russian-profile.ts'

/** One certificate that a CA of the sandbox issued. Later ones of the same name replace earlier ones. */
export type CertificateRecord = {
  readonly name: string
  readonly kind: 'authority' | 'ocsp' | 'tsa' | 'citizen' | 'russian' | 'tls'
  readonly algorithm: PkiAlgorithm
  readonly issuer: AuthorityId
  /** Hex, lower case, without leading zeros. */
  readonly serialNumber: string
  /** RFC 4514. */
  readonly subject: string
  /** UTC, ISO 8601. */
  readonly notBefore: string
  readonly notAfter: string
  /** DER certificate, relative to the PKI folder. */
  readonly file: string
  /** PKCS#8 or, for citizens, PKCS#12, relative to the PKI folder. */
  readonly keyFile: string
  readonly account?: AccountId
  readonly state?: CitizenState
  /** Of a Russian organisation's or recipient's certificate. */
  readonly russianState?: RussianState
  readonly revoked?: { readonly at: string; readonly reason: RevocationReason }
}

/** The contents of `pki.json`: all that the sandbox needs to know without reading a certificate. */
export type Manifest = {
  readonly format: 1
  /** Eight hex digits in the names of all CAs, so that two installations are told apart. */
  readonly installation: string
  readonly createdAt: string
  /** Base URL that stands in AIA and CRL distribution points. */
  readonly trustUrl: string
  readonly certificates: readonly CertificateRecord[]
}

/**
 * Reads `pki.json`.
 *
 * @throws {SandboxError} `sandbox.pki-unreadable`
 */
export function parseManifest(text: string, file: string): Manifest {
  const unreadable = (cause?: unknown): SandboxError =>
    new SandboxError({
      code: 'sandbox.pki-unreadable',
      message: 'The test PKI of the sandbox cannot be read.',
      advice: 'Remove its folder; a new PKI is made at the next start.',
      data: { file },
      cause,
    })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw unreadable(cause)
  }
  // The file is ours and written whole: its format number stands for its shape.
  if (typeof value !== 'object' || value === null || Reflect.get(value, 'format') !== 1) {
    throw unreadable()
  }

  return value as Manifest
}

/** The newest certificate of a name. */
export function recordOf(manifest: Manifest, name: string): CertificateRecord | undefined {
  return manifest.certificates.findLast((record) => record.name === name)
}
