import { describe, expect, it } from 'vitest'
import type { JournalEvent } from '../../api/types.ts'
import { appRu } from '../../i18n/app/ru.ts'
import { commonRu } from '../../i18n/common/ru.ts'
import { reportRu } from '../../i18n/report/ru.ts'
import { createTranslator } from '../../i18n/translate.ts'
import { type JournalWorld, journalWords } from './journal-words.ts'

const t = createTranslator('ru', { ...commonRu, ...appRu, ...reportRu })
const world: JournalWorld = {
  signings: new Map([['s1', { name: 'Тестов Тест Тестович', provider: 'egov-mobile' }]]),
  files: new Map([['art_5', 'Приложение 5.pdf']]),
  self: { id: 'u-self', name: 'Пробный Пётр' },
  text: (provider, key) =>
    new Map([
      ['egov-mobile observed.opened', 'eGov Mobile запросил описание'],
      ['goskey event.signing.sent', 'Принято Госуслугами: {name}'],
      ['goskey reason.goskey.rejected', 'Получатель отказался подписывать.'],
    ]).get(`${provider} ${key}`) ?? '',
}
const event = (type: string, over: Partial<JournalEvent> = {}): JournalEvent => ({
  seq: 1,
  at: '2026-11-22T11:00:00Z',
  type,
  actor: { kind: 'system' },
  hash: 'b8f1',
  ...over,
})
const text = (value: JournalEvent) => journalWords(t, value, world).text.replace(/\u00a0/g, ' ')

describe('journalWords', () => {
  it('speaks of the object, the name in the nominative after a colon', () => {
    expect(text(event('signing.viewed', { signingId: 's1' }))).toBe(
      'Документы открыты в eGov Mobile: Тестов Т. Т.',
    )
  })

  it('takes the words of a service in place of its own, and for its codes', () => {
    const goskey = { signingId: 's1', data: { provider: 'goskey' } }

    expect(text(event('signing.sent', goskey))).toBe('Принято Госуслугами: Тестов Т. Т.')
    expect(
      text(
        event('signing.declined', {
          ...goskey,
          data: { provider: 'goskey', reason: 'goskey.rejected' },
        }),
      ),
    ).toContain('Получатель отказался подписывать.')
    expect(
      text(event('request.closed', { data: { provider: 'goskey', outcome: 'declined' } })),
    ).toBe('Запрос закрыт, Госключ (отказ)')
  })

  it('names the document that a signature is of', () => {
    expect(text(event('artifact.accepted', { signingId: 's1', artifactId: 'art_5' }))).toBe(
      'Контейнер подтверждён: Тестов Т. Т., Приложение 5.pdf',
    )
    expect(text(event('artifact.accepted', { signingId: 's1', artifactId: 'art_6' }))).toBe(
      'Контейнер подтверждён: Тестов Т. Т.',
    )
  })

  it('tells a key that did not sign from a signature that was refused', () => {
    const attention = (kind: string) =>
      text(event('request.attention', { signingId: 's1', data: { kind, code: 'x.y' } }))

    expect(attention('person')).toContain('Подпись не принята')
    expect(attention('seal')).toBe('Ключ отправителя не подписал: Тестов Т. Т. x.y')
    expect(attention('provider')).toContain('Служба не отвечает как должна')
  })

  it('names who acted', () => {
    expect(
      text(event('envelope.sent', { actor: { kind: 'user', id: 'u', name: 'Тестов Тест' } })),
    ).toBe('Конверт отправлен: Тестов Т.')
    expect(text(event('envelope.sent', { actor: { kind: 'api-key', id: 'k' } }))).toBe(
      'Конверт отправлен: ключ API',
    )
  })

  it('knows the reader by id, since the journal holds no names', () => {
    expect(text(event('envelope.sent', { actor: { kind: 'user', id: 'u-self' } }))).toBe(
      'Конверт отправлен: Пробный П.',
    )
    expect(text(event('envelope.sent', { actor: { kind: 'user', id: 'u-other' } }))).toBe(
      'Конверт отправлен: сотрудник',
    )
  })

  it('tells what a service did in the words of the service, else by its code', () => {
    const observed = (observation: string) =>
      text(event('request.observed', { signingId: 's1', data: { observation } }))

    expect(observed('opened')).toBe('eGov Mobile запросил описание')
    expect(observed('unheard-of')).toBe('eGov Mobile сообщает: unheard-of')
  })

  it('leaves no marks of what is not known', () => {
    expect(text(event('signing.declined'))).toBe('Отказ')
    expect(text(event('envelope.voided'))).toBe('Конверт отозван: Muhr')
    expect(text(event('request.planned'))).not.toMatch(/[,:]$/)
  })

  it('bears a seal only where something was proved', () => {
    expect(journalWords(t, event('signing.signed'), world).mark).toBe('seal')
    expect(journalWords(t, event('request.observed'), world).mark).not.toBe('seal')
    expect(journalWords(t, event('artifact.received'), world).mark).not.toBe('seal')
  })

  it('shows a type that it does not know by its code', () => {
    expect(text(event('seal.made-later'))).toBe('seal.made-later')
  })
})
