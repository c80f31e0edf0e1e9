import { describe, expect, it } from 'vitest'
import { loadConfig } from '../config/index.ts'
import { checkSecretKey, judgeSignerKeys, type SignerKeyFacts } from './check-signer-keys.ts'

const now = new Date('2026-06-01T00:00:00Z')
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000)
const good: SignerKeyFacts = {
  name: 'ООО «Пример»',
  kind: 'pkcs12',
  not_before: days(-100),
  not_after: days(100),
  secret_key_id: 'known',
  acknowledged_at: now,
}
const judge = (change: Partial<SignerKeyFacts>, mode: 'live' | 'sandbox' = 'live') =>
  judgeSignerKeys([{ ...good, ...change }], { now, mode, known: (id) => id === 'known' }).map(
    ({ result, message }) => `${result} ${message}`,
  )

describe('signer keys in the eyes of the doctor', () => {
  it('are fine', () => {
    expect(judge({})).toEqual([])
    expect(judge({ not_after: days(31) })).toEqual([])
    expect(judge({ kind: 'csp', acknowledged_at: null })).toEqual([])
    expect(judge({ kind: 'browser-plugin', secret_key_id: null, acknowledged_at: null })).toEqual(
      [],
    )
    expect(judge({ acknowledged_at: null }, 'sandbox')).toEqual([])
  })

  it.each([
    [{ not_after: days(29) }, 'warning The certificate of ООО «Пример» ends on 2026-06-30.'],
    [{ not_after: days(-1) }, 'failed The certificate of ООО «Пример» ended on 2026-05-31.'],
    [{ not_before: days(1) }, 'warning ООО «Пример» is valid from 2026-06-02 on.'],
    [
      { secret_key_id: 'lost' },
      'failed ООО «Пример» is encrypted under a secret key that is not set.',
    ],
    [
      { acknowledged_at: null },
      'warning ООО «Пример» lies in a file, and nobody took note that it signs without a certified tool.',
    ],
  ])('%o: %s', (change, message) => {
    expect(judge(change)).toEqual([message])
  })

  it('are encrypted under a key of their own, or it is told', () => {
    const look = (env: Record<string, string>, mode: 'live' | 'sandbox' = 'live') =>
      checkSecretKey(loadConfig(env, { mode })).map(({ result }) => result)
    expect(look({ MUHR_SECRET_KEY: '11'.repeat(32) })).toEqual(['passed'])
    expect(look({})).toEqual(['warning'])
    expect(look({}, 'sandbox')).toEqual(['notice'])
  })
})
