import { describe, expect, it } from 'vitest'
import type { EnvelopeSummary, SigningSummary } from '../../api/types.ts'
import { appRu } from '../../i18n/app/ru.ts'
import { commonRu } from '../../i18n/common/ru.ts'
import { reportRu } from '../../i18n/report/ru.ts'
import { createTranslator } from '../../i18n/translate.ts'
import { changedRows, dueOf, floatAttention, holdOrder } from './list-order.ts'
import { readListSearch } from './list-search.ts'
import { rowWords as rowWordsOf } from './row-words.ts'

const signing = (over: Partial<SigningSummary> = {}): SigningSummary => ({
  id: 's1',
  state: 'sent',
  name: 'Үлгіұлы Сынақ',
  provider: 'egov-mobile',
  ...over,
})
const envelope = (id: string, over: Partial<EnvelopeSummary> = {}): EnvelopeSummary => ({
  id,
  title: id,
  state: 'sent',
  createdAt: '2026-11-22T11:00:00Z',
  documents: 1,
  needsPerson: false,
  signings: [signing()],
  ...over,
})
const t = createTranslator('ru', { ...commonRu, ...appRu, ...reportRu })
const texts: Readonly<Record<string, string>> = {
  'goskey row.sent': '{name}: ждёт подписи в приложении Госключ',
  'signme row.unknown': '{name}: Sign.Me не дал ясного ответа.',
  'goskey reason.goskey.rejected': 'Получатель отказался подписывать в Госключе.',
}
const rowWords = (catalogue: typeof t, summary: EnvelopeSummary) =>
  rowWordsOf(catalogue, summary, (provider, key) => texts[`${provider} ${key}`] ?? '')
const ids = (rows: readonly EnvelopeSummary[]) => rows.map(({ id }) => id).join('')

describe('order of the list', () => {
  const calm = envelope('a')
  const broken = envelope('b', {
    needsPerson: true,
    signings: [signing({ attention: 'mismatch' })],
  })
  const over = envelope('c', { state: 'expired', needsPerson: true })

  it('floats what needs a look, keeping the order of the server otherwise', () => {
    expect(ids(floatAttention([calm, envelope('d'), broken, over]))).toBe('bcad')
  })

  it('leaves where it is what failed long ago: the counter does not count it either', () => {
    const old = envelope('f', { state: 'failed' })

    expect(ids(floatAttention([calm, old, broken]))).toBe('baf')
  })

  it('is due when its deadline comes, or when its service waits no longer, whichever is first', () => {
    const [noon, night] = ['2026-11-22T12:00:00Z', '2026-11-22T23:00:00Z']

    expect(dueOf(envelope('a', { windowEndsAt: noon }))).toBe(noon)
    expect(dueOf(envelope('a', { windowEndsAt: noon, deadline: night }))).toBe(noon)
    expect(dueOf(envelope('a', { windowEndsAt: night, deadline: noon }))).toBe(noon)
    expect(dueOf(envelope('a', { deadline: night }))).toBe(night)
    expect(dueOf(envelope('a', { state: 'completed', deadline: night }))).toBeUndefined()
    expect(dueOf(envelope('a'))).toBeUndefined()
  })

  it('keeps every row in place while somebody points at it, with its new words', () => {
    const fresh = [envelope('new'), envelope('b', { state: 'completed' }), calm]
    const held = holdOrder([calm, broken], fresh)

    expect(ids(held.shown)).toBe('ab')
    expect(held.shown[1]?.state).toBe('completed')
    expect(held.pending).toBe(2)
    expect([...held.changed]).toEqual(['b'])
  })

  it('finds rows that say something else now, not rows that came', () => {
    expect([
      ...changedRows([calm], [envelope('a', { signings: [signing({ state: 'viewed' })] }), over]),
    ]).toEqual(['a'])
    expect([...changedRows([calm], [envelope('a')])]).toEqual([])
  })
})

describe('words of a row', () => {
  it('says who is waited for and what goes on', () => {
    const words = rowWords(
      t,
      envelope('a', { signings: [signing({ state: 'signed' }), signing({ state: 'viewed' })] }),
    )

    expect(words.state).toBe('Ждём 1 из 2')
    expect(words.why).toBe('Үлгіұлы\u00a0С.: документы открыты в eGov Mobile')
    expect(words.action).toBeUndefined()
  })

  it('offers to compare a wrong signature', () => {
    const words = rowWords(t, envelope('a', { signings: [signing({ attention: 'mismatch' })] }))

    expect(words.seal).toBe('mismatch')
    expect(words.action?.text).toBe('Сравнить')
  })

  it('offers nothing where we act ourselves', () => {
    const words = rowWords(t, envelope('a', { signings: [signing({ attention: 'unknown' })] }))

    expect(words.state).toBe('Уточняем исход отправки')
    expect(words.action).toBeUndefined()
  })

  it('offers to decide where a service says that a person can', () => {
    const lost = signing({ provider: 'signme', attention: 'unknown' })
    const words = rowWords(t, envelope('a', { signings: [lost] }))

    expect(words.why).toBe('Үлгіұлы\u00a0С.: Sign.Me не дал ясного ответа.')
    expect(words.action?.text).toBe('Решить')
  })

  it('says "signed" of a completed envelope only, and counts', () => {
    expect(rowWords(t, envelope('a', { state: 'completed' })).why).toBe('1 подпись проверена')
  })

  it('quotes the reason of a refusal', () => {
    const declined = envelope('a', {
      state: 'declined',
      reason: 'Нет пункта',
      signings: [signing({ state: 'declined', name: 'Пробный Пётр' })],
    })

    expect(rowWords(t, declined).why).toBe('Пробный\u00a0П.: «Нет пункта»')
  })

  it('takes the words of a service where it has its own', () => {
    const goskey = (over: Partial<SigningSummary>) =>
      signing({ provider: 'goskey', name: 'Пробный Пётр', ...over })

    expect(rowWords(t, envelope('a', { signings: [goskey({ state: 'sent' })] })).why).toBe(
      'Пробный\u00a0П.: ждёт подписи в приложении Госключ',
    )
    expect(
      rowWords(
        t,
        envelope('a', {
          state: 'declined',
          signings: [goskey({ state: 'declined', reason: 'goskey.rejected' })],
        }),
      ).why,
    ).toBe('Пробный\u00a0П.: Получатель отказался подписывать в Госключе.')
  })
})

describe('filters in the address', () => {
  it('takes what it knows and drops the rest', () => {
    expect(readListSearch({ state: 'attention', q: ' договор ' })).toEqual({
      state: 'attention',
      q: 'договор',
    })
    expect(readListSearch({ state: '<script>', q: 7, cursor: 'x' })).toEqual({})
  })
})
