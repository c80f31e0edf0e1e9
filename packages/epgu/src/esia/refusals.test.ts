import { describe, expect, it } from 'vitest'
import { caughtAs } from '../testing/caught.ts'
import { type Answer, serve } from '../testing/serve.ts'
import { testIo, testNow } from '../testing/test-io.ts'
import { esiaCodes } from './esia-codes.ts'
import { createTokenSource } from './token-source.ts'

async function tokenFrom(answer: Answer) {
  const esia = await serve(() => answer)
  const tokens = createTokenSource({
    esiaUrl: esia.url,
    apiKey: '3f0c2b1e-93a4-4c1d-8a55-0d2f6c7b8e90',
    signing: { kept: () => ({ cms: Uint8Array.of(0x30, 0), signedAt: testNow }) },
    io: testIo(),
  })

  return tokens.get()
}

const refusedWith = (answer: Answer) => caughtAs('esia.refused', tokenFrom(answer))

/** Table 92 of the guide as the spec sorts it, written out again. */
const table = [
  ['ESIA-005002', 'fix-signing'],
  ['ESIA-037218', 'fix-config'],
  ['ESIA-037219', 'ask-admin'],
  ['ESIA-038000', 'ask-admin'],
  ['ESIA-037214', 'ask-admin'],
  ['ESIA-037213', 'renew-key'],
  ['ESIA-037215', 'ask-admin'],
  ['ESIA-037216', 'ask-admin'],
  ['ESIA-037217', 'ask-admin'],
  ['ESIA-005027', 'operator'],
  ['ESIA-020000', 'fix-request'],
] as const

describe('refusals of ESIA (spec §1)', () => {
  it('every code of the table is known, and no other', () => {
    expect(Object.keys(esiaCodes).sort()).toEqual(table.map(([code]) => code).sort())
  })

  it.each(table)(
    '%s: %s, whatever the HTTP status, with advice of its own',
    async (code, action) => {
      for (const status of [400, 403, 404, 500]) {
        const error = await refusedWith({ status, body: { code, message: 'text' } })
        expect(error.data).toEqual({ esiaCode: code, action, httpStatus: status, said: 'text' })
        expect(error.advice).toBe(esiaCodes[code].advice)
      }
    },
  )

  const shapes: readonly (readonly [string, unknown, string | undefined])[] = [
    ['code and message', { code: 'ESIA-037213', message: 'm' }, 'm'],
    ['code and description', { code: 'ESIA-037213', description: 'd' }, 'd'],
    [
      'OAuth',
      { error: 'invalid_request', error_description: 'ESIA-037213: late' },
      'ESIA-037213: late',
    ],
    ['the code as error', { error: 'ESIA-037213', error_description: 'late' }, 'late'],
    ['a page that names it', '<h1>ESIA-037213</h1>', undefined],
  ]
  it.each(shapes)('shape: %s', async (_, body, said) => {
    const { data } = await refusedWith({ status: 403, body })
    expect(data).toMatchObject({ esiaCode: 'ESIA-037213', action: 'renew-key', said })
  })

  it('a code of five digits or an unknown one is told as it is', async () => {
    expect(
      (await refusedWith({ status: 400, body: { code: 'ESIA-03200', description: 'x' } })).data,
    ).toMatchObject({
      esiaCode: 'ESIA-03200',
      action: 'operator',
    })
  })

  it('a bare 404 is what the test contour answers to a key that never was', async () => {
    const { data } = await refusedWith({ status: 404 })
    expect(data).toMatchObject({ esiaCode: undefined, action: 'fix-config', httpStatus: 404 })
  })

  it('a signature that is refused may be too old, or of a certificate that ended', () => {
    expect(esiaCodes['ESIA-005002'].advice).toMatch(/in force.*24 hours/)
  })

  it('an incident that names no code is no word about the API-Key', async () => {
    for (const body of [undefined, '<html>', { message: 'x' }]) {
      const { data } = await caughtAs('esia.unavailable', tokenFrom({ status: 500, body }))
      expect(data.httpStatus).toBe(500)
    }
    const { data } = await caughtAs('esia.unreadable-answer', tokenFrom({ status: 204 }))
    expect(data).toEqual({ reason: 'wrong-shape', httpStatus: 204 })
  })

  it('a refusal under HTTP 200 is a refusal', async () => {
    const { data } = await refusedWith({ status: 200, body: { code: 'ESIA-037214' } })
    expect(data).toMatchObject({ esiaCode: 'ESIA-037214', httpStatus: 200 })
  })

  it('numbers of people in what ESIA writes are left out', async () => {
    const message = 'Employee 000-729-729 38 , key JUe7K2mXq9v4rT8yB1nC5zA6sD3fG0hJ4kL7, blocked'
    const { data } = await refusedWith({ status: 403, body: { code: 'ESIA-037216', message } })
    expect(data.said).toBe('Employee … , key …, blocked')
  })
})
