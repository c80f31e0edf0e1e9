/**
 * What the lists, the envelope and its journal say about Goskey to the clerk, in place of the common
 * words; `{name}` and `{time}` are filled in by the page.
 */
export const ru = {
  'signing.sealing':
    '**Пакет ждёт подписи отправителя.** Ключ на сервере подпишет сам; ключ сотрудника ждёт подтверждения.',
  'signing.dispatching':
    '**Пакет в очереди на Госуслуги.** Отправим сами, как только позволит их квота.',
  'signing.leaves':
    '**Пакет в очереди на Госуслуги.** Уйдёт около {time}: раньше не пускает квота.',
  'signing.sent':
    '**Принято Госуслугами.** Документы в приложении Госключ или на пути туда; ждём подписи до {time}.',
  'signing.expired':
    '**Срок подписания истёк.** Госключ хранит запрос 24 часа. Отправьте документы снова.',
  'row.sealing': '{name}: пакет ждёт очереди или подписи отправителя',
  'row.dispatching': '{name}: в очереди на Госуслуги',
  'row.sent': '{name}: ждёт подписи в приложении Госключ',
  'row.expired': '{name}: за сутки не подписано. Отправьте снова.',
  'event.signing.sealing': 'Пакет ждёт подписи отправителя: {name}',
  'event.signing.dispatching': 'В очереди на Госуслуги: {name}',
  'event.signing.sent': 'Принято Госуслугами, ждёт в приложении Госключ: {name}',
  'event.request.claimed': 'Обращаемся к Госуслугам',
  'event.request.reserved': 'Госуслуги выдали номер заявления',
  'event.request.opened': 'Пакет загружен на Госуслуги',
  'window.until': 'Госключ хранит запрос до **{time}**. Потом его можно отправить снова.',
  'void.note':
    'Из Госключа запрос не отзывается: документы останутся в приложении до {time}. Подпись, если придёт, сохранится и ничего не завершит.',
  'quota.wait':
    'уйдёт около {time}: Госуслуги принимают 20 заявлений за 10 минут с каждого API-Key.',
} as const

export type GoskeyClerkKey = keyof typeof ru
