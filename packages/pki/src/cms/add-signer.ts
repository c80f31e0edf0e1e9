import { equalOctets, type OctetSource } from '../asn1/index.ts'
import { PkiError } from '../error.ts'
import { expectContent } from './content-agreement.ts'
import { createSignerInfos, headOf } from './create-signed-data.ts'
import type { CmsSigner } from './create-signer-info.ts'
import { digestContent } from './digest-content.ts'
import { parseSignedData } from './parse-signed-data.ts'
import type { SignedData } from './types.ts'
import { writeSignedData } from './write-signed-data.ts'

/**
 * The content of a container: attached, or else the one given. Throws `cms.content-missing` when there
 * is neither, `cms.content-differs` when both are there and not equal; one that is given as a source is
 * left to `expectContent`.
 */
export const contentOf = (
  { content: attached }: SignedData,
  given: OctetSource | undefined,
): OctetSource => {
  const isSource = given !== undefined && !(given instanceof Uint8Array)
  const content = isSource ? given : (attached ?? given)
  if (content === undefined) {
    throw new PkiError({
      code: 'cms.content-missing',
      message: 'The signature is detached and its content was not given.',
    })
  }
  if (attached !== undefined && given instanceof Uint8Array && !equalOctets(attached, given)) {
    throw new PkiError({
      code: 'cms.content-differs',
      message: 'The attached content is not the one that was given.',
    })
  }
  return content
}

/**
 * Adds independent signatures over the same content to a container. The signatures that are there stay
 * octet for octet; they must be over the content too. Written as DER.
 *
 * Throws `cms.content-missing`, `cms.content-differs`, `cms.content-unknown` (a signature without
 * attributes), as `createSignedData`, and as `parseSignedData`.
 *
 * @example
 * const both = await addSigner(container, { content, signer: { key, certificate, signingTime } })
 */
export const addSigner = async (
  container: Uint8Array,
  {
    content: given,
    signer,
    certificates = [],
  }: {
    /** Of a detached signature, of any size; an attached one may be given too, and must be equal. */
    readonly content?: OctetSource
    readonly signer: CmsSigner | readonly CmsSigner[]
    /** More certificates to embed, DER. */
    readonly certificates?: readonly Uint8Array[]
  },
): Promise<Uint8Array> => {
  const data = parseSignedData(container)
  const signers: readonly CmsSigner[] = 'key' in signer ? [signer] : signer
  const spec = { signers, certificates, contentType: data.contentType }
  const head = headOf(spec)
  const digestAlgorithms = [...data.digestAlgorithms, ...head.digestAlgorithms]
  const content = await digestContent(
    contentOf(data, given),
    digestAlgorithms.map(({ oid }) => oid),
  )
  expectContent(data, content)
  return writeSignedData({
    ...data,
    digestAlgorithms,
    certificateChoices: [...data.certificateChoices, ...head.certificateChoices],
    signerInfos: [...data.signerInfos, ...(await createSignerInfos(spec, content))],
  })
}
