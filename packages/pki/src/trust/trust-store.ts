import type { Certificate } from '../x509/index.ts'

/**
 * How a certificate came to be trusted. `explicit`: named for this one verification (`--trust`).
 * `configured`: the installation's own store. `sandbox`: the test PKI of this installation, which only
 * the `sandbox` policy believes (design rule 9).
 */
export type AnchorOrigin = 'explicit' | 'configured' | 'sandbox'

/** A certificate where paths may end. It need not be self-signed (kz-egov-mobile.md §12.1). */
export type TrustAnchor = {
  readonly certificate: Certificate
  readonly origin: AnchorOrigin
}

/** What a verification trusts. Nothing is trusted by default. */
export type TrustStore = { readonly anchors: readonly TrustAnchor[] }

const strength: readonly AnchorOrigin[] = ['sandbox', 'configured', 'explicit']

/** One store of several; a certificate that comes twice keeps the origin nearest to a person's word. */
export const createTrustStore = (anchors: readonly TrustAnchor[]): TrustStore => {
  const bySha256 = new Map<string, TrustAnchor>()
  for (const anchor of anchors) {
    const known = bySha256.get(anchor.certificate.sha256)
    if (known === undefined || strength.indexOf(anchor.origin) > strength.indexOf(known.origin)) {
      bySha256.set(anchor.certificate.sha256, anchor)
    }
  }
  return Object.freeze({ anchors: Object.freeze([...bySha256.values()]) })
}
