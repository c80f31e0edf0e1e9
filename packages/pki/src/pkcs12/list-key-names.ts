import { expectSequence, explicitContent, isTagged, octetsOf, oidOf } from '../asn1/access.ts'
import { readBer } from '../asn1/read.ts'
import { pkcs12Oid } from './oids.ts'
import { readPfx } from './read-pkcs12.ts'
import { readBagAttributes } from './read-safe.ts'
import { defaultPkcs12Limits, maxStoreNodes, type Pkcs12Limits } from './work-limit.ts'

/** The name of a key, as the file has it: nobody has vouched for it. */
export type Pkcs12KeyName = {
  readonly friendlyName: string | null
  /** Hex of localKeyID. */
  readonly localKeyId: string | null
}

/**
 * Names of the keys of a PKCS#12 file, read without the password: key bags mostly stand in an
 * unencrypted part, and their attributes beside the encrypted key (E-IMZO lists key files by it,
 * uz-eimzo-didox.md §3.6). The MAC is not checked, so the names are hints for choosing a file. Keys in
 * encrypted parts are not listed.
 *
 * Throws `pkcs12.not-a-store`, `asn1.*`.
 */
export const listPkcs12KeyNames = (
  bytes: Uint8Array,
  limits: Pick<Pkcs12Limits, 'maxBytes'> = {},
): readonly Pkcs12KeyName[] => {
  const { safe } = readPfx(bytes, limits.maxBytes ?? defaultPkcs12Limits.maxBytes)
  const parts = expectSequence(readBer(octetsOf(safe), { maxNodes: maxStoreNodes }))
  return parts.flatMap((part) => {
    const [type, content] = expectSequence(part)
    if (oidOf(type) !== pkcs12Oid.data || !isTagged(content, 'context', 0)) {
      return []
    }
    const bags = readBer(octetsOf(explicitContent(content)), { maxNodes: maxStoreNodes })
    return expectSequence(bags).flatMap((bag) => {
      const [bagType, , attributes] = expectSequence(bag)
      const oid = oidOf(bagType)
      return oid === pkcs12Oid.shroudedKeyBag || oid === pkcs12Oid.keyBag
        ? [readBagAttributes(attributes)]
        : []
    })
  })
}
