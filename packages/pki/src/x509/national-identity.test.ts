import { describe, expect, it } from 'vitest'
import { der } from '../asn1/write.ts'
import { fixtureCertificate, hasFixtures } from '../test-support/fixtures.ts'
import { issueTest, signerExtensions, testKey } from '../test-support/test-ca.ts'
import { extension } from './build-extension.ts'
import type { NameAttributeInput } from './build-name.ts'
import { nationalIdentity } from './national-identity.ts'

const identityOf = async (
  subject: readonly NameAttributeInput[],
  { purposes = [], rsa = false }: { purposes?: readonly string[]; rsa?: boolean } = {},
) => {
  const key = testKey('signer', rsa ? 'rsa-2048' : 'kz-2015-512')
  const extensions = [
    ...signerExtensions(key),
    ...(purposes.length === 0 ? [] : [extension.extKeyUsage(purposes)]),
  ]
  const issuer = await issueTest({ subject: [['CN', 'TEST CA']], key })
  const { certificate } = await issueTest({ subject, key, extensions, issuer })
  return nationalIdentity(certificate)
}

describe('nationalIdentity', () => {
  it('reads the head of a Kazakh organisation, in any order of attributes', async () => {
    const subject: readonly NameAttributeInput[] = [
      ['GIVENNAME', 'СЫНАҚОВИЧ'],
      ['OU', 'BIN123456789021'],
      ['OU', 'Department'],
      ['O', 'ТЕСТ ЖШС'],
      ['C', 'KZ'],
      ['SERIALNUMBER', 'IIN123456789011'],
      ['SURNAME', 'ТЕСТОВ'],
      ['CN', 'ТЕСТОВ ТЕСТ'],
    ]
    const purposes = [
      '1.3.6.1.5.5.7.3.4',
      '1.2.398.3.3.4.1.2',
      '1.2.398.3.3.4.1.2.1',
      '1.2.398.9.9',
    ]
    const expected = {
      country: 'KZ',
      name: 'ТЕСТОВ ТЕСТ СЫНАҚОВИЧ',
      organisation: 'ТЕСТ ЖШС',
      iin: '123456789011',
      bin: '123456789021',
      roles: [
        { oid: '1.2.398.3.3.4.1.2', name: 'legal-entity' },
        { oid: '1.2.398.3.3.4.1.2.1', name: 'head' },
        { oid: '1.2.398.9.9', name: null },
      ],
    }
    expect(await identityOf(subject, { purposes })).toEqual(expected)
    expect(await identityOf(subject.toReversed(), { purposes })).toEqual(expected)
  })

  it('reads an information system and a BIN in the serial number', async () => {
    expect(
      await identityOf(
        [
          ['CN', 'TEST SYSTEM'],
          ['UID', '1.2.398.6.10.1.1'],
          ['SERIALNUMBER', 'BIN123456789021'],
        ],
        { purposes: ['1.2.398.3.3.4.1.2.6.7'] },
      ),
    ).toEqual({
      country: 'KZ',
      name: 'TEST SYSTEM',
      bin: '123456789021',
      systemOid: '1.2.398.6.10.1.1',
      roles: [{ oid: '1.2.398.3.3.4.1.2.6.7', name: 'legal-entity-system' }],
    })
  })

  it('names nobody when the certificate names two', async () => {
    const identity = await identityOf([
      ['CN', 'ТЕСТОВ ТЕСТ'],
      ['SERIALNUMBER', 'IIN123456789011'],
      ['SERIALNUMBER', 'IIN123456789012'],
    ])
    expect(identity.iin).toBeUndefined()
    expect((await identityOf([['SERIALNUMBER', 'IIN123456789011']])).iin).toBe('123456789011')
  })

  it('reads an identifier in whatever string type it stands', async () => {
    const ascii = new TextEncoder().encode('IIN123456789011')
    const wide = (width: 2 | 4): Uint8Array => {
      const octets = new Uint8Array(ascii.length * width)
      for (const [index, octet] of ascii.entries()) {
        octets[index * width + width - 1] = octet
      }
      return octets
    }
    const strings: readonly (readonly [tag: number, content: Uint8Array])[] = [
      [0x0c, ascii],
      [0x13, ascii],
      [0x14, ascii],
      [0x16, ascii],
      [0x1a, ascii],
      [0x1c, wide(4)],
      [0x1e, wide(2)],
    ]
    const key = testKey('signer')
    const issuer = await issueTest({ subject: [['CN', 'TEST CA']], key })
    for (const [tag, content] of strings) {
      const value = Uint8Array.of(tag, content.length, ...content)
      const subject = der.sequence(der.set(der.sequence(der.oid('2.5.4.5'), value)))
      const { certificate } = await issueTest({
        key,
        issuer,
        extensions: signerExtensions(key),
        change: { subject },
      })
      expect(nationalIdentity(certificate).iin, `tag ${tag}`).toBe('123456789011')
    }
  })

  it.each([
    '123456789011',
    'IIN12345678901',
    'IIN1234567890111',
    'iin123456789011',
    'IIN12345678901a',
  ])('takes no IIN from %s', async (serialNumber) => {
    expect((await identityOf([['SERIALNUMBER', serialNumber]])).iin).toBeUndefined()
  })

  it('reads the head of a Russian organisation, and the padded INN of old certificates', async () => {
    const person: readonly NameAttributeInput[] = [
      ['CN', 'ООО «ТЕСТ»'],
      ['SURNAME', 'Тестов'],
      ['GIVENNAME', 'Тест Тестович'],
      ['SNILS', '00000000000'],
      ['OGRN', '1000000000009'],
    ]
    const rsa = true
    expect(
      await identityOf([...person, ['INN', '110000000000'], ['INNLE', '0000000000']], { rsa }),
    ).toEqual({
      country: 'RU',
      name: 'Тестов Тест Тестович',
      snils: '00000000000',
      inn: '110000000000',
      organisationInn: '0000000000',
      ogrn: '1000000000009',
      roles: [],
    })
    expect(await identityOf([...person, ['INN', '001234567890']], { rsa })).toMatchObject({
      organisationInn: '1234567890',
    })
  })

  it('names no organisation when the old and the new field contradict each other', async () => {
    const rsa = true
    const two = [
      ['INN', '001234567890'],
      ['INNLE', '1234567891'],
    ] as const
    expect((await identityOf(two, { rsa })).organisationInn).toBeUndefined()
    const one = [
      ['INN', '001234567890'],
      ['INNLE', '1234567890'],
    ] as const
    expect((await identityOf(one, { rsa })).organisationInn).toBe('1234567890')
  })

  it('takes identifiers of another country than the key for nobody’s', async () => {
    const kazakh = await identityOf([
      ['SNILS', '00000000000'],
      ['SERIALNUMBER', 'IIN123456789011'],
    ])
    expect(kazakh).toMatchObject({ country: 'KZ', iin: '123456789011' })
    expect(kazakh.snils).toBeUndefined()
    const russian = await identityOf([['SNILS', '00000000000']])
    expect(russian).toEqual({ country: 'KZ', name: null, roles: [] })
    expect(await identityOf([['SNILS', '00000000000']], { rsa: true })).toMatchObject({
      country: 'RU',
      snils: '00000000000',
    })
  })

  it('names nobody when identifiers of two countries stand over a key of none', async () => {
    const subject = [
      ['SNILS', '00000000000'],
      ['1.2.860.3.16.1.2', '30000000000001'],
    ] as const
    expect(await identityOf(subject, { rsa: true })).toEqual({
      country: null,
      name: null,
      roles: [],
    })
    expect((await identityOf(subject.slice(1), { rsa: true })).pinfl).toBe('30000000000001')
  })

  it('shows the position of a person as it is worded, unless two are', async () => {
    const subject = [
      ['SNILS', '00000000000'],
      ['TITLE', 'Директор'],
    ] as const
    expect((await identityOf(subject, { rsa: true })).title).toBe('Директор')
    const two = [...subject, ['TITLE', 'Бухгалтер']] as const
    expect((await identityOf(two, { rsa: true })).title).toBeUndefined()
  })

  it('guesses the country of an anonymous certificate from its key, then from C', async () => {
    expect((await identityOf([['CN', 'TEST']])).country).toBe('KZ')
    expect((await identityOf([['CN', 'TEST']], { rsa: true })).country).toBeNull()
    expect(
      (
        await identityOf(
          [
            ['CN', 'TEST'],
            ['C', 'UZ'],
          ],
          { rsa: true },
        )
      ).country,
    ).toBe('UZ')
  })
})

