import {
  expectEnd,
  expectSequence,
  expectSet,
  explicitContent,
  isTagged,
  octetsOf,
  oidOf,
  present,
} from '../asn1/access.ts'
import { stringOf } from '../asn1/access-text.ts'
import { joinOctets, toHex } from '../asn1/bytes.ts'
import type { Asn1Node } from '../asn1/node.ts'
import { readBer } from '../asn1/read.ts'
import { cryptoProKeyBagOid, decryptCryptoProKeyBag } from '../cryptopro/decrypt-key-bag.ts'
import { PkiError } from '../error.ts'
import { parseAlgorithmIdentifier } from '../keys/algorithm-identifier.ts'
import { pkcs12Oid } from './oids.ts'
import type { Password } from './password.ts'
import { decryptWithPassword } from './password-cipher.ts'
import { maxStoreNodes, type WorkLimit } from './work-limit.ts'

/** One private key or certificate of a store, with the attributes that tie them together. */
export type StoredItem = {
  readonly kind: 'key' | 'certificate'
  /** PKCS#8 PrivateKeyInfo, or X.509 certificate. */
  readonly bytes: Uint8Array
  /** Hex of localKeyID. */
  readonly localKeyId: string | null
  readonly friendlyName: string | null
  /** Of a key: false when its container marks it not to be taken out. */
  readonly exportable: boolean
}

type Secret = { readonly password: Password; readonly work: WorkLimit }

const damaged = (message: string): PkiError => new PkiError({ code: 'pkcs12.damaged', message })

/** The MAC has been verified before, so what does not decrypt is damaged, not a wrong password. */
const decrypt = (
  encrypted: Uint8Array,
  { algorithm, secret }: { readonly algorithm: Asn1Node | undefined; readonly secret: Secret },
): Uint8Array => {
  const input = { ...secret, algorithm: parseAlgorithmIdentifier(algorithm) }
  const plain = decryptWithPassword(encrypted, input)
  if (plain === undefined) {
    throw damaged('A part of the key store does not decrypt to whole content.')
  }
  return plain
}

/** A shrouded key: of the standard forms, or of CryptoPro's own. */
const decryptKey = (
  encrypted: Uint8Array,
  { algorithm, secret }: { readonly algorithm: Asn1Node | undefined; readonly secret: Secret },
): Pick<StoredItem, 'bytes' | 'exportable'> => {
  const { oid, parameters } = parseAlgorithmIdentifier(algorithm)
  if (oid !== cryptoProKeyBagOid) {
    return { bytes: decrypt(encrypted, { algorithm, secret }), exportable: true }
  }
  const key = decryptCryptoProKeyBag(encrypted, {
    parameters: parameters ?? undefined,
    password: secret.password.utf16le,
    work: secret.work,
  })
  if (key === undefined) {
    throw damaged('A key of the key store does not decrypt to whole content.')
  }
  return { bytes: key.pkcs8, exportable: key.exportable }
}

/** The value of `[0] EXPLICIT` at this place. */
const explicitValue = (node: Asn1Node | undefined): Asn1Node => {
  const there = present(node)
  if (!isTagged(there, 'context', 0)) {
    throw damaged('A part of the key store is not packed as RFC 7292 says.')
  }
  return explicitContent(there)
}

/** Names of a bag, from its attributes. */
export const readBagAttributes = (
  node: Asn1Node | undefined,
): Pick<StoredItem, 'localKeyId' | 'friendlyName'> => {
  let localKeyId: string | null = null
  let friendlyName: string | null = null
  for (const attribute of node === undefined ? [] : expectSet(node)) {
    const [type, values] = expectSequence(attribute)
    const oid = oidOf(type)
    const [value] = expectSet(values)
    if (oid === pkcs12Oid.localKeyId) {
      localKeyId = toHex(octetsOf(value))
    } else if (oid === pkcs12Oid.friendlyName) {
      friendlyName = stringOf(value)
    }
  }
  return { localKeyId, friendlyName }
}

/** Bags nest in bags; no real store does it more than once. */
const maxNesting = 4

const readBags = (
  node: Asn1Node,
  { secret, depth }: { readonly secret: Secret; readonly depth: number },
): readonly StoredItem[] =>
  expectSequence(node).flatMap((bag): readonly StoredItem[] => {
    const parts = expectSequence(bag)
    expectEnd(parts, 3)
    const value = explicitValue(parts[1])
    const attributes = readBagAttributes(parts[2])
    switch (oidOf(parts[0])) {
      case pkcs12Oid.keyBag:
        return [{ kind: 'key', bytes: value.bytes, exportable: true, ...attributes }]
      case pkcs12Oid.shroudedKeyBag: {
        const [algorithm, encrypted] = expectSequence(value)
        const key = decryptKey(octetsOf(encrypted), { algorithm, secret })
        return [{ kind: 'key', ...key, ...attributes }]
      }
      case pkcs12Oid.certificateBag: {
        const [type, certificate] = expectSequence(value)
        return oidOf(type) === pkcs12Oid.x509Certificate
          ? [
              {
                kind: 'certificate',
                bytes: octetsOf(explicitValue(certificate)),
                exportable: true,
                ...attributes,
              },
            ]
          : []
      }
      case pkcs12Oid.safeContentsBag:
        if (depth >= maxNesting) {
          throw damaged('The bags of the key store nest deeper than in any real one.')
        }
        return readBags(value, { secret, depth: depth + 1 })
      default:
        // CRLs, secrets and what later standards add are of no use to a signer.
        return []
    }
  })

/** Contents of one EncryptedData (RFC 5652 §8): `[0]` of one string, or of its parts. */
const decryptContent = (node: Asn1Node, secret: Secret): Uint8Array => {
  const parts = expectSequence(node)
  const [type, algorithm, content] = expectSequence(parts[1])
  if (oidOf(type) !== pkcs12Oid.data || !isTagged(content, 'context', 0)) {
    throw damaged('An encrypted part of the key store is not packed as RFC 5652 says.')
  }
  const encrypted = content.constructed
    ? joinOctets(content.children.map(octetsOf))
    : content.content
  return decrypt(encrypted, { algorithm, secret })
}

/**
 * Keys and certificates of an AuthenticatedSafe (RFC 7292 §4.1), decrypted, in the order of the file.
 *
 * Throws `pkcs12.damaged`, `pkcs12.unsupported-algorithm`, `pkcs12.too-much-work`, `asn1.*`.
 */
export const readSafe = (content: Uint8Array, secret: Secret): readonly StoredItem[] =>
  expectSequence(readBer(content, { maxNodes: maxStoreNodes })).flatMap((contentInfo) => {
    const [type, value] = expectSequence(contentInfo)
    const oid = oidOf(type)
    if (oid !== pkcs12Oid.data && oid !== pkcs12Oid.encryptedData) {
      throw new PkiError({
        code: 'pkcs12.unsupported-algorithm',
        message: 'A part of the key store is encrypted for a key, not for a password.',
        data: { oid },
      })
    }
    const inner = explicitValue(value)
    const octets = oid === pkcs12Oid.data ? octetsOf(inner) : decryptContent(inner, secret)
    return readBags(readBer(octets, { maxNodes: maxStoreNodes }), { secret, depth: 0 })
  })
