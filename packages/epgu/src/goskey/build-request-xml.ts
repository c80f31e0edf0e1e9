import { toMoscowTime } from '../moscow-time.ts'
import { checkRequest } from './check-request.ts'
import { mediaTypeOf } from './documents.ts'
import { rulesBroken } from './refuse.ts'
import type { GoskeyRecipient, GoskeyRequest, RequestAttribute } from './request.ts'
import { goskeyServices } from './services.ts'
import { textElement, wrapElement } from './xml-text.ts'

const optional = (name: string, text: string | undefined, depth: number): string =>
  text === undefined ? '' : textElement(name, text, depth)

const attributeElements = (attributes: readonly RequestAttribute[], depth: number): string =>
  attributes
    .map(({ name, value }) =>
      wrapElement(
        'Attribute',
        textElement('AttributeName', name, depth + 1) +
          textElement('AttributeValue', value, depth + 1),
        depth,
      ),
    )
    .join('')

function recipientElements(recipient: GoskeyRecipient): string {
  switch (recipient.kind) {
    case 'person':
      return optional('Snils', recipient.snils, 1) + optional('OID', recipient.oid, 1)
    case 'russian-organisation':
      return wrapElement(
        'RFOrg',
        optional('Snils', recipient.snils, 2) +
          optional('OID', recipient.oid, 2) +
          textElement('OGRN', recipient.ogrn, 2),
        1,
      )
    case 'foreign-organisation':
      return wrapElement(
        'ForeignOrg',
        textElement('RAFP', recipient.rafp, 2) + textElement('INN_user', recipient.inn, 2),
        1,
      )
  }
}

/** Where the app leads by default. The table of profile 1.8 requires the element (§5.2). */
const defaultBacklink18 = 'https://lk.gosuslugi.ru/notifications'

/** Spec §5.2: Snils?, Document+, OID?, the order of the published schema. */
function bodyOf18(request: GoskeyRequest, documentNames: readonly string[]): string {
  const { recipient, description, backlink = defaultBacklink18, expiresAt, attributes } = request
  const { snils, oid } = recipient.kind === 'person' ? recipient : {}
  const documents = documentNames.map((name) =>
    wrapElement(
      'Document',
      textElement('DocumentId', name, 2) +
        textElement('MimeType', mediaTypeOf(name), 2) +
        textElement('Description', description, 2) +
        textElement('Backlink', backlink, 2) +
        textElement('SignExpiration', toMoscowTime(expiresAt), 2) +
        attributeElements(attributes, 2),
      1,
    ),
  )

  return optional('Snils', snils, 1) + documents.join('') + optional('OID', oid, 1)
}

/** Spec §5.3. */
function bodyOf19({
  recipient,
  description,
  backlink,
  expiresAt,
  attributes,
}: GoskeyRequest): string {
  return (
    recipientElements(recipient) +
    optional('Backlink', backlink, 1) +
    textElement('SignExpiration', toMoscowTime(expiresAt), 1) +
    textElement('Description', description, 1) +
    attributeElements(attributes, 1)
  )
}

/**
 * Writes req.xml: UTF-8, the same request gives the same octets. Its signing time is checked against
 * `sealedAt`, so it is built when the seal is made, not before.
 * @param documentNames in the order of the package; profile 1.8 has a block for each
 * @throws EpguError `goskey.rules-broken`
 */
export function buildRequestXml(
  request: GoskeyRequest,
  {
    documentNames,
    sealedAt,
  }: { readonly documentNames: readonly string[]; readonly sealedAt: Date },
): Uint8Array {
  const violations = checkRequest(request, sealedAt)
  if (violations.length > 0) {
    throw rulesBroken(violations)
  }
  const { namespace } = goskeyServices[request.service]
  const body = request.profile === '1.8' ? bodyOf18(request, documentNames) : bodyOf19(request)
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<SignRequest xmlns="${namespace}">\n${body}</SignRequest>\n`

  return new TextEncoder().encode(text)
}
