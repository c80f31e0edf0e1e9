import { equalOctets, type OctetSource } from '../asn1/index.ts'
import { PkiError } from '../error.ts'
import { expectContent, expectSameDigests } from './content-agreement.ts'
import { digestContent } from './digest-content.ts'
import { parseSignedData } from './parse-signed-data.ts'
import { writeSignedData } from './write-signed-data.ts'

const differs = (): PkiError =>
  new PkiError({
    code: 'cms.content-differs',
    message: 'The containers are over different contents.',
  })

/**
 * Joins the signatures of several containers over one content into one container: SignerInfos as they
 * are, octet for octet, each once; certificates and revocation data of all. Attached when any of them is.
 * Detached ones must declare digests of the attached or given content, or at least the same digests as
 * each other. Written as DER.
 *
 * Throws `cms.content-differs`, `cms.content-unknown` (nothing shows that the contents are the same:
 * pass `content`), `cms.no-signers` for an empty list, and as `parseSignedData`.
 *
 * @example
 * const both = await joinSignedData([ofSeller, ofBuyer])
 */
export const joinSignedData = async (
  containers: readonly Uint8Array[],
  { content: given }: { readonly content?: OctetSource } = {},
): Promise<Uint8Array> => {
  const all = containers.map((container) => parseSignedData(container))
  const [first] = all
  if (first === undefined) {
    throw new PkiError({ code: 'cms.no-signers', message: 'There is no container to join.' })
  }
  const attached = all.flatMap(({ content }) => (content === undefined ? [] : [content]))
  const [content] = attached
  if (
    all.some(({ contentType }) => contentType !== first.contentType) ||
    attached.some((each) => content !== undefined && !equalOctets(each, content)) ||
    (content !== undefined && given instanceof Uint8Array && !equalOctets(content, given))
  ) {
    throw differs()
  }
  const isSource = given !== undefined && !(given instanceof Uint8Array)
  const known = isSource ? given : (content ?? given)
  const digestAlgorithms = all.flatMap((data) => data.digestAlgorithms)
  const unproven = all.filter((data) => isSource || data.content === undefined)
  if (known === undefined) {
    expectSameDigests(all)
  } else if (unproven.length > 0) {
    const digests = await digestContent(
      known,
      digestAlgorithms.map(({ oid }) => oid),
    )
    for (const data of unproven) {
      expectContent(data, digests)
    }
  }
  const signerInfos = all
    .flatMap((data) => data.signerInfos)
    .filter(
      ({ bytes }, index, list) =>
        list.findIndex((other) => equalOctets(other.bytes, bytes)) === index,
    )
  return writeSignedData({
    contentType: first.contentType,
    content,
    digestAlgorithms,
    certificateChoices: all.flatMap((data) => data.certificateChoices),
    revocationChoices: all.flatMap((data) => data.revocationChoices),
    signerInfos,
  })
}
