import { EpguError } from '@muhr/epgu'
import { describe, expect, test } from 'vitest'
import { failedCall } from './call-errors.ts'
import { SealWanted } from './gateways.ts'

const now = new Date('2026-11-22T08:00:00.000Z')
const reserving = { now, hasOthers: true, isReserving: true }
const uploading = { now, hasOthers: true, isReserving: false }

const errorOf = (code: string, data: object = {}): EpguError =>
  new EpguError({ code, message: 'm', advice: 'a', data } as never)

describe('a call that failed', () => {
  test('is never made again blindly when nobody knows what became of it', () => {
    for (const call of [reserving, uploading]) {
      expect(failedCall(errorOf('epgu.outcome-unknown'), call)).toEqual({
        kind: 'unknown',
        code: 'epgu.outcome-unknown',
      })
    }
  })

  test.each([
    'esia.unreachable',
    'esia.unavailable',
    'epgu.unreachable',
    'epgu.unavailable',
    'epgu.chunk-window-overrun',
  ])('%s had no effect: it is made again in a minute', (code) => {
    expect(failedCall(errorOf(code), uploading)).toEqual({
      kind: 'deferred',
      code,
      at: '2026-11-22T08:01:00.000Z',
    })
  })

  test('waits for a clerk where an API-Key is not signed', () => {
    expect(failedCall(new SealWanted(), reserving)).toEqual({
      kind: 'deferred',
      code: 'seal-wanted',
      until: 'seal',
    })
  })

  test('closes the quota of its employee when the gateway counts otherwise', () => {
    const error = errorOf('epgu.rate-limited', { retryAfterMs: 120_000 })

    expect(failedCall(error, reserving)).toMatchObject({
      kind: 'deferred',
      at: '2026-11-22T08:02:00.000Z',
      exhausted: true,
    })
    expect(failedCall(error, uploading)).not.toHaveProperty('exhausted')
  })

  test('leaves a refused API-Key to the others, and is refused where there are none', () => {
    const error = errorOf('esia.refused', { esiaCode: 'ESIA-037214' })

    expect(failedCall(error, reserving)).toMatchObject({ kind: 'deferred', exhausted: true })
    expect(failedCall(error, { ...reserving, hasOthers: false })).toEqual({
      kind: 'refused',
      code: 'esia.ESIA-037214',
    })
  })

  test('is refused by the code of the gateway', () => {
    expect(
      failedCall(errorOf('epgu.refused', { epguCode: 'access_denied_service' }), reserving),
    ).toEqual({ kind: 'refused', code: 'epgu.access_denied_service' })
  })

  test('that is no failure of theirs is thrown on', () => {
    expect(() => failedCall(new TypeError('x'), reserving)).toThrow(TypeError)
  })
})
