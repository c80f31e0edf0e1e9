import { expectEnd, expectSequence, expectSet, oidOf, present } from '../asn1/access.ts'
import { isCharacterString, stringOf } from '../asn1/access-text.ts'
import { equalOctets, toHex } from '../asn1/bytes.ts'
import type { Asn1Node } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { PkiError } from '../error.ts'
import { attributeKeyword } from './oids.ts'

/** One attribute of a distinguished name. */
export type NameAttribute = {
  readonly oid: string
  /** The text, or `null` when the value is no character string. */
  readonly value: string | null
  /** The value as encoded. */
  readonly bytes: Uint8Array
  /** Which relative distinguished name it stands in, from 0, as encoded. */
  readonly rdn: number
}

/** A distinguished name of RFC 5280 §4.1.2.4. */
export type Name = {
  /** The whole Name as encoded: issuers are found by these octets. */
  readonly bytes: Uint8Array
  /** Every attribute in encoded order. */
  readonly attributes: readonly NameAttribute[]
  /** Readable form of RFC 4514: last RDN first. Holds personal data. */
  readonly text: string
}

/** Words that RFC 4514 leaves as they are. */
const isPlain = (value: string): boolean => /^[\p{L}\p{N}.-]+(?: [\p{L}\p{N}.-]+)*$/u.test(value)

const escapeValue = (value: string): string => (isPlain(value) ? value : escapeSpecial(value))

const escapeSpecial = (value: string): string =>
  value
    .replace(/[\\"+,;<>]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replace(/\p{Cc}/gu, (control) => `\\${toHex(new TextEncoder().encode(control))}`)

/** RFC 4514 §2.4: text after a keyword; the encoded value in hex after a bare OID. */
const attributeText = ({ oid, value, bytes }: NameAttribute): string => {
  const keyword = attributeKeyword[oid]
  return keyword === undefined || value === null
    ? `${keyword ?? oid}=#${toHex(bytes)}`
    : `${keyword}=${escapeValue(value)}`
}

const nameText = (attributes: readonly NameAttribute[]): string => {
  const rdns: string[] = []
  for (const attribute of attributes) {
    const before = rdns[attribute.rdn]
    const text = attributeText(attribute)
    rdns[attribute.rdn] = before === undefined ? text : `${before}+${text}`
  }
  return rdns.reverse().join(',')
}

const parseAttribute = (node: Asn1Node, rdn: number): NameAttribute => {
  const parts = expectSequence(node)
  expectEnd(parts, 2)
  const value = present(parts[1])
  return {
    oid: oidOf(parts[0]),
    value: isCharacterString(value) ? stringOf(value) : null,
    bytes: value.bytes,
    rdn,
  }
}

/** Most names are compared and never shown: the text is made when it is asked for. */
class ReadName implements Name {
  readonly bytes: Uint8Array
  readonly attributes: readonly NameAttribute[]
  #text: string | undefined

  constructor(bytes: Uint8Array, attributes: readonly NameAttribute[]) {
    this.bytes = bytes
    this.attributes = attributes
  }

  get text(): string {
    this.#text ??= nameText(this.attributes)
    return this.#text
  }
}

/** A name has at most this many RDNs; the longest real ones have some fifteen. */
const maxRdns = 64

/**
 * Reads a Name (RDNSequence). Throws `x509.bad-name` and the `asn1.*` codes.
 */
export const parseName = (input: Asn1Node | Uint8Array | undefined): Name => {
  const node = input instanceof Uint8Array ? readDer(input) : present(input)
  const rdns = expectSequence(node)
  if (rdns.length > maxRdns || rdns.some((rdn) => expectSet(rdn).length === 0)) {
    throw new PkiError({
      code: 'x509.bad-name',
      message: 'A name has an empty part, or more parts than any real one.',
      data: { parts: rdns.length },
    })
  }
  const attributes = rdns.flatMap((rdn, index) =>
    expectSet(rdn).map((attribute) => parseAttribute(attribute, index)),
  )
  return new ReadName(node.bytes, attributes)
}

/** The same name, octet for octet? */
export const equalNames = (left: Name, right: Name): boolean => equalOctets(left.bytes, right.bytes)

/** Texts of every attribute of a type, in encoded order. */
export const attributeValues = (name: Name, oid: string): readonly string[] =>
  name.attributes.flatMap((attribute) =>
    attribute.oid === oid && attribute.value !== null ? [attribute.value] : [],
  )
