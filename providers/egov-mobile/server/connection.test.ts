import { describe, expect, test } from 'vitest'
import { defaultConnection, parseConnection } from './connection.ts'

describe('settings of a connection', () => {
  test('have a default each', () => {
    expect(parseConnection({})).toEqual({ ok: true, connection: defaultConnection })
    expect(parseConnection(null)).toEqual({ ok: true, connection: defaultConnection })
    expect(defaultConnection).toMatchObject({ auth: 'Token', linkLifeSeconds: 300 })
  })

  test('take what they know', () => {
    const settings = {
      auth: 'None',
      linkLifeSeconds: 1800,
      launcher: { template: 'http://127.0.0.1:8100/phone?link={link}' },
      encoder: 'component',
      pdfMime: '@file/pdf',
      otherTypes: 'send',
      whenIndeterminate: 'accept-and-recheck',
      success: 'text',
      leadBack: true,
      cancelStatus: 400,
    }

    expect(parseConnection(settings)).toEqual({ ok: true, connection: settings })
  })

  test.each([
    ['auth', 'Eds', 'choice'],
    ['auth', 'Bearer', 'choice'],
    ['auth', 'token', 'choice'],
    ['linkLifeSeconds', 0, 'seconds'],
    ['linkLifeSeconds', 29, 'seconds'],
    ['linkLifeSeconds', 86_401, 'seconds'],
    ['linkLifeSeconds', 60.5, 'seconds'],
    ['linkLifeSeconds', '300', 'seconds'],
    ['launcher', 'page.link', 'launcher'],
    ['launcher', { template: 'https://m.egov.kz/' }, 'launcher'],
    ['launcher', { template: 'http://m.egov.kz/?link={link}' }, 'launcher'],
    ['launcher', { template: 'https://m.egov.kz/?link={link}', more: 1 }, 'launcher'],
    ['launcher', null, 'launcher'],
    ['encoder', 'none', 'choice'],
    ['pdfMime', 'pdf', 'choice'],
    ['leadBack', 'yes', 'choice'],
    ['cancelStatus', 204, 'choice'],
    ['linkLife', 300, 'unknown-setting'],
  ])('refuse %s = %j by its field, with the code of the fault', (field, value, fault) => {
    expect(parseConnection({ [field]: value })).toMatchObject({
      ok: false,
      refusals: [{ code: `connection.${fault}`, field }],
    })
  })

  test('tell all faults at once', () => {
    const parsed = parseConnection({ auth: 'x', encoder: 'y', nonsense: 1 })

    expect(parsed).toMatchObject({ ok: false })
    if (parsed.ok) throw new Error('a refusal')
    expect(parsed.refusals.map(({ field }) => field).sort()).toEqual([
      'auth',
      'encoder',
      'nonsense',
    ])
  })

  test.each(['x', 1, true, []])('refuse %j, which is no object', (settings) => {
    expect(parseConnection(settings)).toMatchObject({
      ok: false,
      refusals: [{ code: 'connection.not-object', field: 'settings' }],
    })
  })
})
