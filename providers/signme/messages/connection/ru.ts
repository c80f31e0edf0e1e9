/** Names, hints and choices of a connection’s settings; `fault.CODE` says what is wrong with one. */
export const ru = {
  'connection.baseUrl': 'Адрес Sign.Me',
  'connection.key': 'Ключ доступа',
  'connection.trustsContact': 'Верить Sign.Me, кто владеет телефоном или почтой',
  'connection.precheck': 'Сначала спросить, зарегистрирован ли получатель',
  'connection.requiresSms': 'Требовать ещё и код из СМС',
  'connection.withoutEmail': 'Sign.Me не пишет подписанту',
  'connection.returnBy': 'Как узнаём о подписании',
  'connection.notifies': 'Уведомлять и по общему адресу',
  'connection.wire': 'Вид запросов',
  'connection.keyField': 'Имя поля ключа',
  'connection.sendsKeyWithCheck': 'Посылать ключ и при проверке файла',
  'connection.ca': 'Свои корневые сертификаты, PEM',
  'connection.proxy': 'Прокси',
  'connection.maxFiles': 'Файлов в запросе, не больше',
  'connection.maxBytes': 'Байт во всех файлах, не больше',
  'connection.concurrency': 'Вопросов одновременно',
  'connection.baseUrl.hint':
    'Рабочий: https://sign.me. Пробный: https://sandbox.sign.me, у него свой ключ.',
  'connection.key.hint':
    'Его выдаёт Sign.Me при регистрации сайта. Хранится зашифрованным, никому не показывается.',
  'connection.trustsContact.hint':
    'Иначе получателю нужен СНИЛС или ИНН: их мы сверяем с сертификатом сами.',
  'connection.precheck.hint': 'Тогда документ не уходит тому, кого Sign.Me не знает.',
  'connection.withoutEmail.hint': 'Ссылку на подписание дадите вы сами.',
  'connection.returnBy.hint':
    'Одно из двух для каждого запроса. Страница в рамке возможна только с вызовом.',
  'connection.notifies.hint': 'Адрес уведомлений один на ключ, его заносят сотрудники Sign.Me.',
  'connection.sendsKeyWithCheck.hint': 'В описании Sign.Me его там нет.',
  'connection.ca.hint': 'В дополнение к системным, если соединение идёт через свой узел.',
  'connection.proxy.hint': 'http://узел:порт',
  'connection.returnBy.push': 'Sign.Me вызывает наш адрес',
  'connection.returnBy.browser': 'Sign.Me возвращает браузер подписанта',
  'connection.wire.form': 'форма, как в описании',
  'connection.wire.json': 'JSON, как в новом API',
  'connection.keyField.key': 'key',
  'connection.keyField.api_key': 'api_key',
  'connection.notice': 'Адрес уведомлений',
  'connection.notice.hint':
    'Сообщите его сотрудникам Sign.Me один раз; он должен быть доступен снаружи. Без него всё работает: о каждом запросе узнаём и так.',
  'fault.connection.not-object': 'Дайте настройки объектом.',
  'fault.connection.unknown-setting': 'Такой настройки нет. Проверьте, как она написана.',
  'fault.connection.missing': 'Заполните это поле.',
  'fault.connection.address': 'Нужны схема и узел, без запроса и имени пользователя.',
  'fault.connection.key': 'Скопируйте ключ целиком, без пробелов.',
  'fault.connection.choice': 'Выберите значение из списка.',
  'fault.connection.yes-or-no': 'Отметьте или снимите отметку.',
  'fault.connection.authorities': 'Вставьте сертификаты в PEM, со строками BEGIN CERTIFICATE.',
  'fault.connection.proxy': 'Адрес вида http://узел:порт.',
  'fault.connection.number': 'Целое число в разрешённых пределах.',
} as const

export type SignmeConnectionKey = keyof typeof ru
