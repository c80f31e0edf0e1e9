/**
 * Files of a CryptoPro key container, as structures (ru-cryptopro-container.md §1). Nothing here is
 * secret yet but the octets that the PIN opens.
 * @module
 */
import { type Gost28147Sbox, macGost28147 } from '@muhr/gost'
import {
  asUniversal,
  expectEnd,
  expectSequence,
  isTagged,
  isUniversal,
  octetsOf,
  oidOf,
} from '../asn1/access.ts'
import { timeOf } from '../asn1/access-text.ts'
import { equalOctets, latin1Of } from '../asn1/bytes.ts'
import { readHeader } from '../asn1/header.ts'
import { type Asn1Node, universalTag } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { isPkiError, PkiError } from '../error.ts'
import {
  type CryptoProKeyParameters,
  containerSbox,
  namedBit,
  readKeyParameters,
} from './parameters.ts'

/** header.key */
export type ContainerHeader = {
  readonly name: string | null
  /** A PIN is set. */
  readonly hasPin: boolean
  readonly primary: CryptoProKeyParameters
  /** Parameters of a second key, where the container holds one. */
  readonly secondary: CryptoProKeyParameters | null
  /** Check value of the PIN. */
  readonly pinCheck: Uint8Array | null
  readonly certificate: Uint8Array | null
  readonly secondaryCertificate: Uint8Array | null
  /** First octets of x of the public key, little-endian. */
  readonly fingerprint: Uint8Array | null
  readonly secondaryFingerprint: Uint8Array | null
  readonly notBefore: Date | null
  readonly notAfter: Date | null
}

/** masks.key */
export type ContainerMasks = {
  readonly mask: Uint8Array
  readonly salt: Uint8Array
  readonly mac: Uint8Array
}

/** The kinds of the private keys that a container holds: V2, whole or a part of a set. */
const containerTypes: readonly string[] = ['1.2.643.2.2.37.2.1', '1.2.643.2.2.37.2.2']
const oldContainerType = '1.2.643.2.2.37.1'
const validityOid = '1.2.643.2.2.37.3.10'

const maxHeaderBytes = 64 * 1024
const maxFileBytes = 1024
const maxNodes = 1000

const damaged = (message: string, cause?: unknown): PkiError =>
  new PkiError({ code: 'cryptopro.damaged', message, cause })

/** What is wrong with the structure of a file is told as damage, with the reader's word as cause. */
const reading = <T>(file: string, read: () => T): T => {
  try {
    return read()
  } catch (error) {
    throw isPkiError(error) && error.code.startsWith('asn1.')
      ? damaged(`The file ${file} of the container is damaged.`, error)
      : error
  }
}

const oneOf = (bytes: Uint8Array, maxBytes: number): Asn1Node => {
  if (bytes.length > maxBytes) {
    throw damaged('A file of the container is larger than any real one.')
  }
  return readDer(bytes, { maxNodes })
}

/** Dumps of tokens are filled with zeros behind the structure; anything else there is foreign. */
const withoutFilling = (bytes: Uint8Array): Uint8Array => {
  const { contentOffset, length } = readHeader(bytes, {
    offset: 0,
    end: bytes.length,
    rules: 'der',
  })
  const end = contentOffset + length
  return bytes.subarray(end).every((octet) => octet === 0) ? bytes.subarray(0, end) : bytes
}

/** IA5String that real containers fill with code page 1251. */
const nameOf = ({ content }: Asn1Node): string =>
  content.every((octet) => octet < 0x80)
    ? latin1Of(content)
    : new TextDecoder('windows-1251').decode(content)

const contentOf = (parts: readonly Asn1Node[], n: number): Uint8Array | null =>
  parts.find((part) => isTagged(part, 'context', n))?.content ?? null

const readValidity = (
  extensions: Asn1Node | undefined,
): Pick<ContainerHeader, 'notBefore' | 'notAfter'> => {
  const extension = extensions?.children.find((each) => {
    const [oid] = expectSequence(each)
    return oidOf(oid) === validityOid
  })
  if (extension === undefined) {
    return { notBefore: null, notAfter: null }
  }
  const times = expectSequence(readDer(octetsOf(extension.children.at(-1))))
  const time = (n: number): Date | null => {
    const node = times.find((each) => isTagged(each, 'context', n))
    return node === undefined ? null : timeOf(asUniversal(node, universalTag.generalizedTime))
  }
  return { notBefore: time(0), notAfter: time(1) }
}

