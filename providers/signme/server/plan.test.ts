import { describe, expect, it } from 'vitest'
import { parseConnection } from './connection.ts'
import { plan } from './plan.ts'

function refusalsOf(identifiers: object): readonly string[] {
  const parsed = parseConnection({ key: 'TESTKEY' })
  if (!parsed.ok) throw new Error('the settings are refused')
  const planned = plan({
    connection: parsed.connection,
    method: 'PERSON',
    recipient: { identifiers, contact: { phone: '+79990000001' } },
    documents: [],
  } as never)

  return planned.kind === 'refused' ? planned.refusals.map(({ field }) => field) : []
}

describe('a recipient at Sign.Me', () => {
  it('with a number that no certificate of Russia carries is refused: it could never be completed', () => {
    expect(refusalsOf({ snils: '000-000-001 01', iin: '000140000012' })).toEqual([
      'recipient.identifiers.iin',
    ])
    expect(refusalsOf({ pinfl: '12345678901234' })).toEqual(['recipient.identifiers.pinfl'])
    expect(refusalsOf({ esiaOid: '1000' })).toEqual(['recipient.identifiers.esiaOid'])
  })

  it('may have the address of another service beside a number that proves them', () => {
    expect(refusalsOf({ snils: '000-000-001 01', esiaOid: '1000' })).toEqual([])
    expect(refusalsOf({})).toEqual([])
  })
})
