import type { GoskeyRequest } from './order.ts'
import { childrenOf, childText, type ReadXml, XmlFault, type XmlNode } from './read-xml.ts'
import type { RecipientQuery } from './recipients.ts'
import { GOSKEY_NAMESPACES, goskeySchema18, goskeySchema19 } from './schemas/goskey-schemas.ts'
import type { Service } from './services.ts'
import type { Switches } from './switches.ts'

const HOUR_MS = 3_600_000
/** A request may be on its way for a while, and clocks differ. */
const SKEW_MS = 5 * 60_000

/**
 * Reads req.xml of a Goskey service under the rules in force (ru-epgu-goskey §5.2, §5.3). The profile is told
 * by the presence of Document.
 *
 * @throws {XmlFault} with what is wrong
 */
export function readRequest(
  xml: ReadXml,
  options: {
    readonly service: Service
    readonly switches: Switches
    readonly now: number
    /** Names of the documents in the package. */
    readonly documents: readonly string[]
  },
): GoskeyRequest {
  const { service, switches } = options
  const { root } = xml
  if (root.name !== 'SignRequest') throw new XmlFault(`root element ${root.name}`)
  if (!service.namespaces.includes(root.namespace)) {
    throw new XmlFault(`namespace ${root.namespace} does not go with service ${service.code}`)
  }
  if (root.prefix !== '' && !switches.namespacePrefix) throw new XmlFault('namespace prefix')
  if (xml.hasComments && !switches.comments) throw new XmlFault('comment')

  return childrenOf(root, 'Document').length > 0 ? read18(xml, options) : read19(xml, options)
}

function read18(xml: ReadXml, options: Parameters<typeof readRequest>[1]): GoskeyRequest {
  const { switches, now } = options
  const { root } = xml
  // Of the legal person no form with Document was ever published.
  if (root.namespace === GOSKEY_NAMESPACES.legal) throw new XmlFault('Document is not known here')
  xml.validate(goskeySchema18(root.namespace, { isLenient: switches.snilsWithoutOid }))
  const recipient = personOf(root)
  if (recipient.snils === undefined && recipient.oid === undefined) {
    throw new XmlFault('neither Snils nor OID')
  }
  const documents = childrenOf(root, 'Document')
  for (const document of documents) {
    checkDocument(document, options)
    const expiration = childText(document, 'SignExpiration')
    if (expiration !== undefined) {
      readExpiration(expiration, {
        switches,
        now,
        maxMs: switches.longExpiration ? 7 * 24 * HOUR_MS : 24 * HOUR_MS,
      })
    }
  }
  checkSnilsForm(recipient, switches)

  return {
    profile: '1.8',
    namespace: root.namespace,
    recipient,
    description: childText(documents[0] ?? root, 'Description') ?? '',
  }
}

function checkDocument(
  document: XmlNode,
  { switches, documents }: Parameters<typeof readRequest>[1],
): void {
  const id = childText(document, 'DocumentId') ?? ''
  if (!switches.freeDocumentId && !documents.includes(id)) {
    throw new XmlFault(`DocumentId ${id} is no file of the package`)
  }
  checkAttributes(document, ['mnemonics', 'serviceName', 'orgName'], switches)
}

function read19(xml: ReadXml, { switches, now }: Parameters<typeof readRequest>[1]): GoskeyRequest {
  const { root } = xml
  xml.validate(goskeySchema19(root.namespace, { isLenient: switches.digitsOnlySnils }))
  checkAttributes(root, ['orgName', 'orgINN'], switches)
  const [organisation] = [...childrenOf(root, 'RFOrg'), ...childrenOf(root, 'ForeignOrg')]
  const recipient = { ...personOf(organisation ?? root), ...organisationOf(organisation) }

  return {
    profile: '1.9',
    namespace: root.namespace,
    recipient,
    description: childText(root, 'Description') ?? '',
    expiresAt: readExpiration(childText(root, 'SignExpiration') ?? '', {
      switches,
      now,
      maxMs: 24 * HOUR_MS,
    }),
  }
}

function personOf(node: XmlNode): RecipientQuery {
  const [snils, oid] = [childText(node, 'Snils'), childText(node, 'OID')]

  return { ...(snils === undefined ? {} : { snils }), ...(oid === undefined ? {} : { oid }) }
}

function organisationOf(node: XmlNode | undefined): RecipientQuery {
  if (node === undefined) return {}
  const [ogrn, rafp, inn] = ['OGRN', 'RAFP', 'INN_user'].map((name) => childText(node, name))

  return {
    ...(ogrn === undefined ? {} : { ogrn }),
    ...(rafp === undefined ? {} : { rafp }),
    ...(inn === undefined ? {} : { inn }),
  }
}

/** The table requires them; the schema does not. */
function checkAttributes(node: XmlNode, required: readonly string[], switches: Switches): void {
  if (switches.attributesOptional) return
  const names = childrenOf(node, 'Attribute').map((each) => childText(each, 'AttributeName'))
  const missing = required.find((name) => !names.includes(name))
  if (missing !== undefined) throw new XmlFault(`Attribute ${missing} is absent`)
}

function checkSnilsForm({ snils }: RecipientQuery, { digitsOnlySnils }: Switches): void {
  if (snils === undefined || /^\d{3}-\d{3}-\d{3} \d{2}$/.test(snils)) return
  if (digitsOnlySnils && /^\d{11}$/.test(snils)) return
  throw new XmlFault('Snils is not of the form XXX-XXX-XXX XX')
}

/** Gives ms. In the future, and at most so far ahead. */
function readExpiration(
  text: string,
  { switches, now, maxMs }: { switches: Switches; now: number; maxMs: number },
): number {
  const fraction = /\.(\d+)/.exec(text)?.[1]
  if (fraction !== undefined && fraction.length !== 3 && !switches.anyFraction) {
    throw new XmlFault('SignExpiration with a fraction that is not of three digits')
  }
  if (!/(Z|[+-]\d\d:\d\d)$/.test(text)) throw new XmlFault('SignExpiration without time zone')
  const ms = Date.parse(text.replace(/\.(\d{3})\d+/, '.$1'))
  if (Number.isNaN(ms)) throw new XmlFault('SignExpiration is no date')
  if (ms <= now) throw new XmlFault('SignExpiration is in the past')
  if (ms > now + maxMs + SKEW_MS) {
    throw new XmlFault(`SignExpiration is more than ${maxMs / HOUR_MS} hours ahead`)
  }

  return ms
}
