import { decodeSignature, type Signature, streebog256, verifyDigest } from '@muhr/gost'
import { type Certificate, parseSignedData } from '@muhr/pki'
import type { BenchPki } from './make-samples.ts'

/** One signature value over octets by a key: what mathematics alone has to do. */
export type BareCheck = {
  readonly data: Uint8Array
  readonly publicKey: Uint8Array
  readonly signature: Signature
  /** s || r, as it stands in the object. */
  readonly signatureBytes: Uint8Array
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
}

function checkOf(data: Uint8Array, signatureBytes: Uint8Array, signer: Certificate): BareCheck {
  const { key } = signer.spki
  if (key.type !== 'gost') {
    throw new TypeError('the suite signs with GOST keys')
  }

  return {
    data,
    publicKey: key.point,
    signature: decodeSignature('RU', signatureBytes),
    signatureBytes,
    spki: signer.spki.bytes,
  }
}

/** The three signature checks that a container of one signer needs: its own, its certificate's, its CA's. */
export function bareChecksOf(
  container: Uint8Array,
  { pki, signer }: { readonly pki: BenchPki; readonly signer: Certificate },
): readonly BareCheck[] {
  const [signerInfo] = parseSignedData(container).signerInfos
  if (signerInfo?.signedAttributes === undefined) {
    throw new TypeError('the suite signs attributes')
  }
  const { authority, root } = pki

  return [
    checkOf(signerInfo.signedAttributes.tbsBytes, signerInfo.signature, signer),
    checkOf(signer.tbsBytes, signer.signature, authority.certificate),
    checkOf(authority.certificate.tbsBytes, authority.certificate.signature, root.certificate),
  ]
}

/** Hashes the content and checks the signatures; throws when one does not hold. */
export function runBareChecks(content: Uint8Array, checks: readonly BareCheck[]): void {
  streebog256(content)
  for (const { data, publicKey, signature } of checks) {
    if (!verifyDigest({ curve: 'cryptopro-A', publicKey, digest: streebog256(data), signature })) {
      throw new Error('a bare check does not hold: nothing was measured')
    }
  }
}
