import { describe, expect, test } from 'vitest'
import { EgovMobileError } from '../error.ts'
import { testSession } from '../testing.ts'
import { assertSession } from './assert-session.ts'
import type { Session } from './session.ts'

function refusal(session: Session): unknown {
  try {
    assertSession(session)
  } catch (error) {
    if (error instanceof EgovMobileError) return { code: error.code, ...error.data }
    throw error
  }

  return 'accepted'
}

const [first, second] = testSession().documents
if (first === undefined || second === undefined) throw new Error('the session has two documents')

describe('a session before its code is shown', () => {
  test('passes when the app can work with it', () => {
    expect(refusal(testSession())).toBe('accepted')
    expect(refusal(testSession({ auth: { type: 'None' } }))).toBe('accepted')
  })

  test.each(['XML', 'SIGN_BYTES_ARRAY', 'MIX_SIGN', 'cms_sign_only', ''])(
    'trap 1: the method %j is refused by name, not half done',
    (method) => {
      const session = { ...testSession(), signMethod: method } as unknown as Session

      expect(refusal(session)).toEqual({
        code: 'egov-mobile.method-not-supported',
        field: 'signMethod',
        method,
        supported: ['CMS_WITH_DATA', 'CMS_SIGN_ONLY'],
      })
    },
  )

  test.each(['Eds', 'Bearer', 'TOKEN', 'EDS', 'none'])(
    'trap 2: the auth type %j is refused',
    (type) => {
      const session = { ...testSession(), auth: { type } } as unknown as Session

      expect(refusal(session)).toMatchObject({ code: 'egov-mobile.auth-not-supported' })
    },
  )

  test.each<[string, Partial<Session>]>([
    ['auth.token', { auth: { type: 'Token', token: 'two words' } }],
    ['auth.token', { auth: { type: 'Token', token: '' } }],
    ['description', { description: ' ' }],
    ['organisation.bin', { organisation: { ...testSession().organisation, bin: '12345' } }],
    ['organisation.nameKz', { organisation: { ...testSession().organisation, nameKz: '' } }],
    ['expiresAt', { expiresAt: new Date(Number.NaN) }],
    ['documents', { documents: [] }],
    ['documents', { documents: [first, { ...second, id: first.id }] }],
    ['documents[1].id', { documents: [first, { ...second, id: 2.5 }] }],
    ['documents[0].id', { documents: [{ ...first, id: 0 }] }],
    ['documents[0].id', { documents: [{ ...first, id: 2 ** 53 }] }],
    ['documents[0].id', { documents: [{ ...first, id: '1' as unknown as number }] }],
    ['documents[0].sizeBytes', { documents: [{ ...first, sizeBytes: 0 }] }],
    [
      'documents[0].names.nameEn',
      { documents: [{ ...first, names: { ...first.names, nameEn: '' } }] },
    ],
    [
      'documents[0].meta[0].value',
      { documents: [{ ...first, meta: [{ name: 'a', value: 1 as unknown as string }] }] },
    ],
  ])('names the field %s', (field, changes) => {
    expect(refusal(testSession(changes))).toMatchObject({
      code: 'egov-mobile.invalid-session',
      field,
    })
  })

  test('checks both URLs', () => {
    expect(refusal(testSession({ api1Url: 'http://muhr.example/mgovSign' }))).toMatchObject({
      code: 'egov-mobile.invalid-url',
      field: 'api1Url',
    })
    expect(refusal(testSession({ api2Url: '/documents' }))).toMatchObject({
      code: 'egov-mobile.invalid-url',
      field: 'api2Url',
    })
  })
})