const checkType = (parts: readonly Asn1Node[]): void => {
  const [type] = parts
  if (!isTagged(type, 'context', 0)) {
    return
  }
  const oid = oidOf(type.children[0])
  if (oid === oldContainerType) {
    throw new PkiError({
      code: 'cryptopro.old-format',
      message: 'The container is of the format before CryptoPro CSP 3.6.',
    })
  }
  if (!containerTypes.includes(oid)) {
    throw new PkiError({
      code: 'cryptopro.unsupported',
      message: 'The container is of a kind that is not read here.',
      data: { oid },
    })
  }
}

const sboxes: readonly Gost28147Sbox[] = ['tc26-z', 'cryptopro-a']

/**
 * The imitovstavka under a key of zeros guards the header against accidents, so it is checked before
 * anything inside is believed (§4); which substitution it is under depends on what is inside.
 */
const sboxOfMac = (content: Uint8Array, mac: Uint8Array): Gost28147Sbox => {
  const key = new Uint8Array(32)
  const sbox = sboxes.find((each) => equalOctets(macGost28147(content, { key, sbox: each }), mac))
  if (sbox === undefined) {
    throw damaged('The file header.key of the container is damaged.')
  }
  return sbox
}

/**
 * Reads header.key and checks its check value; zeros behind the structure are left out.
 *
 * Throws `cryptopro.damaged`, `cryptopro.old-format`, `cryptopro.unsupported`.
 */
export const parseContainerHeader = (bytes: Uint8Array): ContainerHeader =>
  reading('header.key', () => {
    if (bytes.length > maxHeaderBytes) {
      throw damaged('The file header.key of the container is larger than any real one.')
    }
    const outer = expectSequence(oneOf(withoutFilling(bytes), maxHeaderBytes))
    expectEnd(outer, 2)
    const sbox = sboxOfMac(outer[0]?.bytes ?? new Uint8Array(), octetsOf(outer[1]))
    const parts = expectSequence(outer[0])
    checkType(parts)
    const attributes = parts.find((part) => isUniversal(part, universalTag.bitString))
    const parameters = parts.find((part) => isUniversal(part, universalTag.sequence))
    const name = parts.find((part) => isUniversal(part, universalTag.ia5String))
    const secondary = parts.find((part) => isTagged(part, 'context', 4))
    const primary = readKeyParameters(expectSequence(parameters))
    if (containerSbox(primary) !== sbox) {
      throw damaged('The check value of the header is not of the algorithm of the key.')
    }
    return {
      name: name === undefined ? null : nameOf(name),
      hasPin: namedBit(attributes, 0),
      primary,
      secondary: secondary === undefined ? null : readKeyParameters(secondary.children),
      pinCheck: contentOf(parts, 2),
      certificate: contentOf(parts, 5),
      secondaryCertificate: contentOf(parts, 6),
      fingerprint: contentOf(parts, 10),
      secondaryFingerprint: contentOf(parts, 11),
      ...readValidity(parts.find((part) => isTagged(part, 'context', 12))),
    }
  })

/** Reads masks.key or masks2.key. Throws `cryptopro.damaged`. */
export const parseContainerMasks = (bytes: Uint8Array): ContainerMasks =>
  reading('masks.key', () => {
    const parts = expectSequence(oneOf(bytes, maxFileBytes))
    expectEnd(parts, 3)
    const [mask, salt, mac] = parts.map(octetsOf)
    if (mask === undefined || salt?.length !== 12 || mac?.length !== 4) {
      throw damaged('The file masks.key of the container is damaged.')
    }
    return { mask, salt, mac }
  })

/**
 * Reads primary.key or primary2.key: the encrypted number, or two of which one is it (§5). Throws
 * `cryptopro.damaged`, `cryptopro.old-format` for a third field.
 */
export const parseContainerPrimary = (bytes: Uint8Array): readonly Uint8Array[] =>
  reading('primary.key', () => {
    const parts = expectSequence(oneOf(bytes, maxFileBytes))
    if (parts.length > 2) {
      throw new PkiError({
        code: 'cryptopro.old-format',
        message: 'The container is of the format before CryptoPro CSP 3.6.',
      })
    }
    const fields = parts.map((part) =>
      isTagged(part, 'context', 0) && !part.constructed ? part.content : octetsOf(part),
    )
    if (fields.length === 0) {
      throw damaged('The file primary.key of the container is damaged.')
    }
    return fields
  })

/** Reads name.key: the name of the container. Throws `cryptopro.damaged`. */
export const parseContainerName = (bytes: Uint8Array): string =>
  reading('name.key', () => {
    const [name] = expectSequence(oneOf(bytes, maxFileBytes))
    if (name === undefined || !isUniversal(name, universalTag.ia5String)) {
      throw damaged('The file name.key of the container is damaged.')
    }
    return nameOf(name)
  })
