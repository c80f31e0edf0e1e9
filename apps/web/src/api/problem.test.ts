import { describe, expect, it } from 'vitest'
import { commonRu } from '../i18n/common/ru.ts'
import { createTranslator } from '../i18n/translate.ts'
import { faultCode, faultText } from './fault-text.ts'
import { asProblem, lostConnection, readProblem } from './problem.ts'

const t = createTranslator('ru', commonRu)

describe('readProblem', () => {
  it('reads a problem document of the server', () => {
    const problem = readProblem(422, {
      code: 'envelope.refused',
      detail: 'Refused.',
      advice: 'Correct it.',
      fields: [{ field: 'title', code: 'title.missing', advice: 'Give one.' }],
      requestId: '8f1c',
    })

    expect(problem).toMatchObject({ code: 'envelope.refused', status: 422, requestId: '8f1c' })
    expect(problem.fields).toEqual([{ field: 'title', code: 'title.missing', advice: 'Give one.' }])
  })

  it.each([undefined, null, 'gateway', 7, { fields: 'x' }])(
    'gives a code for a body that is no problem: %j',
    (body) => {
      expect(readProblem(502, body)).toMatchObject({ code: 'http.502', status: 502, fields: [] })
    },
  )

  it('takes any thrown value', () => {
    expect(asProblem('x').code).toBe('page.failed')
    expect(asProblem(lostConnection(undefined)).code).toBe('network.lost')
  })
})

describe('words of a fault', () => {
  it('says what to do next, by code and status', () => {
    expect(faultText(t, lostConnection(undefined))).toBe(commonRu['fault.network.lost'])
    expect(faultText(t, readProblem(404, {}))).toBe(commonRu['fault.not-found'])
    expect(faultText(t, readProblem(500, {}))).toBe(commonRu['fault.server'])
    expect(faultText(t, readProblem(401, {}))).toBe(commonRu['fault.session'])
    expect(faultText(t, readProblem(409, { code: 'envelope.state' }))).toBe(commonRu['fault.moved'])
    expect(faultText(t, readProblem(409, { advice: 'Read it again.' }))).toContain('Read it again.')
  })

  it('ends with the code and the request id', () => {
    expect(faultCode(t, readProblem(500, { code: 'server.failed', requestId: '8f1c' }))).toBe(
      'server.failed · запрос 8f1c',
    )
  })
})
