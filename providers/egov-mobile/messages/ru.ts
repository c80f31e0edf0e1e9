/** What the server says about eGov Mobile: to the clerk who sends, the signer, the operator. */
export const ru = {
  'refusal.malformed-body': 'Ответ приложения не прочитан. Отсканируйте код ещё раз.',
  'refusal.unauthenticated': 'Нет доступа к документам. Отсканируйте код ещё раз.',
  'refusal.signature-invalid': 'Подпись не прошла проверку. Подпишите ещё раз.',
  'refusal.signature-unreadable': 'Подпись не прочитана. Подпишите ещё раз.',
  'refusal.signature-missing': 'Документ вернулся без подписи. Подпишите ещё раз.',
  'refusal.other-content': 'Подписан не тот документ. Отсканируйте код и подпишите показанный.',
  'refusal.other-person':
    'Подпись другого человека. Подписать должен тот, кому отправлен документ.',
  'refusal.certificate-expired': 'Срок сертификата истёк. Выберите действующий ключ.',
  'refusal.certificate-revoked': 'Сертификат отозван. Выберите действующий ключ.',
  'refusal.certificate-untrusted': 'Сертификат выдан неизвестным центром. Выберите ключ НУЦ РК.',
  'refusal.certificate-purpose': 'Этот ключ не для подписи документов. Выберите ключ подписи.',
  'refusal.timestamp-missing': 'В подписи нет верной метки времени. Подпишите ещё раз.',
  'refusal.check-unavailable': 'Подпись пока нельзя проверить. Повторите через несколько минут.',
  'refusal.documents-changed': 'Вернулись не те документы. Отсканируйте код ещё раз.',
  'refusal.sign-method-changed': 'Способ подписания изменён. Отсканируйте код ещё раз.',
  'refusal.unknown-session': 'Запрос не найден. Попросите отправителя о новом коде.',
  'refusal.method-not-allowed': 'Такой запрос не принимается. Обновите eGov Mobile и повторите.',
  'refusal.already-signed': 'Документы уже подписаны. Ничего делать не нужно.',
  'refusal.expired': 'Срок кода истёк. Отсканируйте новый код.',
  'refusal.canceled': 'Подписание отменено. Попросите отправителя о новом коде.',
  'refusal.replaced': 'Этот код больше не действует. Дальше смотрите на странице подписания.',
  'refusal.withdrawn': 'Документы отозваны. Спросите отправителя.',
  'refusal.too-large': 'Ответ приложения слишком велик. Сообщите отправителю.',
  'refusal.unavailable': 'Сервис временно недоступен. Повторите через минуту.',

  'plan.method.not-supported':
    'Такого способа в eGov Mobile у нас нет. Выберите CMS_WITH_DATA или CMS_SIGN_ONLY.',
  'plan.sender.name':
    'У организации нет названия. Задайте его: приложение показывает, кто просит подпись.',
  'plan.sender.bin':
    'У организации нет БИН. Задайте 12 цифр: приложение показывает, кто просит подпись.',
  'plan.recipient.identifier':
    'Не указан ИИН или БИН получателя. Без номера нельзя узнать, чья подпись пришла.',
  'plan.document.none': 'Документов нет. Добавьте хотя бы один.',
  'plan.document.too-many': 'Слишком много документов. Отправьте не больше 100 сразу.',
  'plan.document.too-large':
    'Документы слишком велики для телефона. Вместе они должны занимать не больше 100 МиБ.',
  'plan.document.empty': 'Файл пуст. Добавьте его снова.',
  'plan.document.type':
    'eGov Mobile показывает только PDF и простой текст. Сохраните документ как PDF.',
  'plan.deadline.past': 'Срок уже прошёл. Задайте время в будущем.',

  'connection.auth': 'Доступ к документам',
  'connection.auth.hint': 'Token: приложение предъявляет токен. None: достаточно самого адреса.',
  'connection.linkLifeSeconds': 'Срок кода, секунд',
  'connection.linkLifeSeconds.hint': 'От 30 до 86400. Потом код заменяется новым.',
  'connection.launcher': 'Ссылка для телефона',
  'connection.launcher.hint':
    'm.egov.kz действует сейчас; page.link отключён в 2025 году и нужен только для старых сборок.',
  'connection.encoder': 'Кодирование адреса в ссылке',
  'connection.encoder.hint': 'seed: как в документации eGov Mobile.',
  'connection.pdfMime': 'Обозначение PDF',
  'connection.pdfMime.hint': '@file/pdf понимают старые версии приложения.',
  'connection.otherTypes': 'Документы, которые приложение не показывает',
  'connection.otherTypes.hint': 'Отправленное так подписывают, не видя.',
  'connection.whenIndeterminate': 'Когда данных для проверки не хватает',
  'connection.whenIndeterminate.hint':
    'Ответить отказом или принять и проверить позже. Завершает подписание только проверка.',
  'connection.success': 'Ответ об успехе',
  'connection.success.hint': 'JSON или одно слово success.',
  'connection.leadBack': 'Вернуть на страницу подписания',
  'connection.leadBack.hint': 'Приложение предложит вернуться по адресу backUrl.',
  'connection.cancelStatus': 'Код ответа на отмену',
  'connection.cancelStatus.hint': 'Документация его не называет; обычно 200.',
  'fault.connection.not-object': 'Настройки не объект. Передайте их объектом JSON.',
  'fault.connection.unknown-setting': 'Такой настройки нет. Проверьте её имя.',
  'fault.connection.choice': 'Выберите значение из списка.',
  'fault.connection.seconds': 'Укажите целое число секунд от 30 до 86400.',
  'fault.connection.launcher':
    'Выберите ссылку из списка или задайте шаблон https с одним местом для адреса.',
  'connection.launcher.m-egov-kz': 'm.egov.kz, действует сейчас',
  'connection.launcher.seed-page-link': 'page.link, для старых сборок',
  'connection.otherTypes.refuse': 'не отправлять',
  'connection.otherTypes.send': 'отправлять как есть',
  'connection.whenIndeterminate.refuse': 'ответить отказом',
  'connection.whenIndeterminate.accept-and-recheck': 'принять и проверить позже',

  'doctor.url.passed': 'Публичный адрес годится для eGov Mobile.',
  'doctor.url.loopback':
    'Адрес виден только на этом компьютере. Для телефона задайте MUHR_PUBLIC_URL с https; имитатору хватит и этого.',
  'doctor.url.scheme': 'eGov Mobile открывает только https. Задайте MUHR_PUBLIC_URL с https.',
  'doctor.url.invalid':
    'Публичный адрес не годится для QR-кода. Задайте MUHR_PUBLIC_URL как https://имя без пробелов, # и имени пользователя.',
  'doctor.path.passed': 'Адреса для eGov Mobile отвечают как надо.',
  'doctor.path.unreachable':
    'Публичный адрес не отвечает. Проверьте имя в DNS, брандмауэр и обратный прокси.',
  'doctor.path.tls':
    'Сертификат TLS не принят. Поставьте действующий, с полной цепочкой и этим именем.',
  'doctor.path.redirect':
    'Прокси перенаправляет вызовы. Пропускайте /cb/ и /s/ без перенаправления.',
  'doctor.path.other':
    'По этому адресу отвечает не Muhr. Направьте /cb/ и /s/ в обратном прокси сюда.',
  'doctor.allow-list':
    'Приложение открывает только адреса из своего списка; отсюда его не проверить. Спросите оператора eGov Mobile, внесён ли ваш.',
} as const

export type EgovMobileMessageKey = keyof typeof ru
