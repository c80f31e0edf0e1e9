import { describe, expect, it } from 'vitest'
import { api1Sample, api2Sample, documentSample } from '../testing/seed-samples.ts'
import { abilitiesOf, parseAppVersion } from './app-version.ts'
import { PhoneError } from './error.ts'
import { readJsonText } from './json-text.ts'
import { readApi1 } from './read-api1.ts'
import { readApi2 } from './read-api2.ts'

const judge = (work: () => unknown): string => {
  try {
    work()

    return 'accepted'
  } catch (cause) {
    if (!(cause instanceof PhoneError)) throw cause

    return `${cause.code} ${cause.data.field ?? ''}`.trim()
  }
}

const NOW = new Date('2029-01-01T00:00:00Z')
const api1 = (value: unknown): string =>
  judge(() =>
    readApi1(readJsonText(JSON.stringify(value), 'api1'), { now: NOW, allowedHosts: ['gate.kz'] }),
  )
const api2 = (value: unknown, version = 'ios 2.4.1'): string =>
  judge(() => {
    const appVersion = parseAppVersion(version)
    if (appVersion === undefined) throw new Error('bad version in the test')
    readApi2(readJsonText(JSON.stringify(value), 'api2'), abilitiesOf(appVersion))
  })

const without = (value: Record<string, unknown>, key: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
const renamed = (value: Record<string, unknown>, from: string, to: string) =>
  Object.fromEntries(Object.entries(value).map(([k, v]) => [k === from ? to : k, v]))
const document = (changes: object) => ({
  document: { uri: 'http://localhost/d', auth_type: 'None', ...changes },
})

describe('API #1', () => {
  it('accepts the example of the seed', () => {
    expect(api1(api1Sample())).toBe('accepted')
  })

  it.each(['description', 'expiry_date', 'organisation', 'document'])(
    'refuses a missing %s',
    (key) => {
      expect(api1(without(api1Sample(), key))).toBe(`field.missing ${key}`)
    },
  )

  it.each([
    ['expiry_date', 'expiry_Date'],
    ['description', 'Description'],
    ['organisation', 'ORGANISATION'],
  ])('refuses %s written as %s (trap 1)', (from, to) => {
    expect(api1(renamed(api1Sample(), from, to))).toBe(`field.wrong-case ${from}`)
  })

  it('refuses the American spelling as a missing field (trap 14)', () => {
    expect(api1(renamed(api1Sample(), 'organisation', 'organization'))).toBe(
      'field.missing organisation',
    )
  })

  it('refuses nameKk, as public code has it (trap 2)', () => {
    const organisation = api1Sample()['organisation'] as Record<string, unknown>
    expect(api1(api1Sample({ organisation: renamed(organisation, 'nameKz', 'nameKk') }))).toBe(
      'field.missing organisation.nameKz',
    )
    expect(api1(api1Sample({ organisation: { ...organisation, bin: '00074000072' } }))).toBe(
      'field.wrong-value organisation.bin',
    )
  })

  it.each([
    ['2030-01-01T04:52:23.626Z', 'accepted'],
    ['2030-09-29T16:21:37.06+0600', 'accepted'],
    ['2030-09-29T16:21:37.060+06:00', 'accepted'],
    ['2030-09-29T16:21:37.060+00:00', 'accepted'],
    ['2030-09-29T16:21:37Z', 'field.wrong-value expiry_date'],
    ['2030-09-29T16:21:37.060', 'field.wrong-value expiry_date'],
    ['2030-02-30T16:21:37.060Z', 'field.wrong-value expiry_date'],
    ['2030-13-01T16:21:37.060Z', 'field.wrong-value expiry_date'],
    ['1893456000000', 'field.wrong-value expiry_date'],
    ['2029-01-01T00:00:00.000Z', 'request.expired expiry_date'],
    ['2029-01-01T06:00:00.001+06:00', 'accepted'],
  ])('judges expiry_date %s as %s (trap 8)', (expiry_date, expected) => {
    expect(api1(api1Sample({ expiry_date }))).toBe(expected)
  })

  it.each(['Bearer', 'TOKEN', 'EDS', 'token', 'none', ''])(
    'refuses auth_type %j (trap 2)',
    (type) => {
      expect(api1(api1Sample(document({ auth_type: type })))).toBe(
        'field.wrong-value document.auth_type',
      )
    },
  )

  it.each([
    [{ auth_type: 'None' }, 'accepted'],
    [{ auth_type: 'None', auth_token: '' }, 'accepted'],
    [{ auth_type: 'None', auth_token: 'x' }, 'field.unexpected document.auth_token'],
    [{ auth_type: 'Token' }, 'field.missing document.auth_token'],
    [{ auth_type: 'Token', auth_token: '' }, 'field.wrong-value document.auth_token'],
    [{ auth_type: 'Token', auth_token: 'a b' }, 'field.wrong-value document.auth_token'],
    [{ auth_type: 'Token', auth_token: 'abc' }, 'accepted'],
    [{ uri: 'https://gate.kz/d' }, 'accepted'],
    [{ uri: 'https://other.kz/d' }, 'host.not-allowed document.uri'],
    [{ uri: 'http://gate.kz/d' }, 'host.not-https document.uri'],
    [{ uri: '/d' }, 'link.not-a-url document.uri'],
    [{ uri: 'http://localhost/d d' }, 'link.white-space document.uri'],
    [{ uri: 'http://user:secret@localhost/d' }, 'link.not-a-url document.uri'],
    [{ uri: 'file:///etc/passwd' }, 'link.not-a-url document.uri'],
    [{ uri: 'http://127.0.0.1.evil.kz/d' }, 'host.not-https document.uri'],
  ])('judges document %j as %s', (changes, expected) => {
    expect(api1(api1Sample(document(changes)))).toBe(expected)
  })

  it('lets unknown fields pass', () => {
    expect(api1(api1Sample({ extra: { any: [1] } }))).toBe('accepted')
  })
})

describe('API #2', () => {
  const one = (changes: object, method = 'CMS_WITH_DATA') =>
    api2Sample({ signMethod: method, documentsToSign: [documentSample(changes as never)] })
  const file = (changes: object) => ({
    document: { file: { mime: 'application/pdf', data: 'JVBERi0xLjcK', ...changes } },
  })

  it.each(['CMS_WITH_DATA', 'CMS_SIGN_ONLY', 'SIGN_BYTES_ARRAY'])('accepts %s', (method) => {
    expect(api2(one({}, method))).toBe('accepted')
  })

  it.each([
    ['signMethod', 'field.missing signMethod'],
    ['documentsToSign', 'field.missing documentsToSign'],
    ['version', 'accepted'],
  ])('without %s: %s', (key, expected) => {
    expect(api2(without(api2Sample(), key))).toBe(expected)
  })

  it.each([
    [{ signMethod: 'cms_with_data' }, 'field.wrong-value signMethod'],
    [{ version: '1' }, 'field.wrong-type version'],
    [{ documentsToSign: [] }, 'field.wrong-value documentsToSign'],
    [{ documentsToSign: {} }, 'field.wrong-type documentsToSign'],
    [
      { documentsToSign: [documentSample(), documentSample()] },
      'field.wrong-value documentsToSign[1].id',
    ],
  ])('judges %j as %s', (changes, expected) => {
    expect(api2(api2Sample(changes))).toBe(expected)
  })

  it.each([
    [{ id: '1' }, 'field.wrong-type documentsToSign[0].id'],
    [{ id: 1.5 }, 'field.wrong-type documentsToSign[0].id'],
    [{ id: 'b3e1f0a0-0000-4000-8000-000000000000' }, 'field.wrong-type documentsToSign[0].id'],
    [{ nameKz: 5 }, 'field.wrong-type documentsToSign[0].nameKz'],
    [{ meta: [{ key: 'a', value: 'b' }] }, 'field.missing documentsToSign[0].meta[0].name'],
    [{ meta: [{ name: 'a', value: 1 }] }, 'field.wrong-type documentsToSign[0].meta[0].value'],
    [{ meta: [] }, 'accepted'],
    [{ signMethod: 'XML' }, 'field.unexpected documentsToSign[0].signMethod'],
    [{ documentXml: '<a/>' }, 'field.unexpected documentsToSign[0].documentXml'],
    [
      { document: { mime: 'text/plain', data: 'eA==' } },
      'field.missing documentsToSign[0].document.file',
    ],
    [file({ data: 'not base64' }), 'field.wrong-value documentsToSign[0].document.file.data'],
    [file({ data: 'JVBERi0x\nLjcK' }), 'field.wrong-value documentsToSign[0].document.file.data'],
    [file({ data: 'eB==' }), 'field.wrong-value documentsToSign[0].document.file.data'],
    [file({ data: '' }), 'field.wrong-value documentsToSign[0].document.file.data'],
    [file({ data: 'eA==' }), 'accepted'],
    [file({ mime: '@file/pdf' }), 'accepted'],
    [file({ mime: '' }), 'accepted'],
  ])('judges a document with %j as %s (trap 2)', (changes, expected) => {
    expect(api2(one(changes))).toBe(expected)
  })

  it('wants documentXml, and no document, for XML', () => {
    const xml = without(documentSample({ documentXml: '<xml>x</xml>' }), 'document')
    expect(api2(api2Sample({ signMethod: 'XML', documentsToSign: [xml] }))).toBe('accepted')
    expect(api2(one({ documentXml: '<a/>' }, 'XML'))).toBe(
      'field.unexpected documentsToSign[0].document',
    )
  })

  it('wants a method for each document of MIX_SIGN, and a version that knows it', () => {
    const mix = one({ signMethod: 'CMS_SIGN_ONLY' }, 'MIX_SIGN')
    expect(api2(mix)).toBe('accepted')
    expect(api2(mix, 'android 1.6.77')).toBe('accepted')
    expect(api2(mix, 'ios 2.4.0')).toBe('version.too-old signMethod')
    expect(api2(mix, 'android 1.6.9')).toBe('version.too-old signMethod')
    expect(api2(one({}, 'MIX_SIGN'))).toBe('field.missing documentsToSign[0].signMethod')
    expect(api2(one({ signMethod: 'MIX_SIGN' }, 'MIX_SIGN'))).toBe(
      'field.wrong-value documentsToSign[0].signMethod',
    )
  })

  it.each([
    ['text/plain', 'CMS_WITH_DATA', 'text'],
    ['application/pdf', 'CMS_SIGN_ONLY', 'pdf'],
    ['@file/pdf', 'CMS_SIGN_ONLY', 'pdf'],
    ['application/xml', 'SIGN_BYTES_ARRAY', 'xml'],
    ['application/xml', 'CMS_WITH_DATA', 'hidden'],
    ['image/png', 'CMS_WITH_DATA', 'hidden'],
  ])('shows %s under %s as %s', (mime, method, display) => {
    const body = JSON.stringify(one(file({ mime }), method))
    const { documents } = readApi2(
      readJsonText(body, 'api2'),
      abilitiesOf({ platform: 'ios', version: '2.4.1' }),
    )
    expect(documents[0]?.display).toBe(display)
  })
})
