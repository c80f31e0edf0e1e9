import { contentOf } from './add-signer.ts'
import { expectContent } from './content-agreement.ts'
import { digestContent } from './digest-content.ts'
import { parseSignedData } from './parse-signed-data.ts'
import { writeSignedData } from './write-signed-data.ts'

/**
 * Puts the content into a detached container: signatures stay octet for octet, and must be over it.
 * Written as DER. Throws `cms.content-differs`, `cms.content-unknown`, and as `parseSignedData`.
 */
export const attachContent = async (
  container: Uint8Array,
  { content }: { readonly content: Uint8Array },
): Promise<Uint8Array> => {
  const data = parseSignedData(container)
  const oids = data.digestAlgorithms.map(({ oid }) => oid)
  expectContent(data, await digestContent(contentOf(data, content), oids))
  return writeSignedData({ ...data, content })
}

/**
 * Takes the content out of a container: the detached container, DER, with every signature octet for
 * octet, and the content, absent when it was detached before. Throws as `parseSignedData`.
 */
export const detachContent = (
  container: Uint8Array,
): { readonly container: Uint8Array; readonly content: Uint8Array | undefined } => {
  const data = parseSignedData(container)
  return {
    container: writeSignedData({ ...data, content: undefined }),
    content: data.content,
  }
}