describe.skipIf(!hasFixtures('kz'))('real certificates of Kazakhstan', () => {
  it('an individual', () => {
    expect(
      nationalIdentity(fixtureCertificate('kz/certs/individual_sign_rsa_2022.cer')),
    ).toMatchObject({
      country: 'KZ',
      name: 'ТЕСТОВ ТЕСТ ТЕСТОВИЧ',
      iin: '123456789011',
      roles: [{ oid: '1.2.398.3.3.4.1.1', name: 'individual' }],
    })
  })

  it('a head of an organisation', () => {
    expect(
      nationalIdentity(fixtureCertificate('kz/certs/ceo_sign_gost2004_2022.cer')),
    ).toMatchObject({
      iin: '123456789011',
      bin: '123456789021',
      organisation: 'АО "ТЕСТ"',
      roles: [{ name: 'legal-entity' }, { name: 'head' }],
    })
  })
})

describe.skipIf(!hasFixtures('uz/synthetic'))('synthetic certificates of Uzbekistan', () => {
  it('a director', () => {
    expect(nationalIdentity(fixtureCertificate('uz/synthetic/leaf-org1.der'))).toEqual({
      country: 'UZ',
      name: 'SINOV TEST TESTOVICH',
      organisation: '“SINOV, TEST” MCHJ',
      pinfl: '30000000000001',
      inn: '400000001',
      organisationInn: '300000001',
      title: 'DIREKTOR',
      roles: [],
    })
  })
})
