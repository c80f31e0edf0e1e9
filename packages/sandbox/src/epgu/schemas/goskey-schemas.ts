/** Schemas of req.xml in our own words, by the limits of ru-epgu-goskey §5.2 and §5.3. */
export const GOSKEY_NAMESPACES = {
  unep: 'urn://mpkey.gosuslugi.ru/sign_document/1.0.0',
  ukep: 'urn://mpkey.gosuslugi.ru/sign_document_ukep/1.0.0',
  legal: 'urn://mpkey.gosuslugi.ru/sign_document_ukep_legalperson/1.0.0',
  roskazna: 'urn://mpkey.gosuslugi.ru/sign_document_ukep_roskazna/1.0.0',
} as const

const limited = (name: string, max: number, base = 'xs:string', min = 0): string =>
  `<xs:simpleType name="${name}"><xs:restriction base="${base}">${
    min === 0 ? '' : `<xs:minLength value="${min}"/>`
  }<xs:maxLength value="${max}"/></xs:restriction></xs:simpleType>`

const pattern = (name: string, value: string): string =>
  `<xs:simpleType name="${name}"><xs:restriction base="xs:string"><xs:pattern value="${value}"/></xs:restriction></xs:simpleType>`

const shared = [
  limited('text50', 50),
  limited('text250', 250),
  limited('oid', 20, 'xs:normalizedString', 1),
  `<xs:complexType name="attribute"><xs:sequence>
    <xs:element name="AttributeName" type="t:text50"/>
    <xs:element name="AttributeValue" type="xs:normalizedString"/>
  </xs:sequence></xs:complexType>`,
].join('\n')

const schema = (namespace: string, body: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${namespace}" targetNamespace="${namespace}" elementFormDefault="qualified">
${shared}
${body}
</xs:schema>`

/**
 * Profile 1.8, with Document blocks: a sequence of Snils, Document and OID as published. `isLenient`: any
 * order, any of the identifiers missing.
 */
export function goskeySchema18(
  namespace: string,
  { isLenient }: { readonly isLenient: boolean },
): string {
  const children = [
    '<xs:element name="Snils" type="t:snils"/>',
    `<xs:element name="Document" type="t:document"${isLenient ? '' : ' maxOccurs="unbounded"'}/>`,
    '<xs:element name="OID" type="t:oid"/>',
  ].join('\n')

  return schema(
    namespace,
    `${limited('snils', 14)}
<xs:complexType name="document"><xs:sequence>
  <xs:element name="DocumentId" type="t:text50"/>
  <xs:element name="MimeType" type="t:text50"/>
  <xs:element name="Description" type="t:text250" minOccurs="0"/>
  <xs:element name="Backlink" type="t:text250" minOccurs="0"/>
  <xs:element name="SignExpiration" type="xs:dateTime" minOccurs="0"/>
  <xs:element name="Attribute" type="t:attribute" minOccurs="0" maxOccurs="10"/>
</xs:sequence></xs:complexType>
<xs:element name="SignRequest"><xs:complexType>${
      isLenient
        ? `<xs:choice maxOccurs="unbounded">${children}</xs:choice>`
        : `<xs:sequence>${children}</xs:sequence>`
    }</xs:complexType></xs:element>`,
  )
}

const person = `<xs:choice>
    <xs:element name="Snils" type="t:snils"/>
    <xs:element name="OID" type="t:oid"/>
  </xs:choice>`

const legal = `<xs:choice>
    <xs:element name="RFOrg"><xs:complexType><xs:sequence>${person}
      <xs:element name="OGRN" type="t:ogrn"/>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="ForeignOrg"><xs:complexType><xs:sequence>
      <xs:element name="RAFP" type="t:rafp"/>
      <xs:element name="INN_user" type="t:inn"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:choice>`

/** Profile 1.9, flat. `isLenient`: a SNILS of digits alone is taken. */
export function goskeySchema19(
  namespace: string,
  { isLenient }: { readonly isLenient: boolean },
): string {
  const snils = '[0-9]{3}-[0-9]{3}-[0-9]{3} [0-9]{2}'

  return schema(
    namespace,
    `${pattern('snils', isLenient ? `${snils}|[0-9]{11}` : snils)}
${pattern('ogrn', '[0-9]{11}|[0-9]{13}|[0-9]{15}')}
${pattern('rafp', '[0-9]{11}')}
${pattern('inn', '[0-9]{12}')}
<xs:element name="SignRequest"><xs:complexType><xs:sequence>
  ${namespace === GOSKEY_NAMESPACES.legal ? legal : person}
  <xs:element name="Backlink" type="t:text250" minOccurs="0"/>
  <xs:element name="SignExpiration" type="xs:dateTime"/>
  <xs:element name="Description" type="t:text250"/>
  <xs:element name="Attribute" type="t:attribute" minOccurs="0" maxOccurs="10"/>
</xs:sequence></xs:complexType></xs:element>`,
  )
}
