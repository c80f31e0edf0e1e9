import { describe, expect, it } from 'vitest'
import { buildRequestXml } from './build-request-xml.ts'
import { checkReadRequest } from './check-read-request.ts'
import type { GoskeyRequest } from './request.ts'
import { request18, request19 } from './testing/requests.ts'
import { testNow } from './testing/test-pki.ts'

const xmlOf = (request: GoskeyRequest): string =>
  Buffer.from(
    buildRequestXml(request, { documentNames: ['a.pdf', 'b.txt'], sealedAt: testNow }),
  ).toString()

/** Every rule that the request breaks after a change of its text, with its field. */
function rulesOf(
  request: GoskeyRequest,
  change: (text: string) => string | Uint8Array = (text) => text,
  sentAt: Date | undefined = testNow,
): readonly string[] {
  const { service, profile } = request
  const changed = change(xmlOf(request))
  const xml = typeof changed === 'string' ? Buffer.from(changed) : changed

  return checkReadRequest(xml, { service, profile, sentAt }).map(
    ({ rule, field }) => `${rule} ${field}`,
  )
}

const after = (hours: number) => new Date(testNow.getTime() + hours * 3_600_000)
const organisation: GoskeyRequest = {
  ...request19,
  service: 'organisation-ukep',
  recipient: { kind: 'russian-organisation', snils: '112-233-445 95', ogrn: '1027700132195' },
}
const foreign: GoskeyRequest = {
  ...organisation,
  recipient: { kind: 'foreign-organisation', rafp: '99900000001', inn: '999900001365' },
}

describe('a request file that its schema takes', () => {
  it.each([
    ['1.9', request19],
    ['1.8', request18],
    ['of an organisation', organisation],
    ['of a foreign one', foreign],
  ])('and that keeps the other rules too: %s', (_, request) => {
    expect(rulesOf(request)).toEqual([])
  })

  it.each<readonly [string, GoskeyRequest, string, string, readonly string[]]>([
    ['SNILS', request19, '112-233-445 95', '112-233-445 96', ['snils-check-digit Snils']],
    ['SNILS under 1.8', request18, '445 95', '445 96', ['snils-check-digit Snils']],
    ['OGRN', organisation, '1027700132195', '1027700132196', ['ogrn-check-digit OGRN']],
    ['INN', foreign, '999900001365', '999900001366', ['inn-check-digit INN_user']],
  ])('may have wrong check digits: %s', (_, request, right, wrong, expected) => {
    expect(rulesOf(request, (text) => text.replace(right, wrong))).toEqual(expected)
  })

  it.each([
    ['1.9', request19],
    ['1.8', request18],
  ])('is held against the time when it leaves, not when it was made: %s', (_, request) => {
    expect(rulesOf(request, undefined, after(22.9))).toEqual([])
    expect(rulesOf(request, undefined, after(23.1))).toEqual(['expiration-past SignExpiration'])
    expect(rulesOf(request, undefined, after(-2))).toEqual(['expiration-too-far SignExpiration'])
    const { service, profile } = request
    const xml = Buffer.from(xmlOf(request).replace(/20\d\d-/g, '2001-'))
    expect(checkReadRequest(xml, { service, profile })).toEqual([])
  })

  it('has the attributes that the table requires, under 1.8 in each document', () => {
    expect(rulesOf(request19, (text) => text.replaceAll('orgINN', 'orgInn'))).toEqual([
      'attribute-missing orgINN',
    ])
    const inSecond = (text: string) => {
      const at = text.lastIndexOf('mnemonics')

      return `${text.slice(0, at)}other${text.slice(at + 'mnemonics'.length)}`
    }
    expect(rulesOf(request18, inSecond)).toEqual(['attribute-missing mnemonics'])
  })

  const wrong = (text: string) => text.replace('445 95', '445 96')
  it.each<readonly [string, (text: string) => string | Uint8Array]>([
    ['CDATA', (text) => text.replace('112-233-445 95', '<![CDATA[112-233-445 96]]>')],
    ['a comment inside', (text) => wrong(text).replace('112-233', '112-<!-- </Snils> -->233')],
    ['references', (text) => text.replace('445 95', '445&#32;9&#x36;')],
    [
      'a prefix',
      (text) =>
        wrong(text)
          .replace('xmlns=', 'xmlns:q=')
          .replace(/<(\/?)(?=[A-Z])/g, '<$1q:'),
    ],
    [
      'attributes of the schema language',
      (text) => wrong(text).replace('<Snils>', '<Snils\n xmlns:a=">" >'),
    ],
    ['UTF-16', (text) => Buffer.from(`\ufeff${wrong(text).replace('UTF-8', 'UTF-16')}`, 'utf16le')],
    [
      'windows-1251',
      (text) =>
        Buffer.from(
          wrong(text)
            .replace('UTF-8', 'windows-1251')
            .replace(/[^\0-\x7f]/g, '?'),
        ),
    ],
    ['a byte order mark', (text) => `\ufeff${wrong(text)}`],
  ])('is read however it is spelled: %s', (_, change) => {
    expect(rulesOf(request19, change)).toEqual(['snils-check-digit Snils'])
  })
})
