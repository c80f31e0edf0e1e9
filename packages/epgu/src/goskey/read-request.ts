import { parsePortalTime } from '../moscow-time.ts'
import type { GoskeyRecipient, GoskeyRequest } from './request.ts'
import type { GoskeyServiceName, RequestProfile } from './services.ts'
import { decodeXml, elementsOf, textsOf, withoutMarkup } from './xml-text.ts'

type Kind = { readonly service: GoskeyServiceName; readonly profile: RequestProfile }

/** What a request file says; without `expiresAt` where it names no end of the signing time. */
export type ReadRequest = Omit<GoskeyRequest, 'expiresAt'> & { readonly expiresAt?: Date }

/**
 * Reads a request file that its schema found valid: one request, under profile 1.8 one for each Document.
 * The schema has no attributes of its own and names each element once in a place, so that elements can
 * be found by their names. None where the encoding is not known.
 */
export function readRequests(xml: Uint8Array, kind: Kind): readonly ReadRequest[] {
  const decoded = decodeXml(xml)
  if (decoded === undefined) {
    return []
  }
  const text = withoutMarkup(decoded)
  const recipient = recipientOf(text)
  const blocks = kind.profile === '1.8' ? elementsOf(text, 'Document') : [text]

  return blocks.map((block) => requestOf(block, { ...kind, recipient }))
}

function requestOf(
  block: string,
  about: Kind & { readonly recipient: GoskeyRecipient },
): ReadRequest {
  const [backlink] = textsOf(block, 'Backlink')
  const [expiration] = textsOf(block, 'SignExpiration')

  return {
    ...about,
    description: textsOf(block, 'Description')[0] ?? '',
    ...(backlink === undefined ? {} : { backlink }),
    ...(expiration === undefined ? {} : { expiresAt: momentOf(expiration) }),
    attributes: elementsOf(block, 'Attribute').map((attribute) => ({
      name: textsOf(attribute, 'AttributeName')[0] ?? '',
      value: textsOf(attribute, 'AttributeValue')[0] ?? '',
    })),
  }
}

/** xsd:dateTime with a fraction of any length; without an offset it is of Moscow. */
function momentOf(text: string): Date {
  return parsePortalTime(text.trim().replace(/(\.\d{3})\d+/, '$1')) ?? new Date(Number.NaN)
}

function recipientOf(text: string): GoskeyRecipient {
  const one = (name: string): string | undefined => textsOf(text, name)[0]
  const [snils, oid, ogrn, rafp] = ['Snils', 'OID', 'OGRN', 'RAFP'].map(one)
  if (rafp !== undefined) {
    return { kind: 'foreign-organisation', rafp, inn: one('INN_user') ?? '' }
  }
  const person = {
    ...(snils === undefined ? {} : { snils }),
    ...(oid === undefined ? {} : { oid }),
  }

  return ogrn === undefined
    ? { kind: 'person', ...person }
    : { kind: 'russian-organisation', ...person, ogrn }
}
