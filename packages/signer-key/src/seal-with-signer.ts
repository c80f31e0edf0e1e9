import { type Certificate, digestContent, type Signer, signDigestedContent } from '@muhr/pki'
import type { SealMaker } from './create-unattended-key.ts'

/**
 * The way of signing of whatever makes a raw signature: the container is built here, spelled as
 * CryptoPro CSP spells it (ru-epgu-goskey.md §6).
 */
export function sealWithSigner({
  key,
  certificate,
  authorities = [],
}: {
  readonly key: Signer
  readonly certificate: Certificate
  /** Certificates to put beside it, DER. */
  readonly authorities?: readonly Uint8Array[]
}): SealMaker {
  return async (source, { signingTime }) => {
    const content = await digestContent(source, [key.scheme.digestOid])
    const container = await signDigestedContent({
      content,
      certificates: authorities,
      signers: [{ key, certificate, signingTime, profile: 'ru-cryptopro' }],
    })

    return { container, content }
  }
}
