/** Texts that both pages need: states, verdicts, sandbox strip, national numbers, faults. */
export const commonRu = {
  'app.skip': 'К содержанию',
  'app.languages': 'Язык',
  'strip.name': 'Песочница',
  'strip.text': 'Тестовые ключи и имитаторы служб. Подписи не имеют юридической силы.',
  'strip.report': 'Проверено по тестовым корням доверия. Для суда такой протокол не годится.',
  'strip.phone': 'Открыть имитатор:',

  'state.draft': 'Черновик',
  'state.waiting': 'Ждёт очереди',
  'state.sealing': 'Нужна подпись отправителя',
  'state.unsealed': 'Нужна подпись отправителя',
  'state.dispatching': 'Отправляем',
  'state.sent': 'Отправлено',
  'state.viewed': 'Открыто',
  'state.received': 'Проверяем подпись',
  'state.held': 'Подпись сходится, не хватает данных',
  'state.signed': 'Подписано',
  'state.completed': 'Завершён',
  'state.declined': 'Отказ',
  'state.expired': 'Срок истёк',
  'state.voided': 'Отозвано',
  'state.unknown': 'Уточняем',
  'state.mismatch': 'Не та подпись',
  'state.failed': 'Сбой',
  'state.passed': 'Подпись действительна',
  'state.indeterminate': 'Не хватает данных',
  'state.refuted': 'Подпись недействительна',

  'id.snils': 'СНИЛС',
  'id.inn': 'ИНН',
  'id.ogrn': 'ОГРН',
  'id.esiaOid': 'OID ЕСИА',
  'id.rafp': 'НЗА (РАФП)',
  'id.iin': 'ИИН',
  'id.bin': 'БИН',
  'id.pinfl': 'ПИНФЛ',
  'id.uzInn': 'ИНН (СТИР)',
  'id.phone': 'Телефон',
  'id.email': 'Эл. почта',
  'id.masked': 'последние цифры {digits}',

  'hash.copy': 'Скопировать хеш',
  'action.copy': 'Скопировать',
  'action.retry': 'Повторить',
  'action.cancel': 'Отмена',
  'action.close': 'Закрыть',
  'action.refresh': 'Обновить',
  'toast.copied': 'Скопировано',
  'toast.copyFailed': 'Не удалось скопировать: браузер не разрешил',

  'qr.renew': 'Новый код',
  'qr.expired': 'Код истёк',
  'qr.expiredAt': 'Код истёк в {time}',
  'qr.left': 'Код обновится сам через **{time}**',
  'qr.left.60': 'Код обновится сам через минуту',
  'qr.left.10': 'Код обновится сам через 10 секунд',

  'live.lost': '**Нет связи, данные на {time}.** Восстановим сами.',

  'fault.network.lost': '**Сервер не отвечает.** Проверьте сеть и повторите.',
  'fault.page.failed':
    '**Страница не открылась.** Обновите её; если повторится, передайте код ниже администратору.',
  'fault.not-found': '**Здесь ничего нет.** Проверьте адрес или вернитесь к списку.',
  'fault.forbidden': '**Нет права на это действие.** Попросите владельца организации.',
  'fault.too-many': '**Слишком много запросов.** Подождите минуту и повторите.',
  'fault.server':
    '**На сервере сбой.** Данные целы. Повторите; если повторится, передайте код ниже администратору.',
  'fault.session': '**Сеанс закончился.** Войдите по новой ссылке: введённое сохранено.',
  'fault.moved': '**Состояние уже изменилось.** Обновите страницу и посмотрите снова.',
  'fault.fields': '**Не принято.** Что мешает, названо у полей.',
  'fault.notSignature':
    '**Это не подпись.** Нужен файл .sig, .p7s, .p7m, .cms, подписанный .xml или архив доказательств .zip.',
  'fault.unsupportedFormat':
    '**Подписи внутри PDF здесь ещё не проверяются.** Попросите подпись отдельным файлом .sig или .p7s.',
  'fault.tooCostly':
    '**Файл требует больше работы, чем настоящая подпись.** Попросите отправителя прислать подпись ещё раз.',
  'fault.tooLarge':
    '**Слишком большой файл.** Уменьшите его или попросите администратора поднять предел.',
  'fault.other': '**Не получилось.** {advice}',
  'fault.request': 'запрос {id}',
} as const

export type CommonCatalogue = typeof commonRu
export type CommonKey = keyof CommonCatalogue
