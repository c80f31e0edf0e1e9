import {
  type GoskeyServiceName,
  goskeyServices,
  type RecipientKind,
  type RequestProfile,
} from './services.ts'

const simpleType = (name: string, base: string, facets: string): string =>
  `  <xs:simpleType name="${name}"><xs:restriction base="${base}">${facets}</xs:restriction></xs:simpleType>\n`

const pattern = (value: string): string => `<xs:pattern value="${value}"/>`
const maxLength = (value: number): string => `<xs:maxLength value="${value}"/>`

/** Limits of spec §5.2 and §5.3; lengths count characters. */
const types = [
  simpleType('snils', 'xs:string', pattern('[0-9]{3}-[0-9]{3}-[0-9]{3} [0-9]{2}')),
  simpleType('oid', 'xs:normalizedString', `<xs:minLength value="1"/>${maxLength(20)}`),
  simpleType('ogrn', 'xs:string', pattern('[0-9]{11}|[0-9]{13}|[0-9]{15}')),
  simpleType('rafp', 'xs:string', pattern('[0-9]{11}')),
  simpleType('personInn', 'xs:string', pattern('[0-9]{12}')),
  simpleType('text50', 'xs:string', maxLength(50)),
  simpleType('text250', 'xs:string', maxLength(250)),
  simpleType('moscowTime', 'xs:dateTime', pattern('.*\\+03:00')),
  `  <xs:complexType name="attribute"><xs:sequence>
    <xs:element name="AttributeName" type="t:text50"/>
    <xs:element name="AttributeValue" type="xs:normalizedString"/>
  </xs:sequence></xs:complexType>\n`,
].join('')

const attributes = '<xs:element name="Attribute" type="t:attribute" minOccurs="0" maxOccurs="10"/>'

const person = `<xs:choice>
    <xs:element name="Snils" type="t:snils"/>
    <xs:element name="OID" type="t:oid"/>
  </xs:choice>`

const recipientElements: Readonly<Record<RecipientKind, string>> = {
  person,
  'russian-organisation': `<xs:element name="RFOrg"><xs:complexType><xs:sequence>
    ${person}
    <xs:element name="OGRN" type="t:ogrn"/>
  </xs:sequence></xs:complexType></xs:element>`,
  'foreign-organisation': `<xs:element name="ForeignOrg"><xs:complexType><xs:sequence>
    <xs:element name="RAFP" type="t:rafp"/>
    <xs:element name="INN_user" type="t:personInn"/>
  </xs:sequence></xs:complexType></xs:element>`,
}

/** Snils?, Document+, OID?, one of the identifiers at least: each model is deterministic. */
const content18 = `<xs:choice>
    <xs:sequence>
      <xs:element name="Snils" type="t:snils"/>
      <xs:element name="Document" type="t:document" maxOccurs="unbounded"/>
      <xs:element name="OID" type="t:oid" minOccurs="0"/>
    </xs:sequence>
    <xs:sequence>
      <xs:element name="Document" type="t:document" maxOccurs="unbounded"/>
      <xs:element name="OID" type="t:oid"/>
    </xs:sequence>
  </xs:choice>`

const document18 = `  <xs:complexType name="document"><xs:sequence>
    <xs:element name="DocumentId" type="t:text50"/>
    <xs:element name="MimeType" type="t:text50"/>
    <xs:element name="Description" type="t:text250" minOccurs="0"/>
    <xs:element name="Backlink" type="t:text250" minOccurs="0"/>
    <xs:element name="SignExpiration" type="xs:dateTime" minOccurs="0"/>
    ${attributes}
  </xs:sequence></xs:complexType>\n`

const content19 = (recipients: readonly RecipientKind[]): string => `<xs:sequence>
  <xs:choice>${recipients.map((kind) => recipientElements[kind]).join('\n')}</xs:choice>
  <xs:element name="Backlink" type="t:text250" minOccurs="0"/>
  <xs:element name="SignExpiration" type="t:moscowTime"/>
  <xs:element name="Description" type="t:text250"/>
  ${attributes}
  </xs:sequence>`

/**
 * The XML Schema of req.xml for a service in a profile, written from the tables of the service texts.
 * Stricter than the published one in the form of SNILS, and it lets one of Snils and OID suffice.
 * UTF-8.
 */
export function requestSchema(service: GoskeyServiceName, profile: RequestProfile): Uint8Array {
  const { namespace, recipients } = goskeyServices[service]
  const content = profile === '1.8' ? content18 : content19(recipients)
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${namespace}"
  targetNamespace="${namespace}" elementFormDefault="qualified">
  <xs:element name="SignRequest"><xs:complexType>${content}</xs:complexType></xs:element>
${types}${profile === '1.8' ? document18 : ''}</xs:schema>
`

  return new TextEncoder().encode(text)
}

/**
 * The XML Schema of sign_config.xml (core text, appendix 5): one document with the names of its
 * signatures. UTF-8.
 */
export const signConfigSchema: Uint8Array =
  new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="signedAttachments"><xs:complexType><xs:sequence>
    <xs:element name="signedDocument"><xs:complexType><xs:sequence>
      <xs:element name="documentFileName" type="xs:string"/>
      <xs:element name="documentDescription" type="xs:string" minOccurs="0"/>
      <xs:element name="signData" maxOccurs="unbounded"><xs:complexType><xs:sequence>
        <xs:element name="signFileName" type="xs:string"/>
        <xs:element name="signFileDescription" type="xs:string" minOccurs="0"/>
      </xs:sequence></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>
`)
