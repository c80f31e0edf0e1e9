import { attribute, moscow } from './epgu-client.ts'

const DAY = 86_400_000

/** req.xml of profile 1.8 as goskey-api has it: a prefix, a comment, a SNILS alone, an id, seven days. */
export function goskeyApiRequest(): string {
  const expiration = moscow(new Date(Date.now() + 7 * DAY)).replace('+', '.123+')
  const attributes = ['mnemonics', 'serviceName', 'orgName'].map((name) => attribute(name, 'TEST'))
  const fields = [
    '<DocumentId>12345678</DocumentId><MimeType>application/xml</MimeType>',
    '<Description>Документ</Description>',
    '<Backlink>https://lk.gosuslugi.ru/notifications</Backlink>',
    `<SignExpiration>${expiration}</SignExpiration> ${attributes.join('\n\t')}`,
  ]

  return prefixed(`<?xml version="1.0" encoding="utf-8" ?> \n<SignRequest xmlns="urn://mpkey.gosuslugi.ru/sign_document_ukep/1.0.0">
\t<!--ns:OID>1000550738</ns:OID-->
\t<Snils>000-000-002 02</Snils>     \n\t<Document>${fields.join('\n\t\t')}</Document>\n</SignRequest>`)
}

/** Every element with the prefix `ns`, as XmlWriter of .NET and templates by hand have it. */
export function prefixed(xml: string): string {
  return xml.replace(/<(\/?)([A-Z])/g, '<$1ns:$2').replace('xmlns=', 'xmlns:ns=')
}
