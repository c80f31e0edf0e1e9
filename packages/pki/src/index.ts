/**
 * ASN.1, X.509, CMS, OCSP, CRL, time-stamps and PKCS#12: create, read, verify. No network: whatever
 * must be fetched is passed in.
 * @module
 */
export * from './asn1/index.ts'
export * from './cades/index.ts'
export * from './cms/index.ts'
export * from './cryptopro/index.ts'
export { isPkiError, PkiError, type PkiErrorCode, type PkiErrorData } from './error.ts'
export * from './key-store/index.ts'
export * from './keys/index.ts'
export { verifySignature as verifySignatureValue } from './keys/index.ts'
export * from './path/index.ts'
export * from './pkcs12/index.ts'
export * from './policy/index.ts'
export * from './revocation/index.ts'
export * from './trust/index.ts'
export * from './tsp/index.ts'
export * from './verify/index.ts'
// The name belongs to whole containers; the mathematics of one value goes by a name of its own.
export { verifySignature } from './verify/index.ts'
export * from './x509/index.ts'
export * from './xml/index.ts'
