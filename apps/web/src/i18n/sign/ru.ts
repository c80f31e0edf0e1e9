/** Texts of the signer page. Names stand in the nominative after a colon; no gender is guessed. */
export const signRu = {
  'sign.tab': 'Подписание документов',
  'sign.asks': {
    one: 'Просит вас подписать {count} документ',
    few: 'Просит вас подписать {count} документа',
    many: 'Просит вас подписать {count} документов',
    other: 'Просит вас подписать {count} документа',
  },
  'sign.bin': 'БИН {bin}',
  'sign.signer': 'Подписант: **{name}**',
  'sign.until': 'подписать до {time}',
  'sign.envelope': 'Конверт: «{title}»',
  'sign.read': 'Читать',
  'sign.read.label': 'Читать: {name}',
  'sign.exact':
    'Подписываются именно эти файлы: если потом изменится хоть один знак, проверка это покажет.',
  'sign.hashes': 'Контрольные суммы файлов',
  'sign.decline': 'Отказаться…',
  'sign.notMe': 'Это не я',
  'sign.verify': 'Проверить подпись',

  'sign.waiting': 'Пока не ваша очередь',
  'sign.waiting.more': 'Раньше подписывают другие. Дойдёт очередь, и страница обновится сама.',
  'sign.preparing': 'Готовим подписание',
  'sign.preparing.more': 'Обычно несколько секунд.',
  'sign.renewing': 'Готовим новый код',
  'sign.checking': 'Проверяем подпись',
  'sign.checking.more': 'Обычно несколько секунд. Результат появится здесь.',
  'sign.held': 'Подпись сходится, ждём данных',
  'sign.held.more':
    'Удостоверяющий центр пока не ответил. Проверим ещё раз сами; от вас ничего не нужно.',
  'sign.signed': 'Подписано',
  'sign.signed.more': 'Проверено {time}',
  'sign.signed.by': 'По сертификату: **{name}**',
  'sign.signed.accepted': 'Подпись принята отправителем',
  'sign.signed.next': 'Больше ничего не нужно. Страницу можно закрыть.',
  'sign.copies': 'Ваш экземпляр',
  'sign.copy.document': 'Документ',
  'sign.copy.signature': 'Подпись',
  'sign.copy.document.label': 'Скачать документ: {name}',
  'sign.copy.signature.label': 'Скачать подпись: {name}',
  'sign.declined': 'Отказ записан',
  'sign.declined.more':
    'Отправитель видит отказ и причину. Подписать по этой ссылке больше нельзя.',
  'sign.expired': 'Срок подписания истёк',
  'sign.expired.more': 'Чтобы подписать, попросите новый конверт у отправителя: {organisation}.',
  'sign.voided': 'Подписание остановлено',
  'sign.voided.more':
    'Отправитель отозвал документы, или кто-то из подписантов отказался. Подписывать ничего не нужно.',
  'sign.failed': 'Подписание не состоялось',
  'sign.failed.more': 'Причина не в вас. Попросите новый конверт у отправителя: {organisation}.',
  'sign.codeOver': 'Код истёк',
  'sign.codeOver.more': 'Новый код делается за секунду.',
  'sign.newCode': 'Получить новый код',

  'sign.attention.content':
    '**Подписаны другие документы.** Отсканируйте код ещё раз и подпишите документы с этой страницы.',
  'sign.attention.person':
    '**Это подпись другого человека.** Подпишите ключом, в котором ваш номер: {id}.',
  'sign.attention.verifier':
    '**Подпись не прошла проверку.** Проверьте, действует ли ваш сертификат, и подпишите ещё раз.',
  'sign.attention.format': '**Подпись пришла повреждённой.** Подпишите ещё раз.',

  'sign.decline.title': 'Отказаться от подписания',
  'sign.decline.text':
    'Конверт остановится для всех. Отказ и причину увидит отправитель: {organisation}.',
  'sign.decline.reason': 'Причина',
  'sign.decline.optional': 'необязательно',
  'sign.decline.confirm': 'Отказаться от подписания',
  'sign.notMe.title': 'Ссылка пришла не вам?',
  'sign.notMe.text':
    'Она выдана для: **{name}**. Если это не вы, не подписывайте. Закройте страницу или сообщите отправителю: тогда подписание остановится для всех.',
  'sign.notMe.confirm': 'Сообщить и остановить',
  'sign.notMe.reason': 'Ссылка пришла не тому человеку',

  'sign.dead': 'Ссылка не действует',
  'sign.dead.more': 'Проверьте, что она скопирована целиком, или попросите у отправителя новую.',
  'sign.say.viewed': 'Документы открыты в приложении',
} as const

export type SignCatalogue = typeof signRu
export type SignKey = keyof SignCatalogue
