/**
 * The schema of the sandbox's own service, which is none of Goskey: `req_{guid}.xml` says which order and
 * which business file it carries, `trans_{guid}.xml` is that file. Both share one namespace.
 */
const NAMESPACE = 'urn://sandbox.muhr.test/notice/1.0.0'

export const noticeSchema = {
  namespace: NAMESPACE,
  text: `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${NAMESPACE}" targetNamespace="${NAMESPACE}" elementFormDefault="qualified">
<xs:simpleType name="guid"><xs:restriction base="xs:string"><xs:pattern value="[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"/></xs:restriction></xs:simpleType>
<xs:element name="NoticeRequest"><xs:complexType><xs:sequence>
  <xs:element name="OrderId" type="xs:positiveInteger"/>
  <xs:element name="Guid" type="t:guid"/>
  <xs:element name="Applicant"><xs:complexType><xs:sequence>
    <xs:element name="INN"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[0-9]{10}"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="Name" type="xs:string"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element>
<xs:element name="Notice"><xs:complexType><xs:sequence>
  <xs:element name="Guid" type="t:guid"/>
  <xs:element name="Subject"><xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="250"/></xs:restriction></xs:simpleType></xs:element>
  <xs:element name="Date" type="xs:date"/>
  <xs:element name="Text" type="xs:string" minOccurs="0"/>
</xs:sequence></xs:complexType></xs:element>
</xs:schema>`,
} as const
