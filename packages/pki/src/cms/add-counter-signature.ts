import { equalOctets } from '../asn1/index.ts'
import { PkiError } from '../error.ts'
import { digestOf } from '../keys/index.ts'
import { addUnsignedAttribute } from './add-unsigned-attribute.ts'
import { type CmsSigner, createSignerInfo } from './create-signer-info.ts'
import { attributeOid } from './oids.ts'
import { parseSignedData } from './parse-signed-data.ts'
import { writeSignedData } from './write-signed-data.ts'

/**
 * Adds a counter-signature (RFC 5652 §11.4): a signature over the signature value of one signer, kept as
 * its unsigned attribute, the certificate of the counter-signer beside the others. It says that the
 * counter-signer saw that signature, not that he signed the content. Written as DER.
 *
 * Throws `cms.no-such-signer`, `cms.signer-mismatch`, and as `parseSignedData`.
 */
export const addCounterSignature = async (
  container: Uint8Array,
  {
    signer = 0,
    counterSigner,
  }: {
    /** Which signature, in the order of the container, from 0. */
    readonly signer?: number
    readonly counterSigner: CmsSigner
  },
): Promise<Uint8Array> => {
  const data = parseSignedData(container)
  const target = data.signerInfos[signer]
  if (target === undefined) {
    throw new PkiError({
      code: 'cms.no-such-signer',
      message: 'The container has fewer signatures.',
      data: { signer, signers: data.signerInfos.length },
    })
  }
  const { digestOid } = counterSigner.key.scheme
  const value = await createSignerInfo(counterSigner, {
    messageDigest: digestOf(digestOid, target.signature),
    contentType: undefined,
  })
  const known = writeSignedData({
    ...data,
    certificateChoices: [...data.certificateChoices, counterSigner.certificate.bytes],
  })
  const moved = parseSignedData(known).signerInfos.findIndex(({ bytes }) =>
    equalOctets(bytes, target.bytes),
  )
  return addUnsignedAttribute(known, { signer: moved, type: attributeOid.counterSignature, value })
}
