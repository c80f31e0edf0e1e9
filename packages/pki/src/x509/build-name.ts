import { der } from '../asn1/write.ts'
import { PkiError } from '../error.ts'
import { attributeOid } from './oids.ts'

/** An attribute: keyword of a readable name (`CN`, `SERIALNUMBER`, …) or dotted OID, and its text. */
export type NameAttributeInput = readonly [type: string, value: string]

/** String types that profiles fix; everything else is UTF8String (RFC 5280 §4.1.2.4, crypto.md §1.1). */
const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
  C: der.printable,
  SERIALNUMBER: der.printable,
  DC: der.ia5,
  EMAILADDRESS: der.ia5,
  INN: der.numeric,
  INNLE: der.numeric,
  OGRN: der.numeric,
  OGRNIP: der.numeric,
  SNILS: der.numeric,
}

/**
 * Writes a Name, one attribute to an RDN, in the order given.
 * Throws `x509.bad-spec` for an unknown keyword and `asn1.unencodable` for text that the type forbids.
 */
export const buildName = (attributes: readonly NameAttributeInput[]): Uint8Array =>
  der.sequence(
    ...attributes.map(([type, value]) => {
      const oid = /^\d/.test(type) ? type : attributeOid(type)
      if (oid === undefined) {
        throw new PkiError({
          code: 'x509.bad-spec',
          message: 'A name has an attribute of unknown type.',
          data: { type },
        })
      }
      return der.set(der.sequence(der.oid(oid), (encodings[type] ?? der.utf8)(value)))
    }),
  )
