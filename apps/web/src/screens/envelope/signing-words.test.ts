import { describe, expect, it } from 'vitest'
import type { RequestView, Signing } from '../../api/types.ts'
import { createFormats } from '../../format/formats.ts'
import { appRu } from '../../i18n/app/ru.ts'
import { commonRu } from '../../i18n/common/ru.ts'
import { reportRu } from '../../i18n/report/ru.ts'
import { createTranslator } from '../../i18n/translate.ts'
import { signingWords } from './signing-words.ts'

const texts: Readonly<Record<string, string>> = {
  'signme signing.unknown': '**Уточняем, дошёл ли запрос до Sign.Me.**',
  'signme reason.signme.unreadable-answer': 'Запрос мог дойти.',
  'signme attention.signme.unreadable-answer': 'Ответ с подписью не читается.',
  'signme attention.signme.signed-earlier': 'Под файлом стоит более ранняя подпись.',
}
const speech = {
  t: createTranslator('ru', { ...commonRu, ...appRu, ...reportRu }),
  format: createFormats({ locale: 'ru', timeZone: 'Europe/Moscow' }),
  self: undefined,
  text: (provider: string, key: string) => texts[`${provider} ${key}`] ?? '',
}
const words = (request: Partial<RequestView>) =>
  signingWords(speech, {
    id: 'sgn_1',
    state: 'sent',
    since: '2026-11-30T10:00:00Z',
    orderGroup: 1,
    round: 1,
    recipient: { id: 'rcp_1', name: 'Тестов', locale: 'ru', identifiersMasked: {} },
    methods: [{ provider: 'signme', method: 'PERSON' }],
    requests: [
      { id: 'r', provider: 'signme', method: 'PERSON', state: 'open', round: 1, ...request },
    ],
    artifacts: [],
  } satisfies Signing)

describe('what a service left open', () => {
  it('is told as a lost answer only where an answer was lost', () => {
    expect(words({ state: 'unknown' })).toBe('**Уточняем, дошёл ли запрос до Sign.Me.**')
    expect(words({ attention: { kind: 'provider', code: 'signme.signed-earlier' } })).toBe(
      'Под файлом стоит более ранняя подпись.',
    )
    expect(words({ attention: { kind: 'provider', code: 'signme.unreadable-answer' } })).toBe(
      'Ответ с подписью не читается.',
    )
    expect(words({ attention: { kind: 'provider', code: 'overdue' } })).toContain(
      'Служба не отвечает как должна',
    )
  })
})
