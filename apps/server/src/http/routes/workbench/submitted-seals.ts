import type { SubmittedSeal } from '@muhr/signer-key'

/** Signatures of a body as the batch takes them. */
export const submittedOf = (
  items: readonly { readonly name: string; readonly sha256: string; readonly signature: string }[],
): readonly SubmittedSeal[] =>
  items.map(({ name, sha256, signature }) => ({
    name,
    sha256,
    container: Buffer.from(signature, 'base64'),
  }))
