/** Texts of Goskey on the server's side, in Russian; the other languages have the same keys. */
export const ru = {
  'reason.goskey.rejected': 'Получатель отказался подписывать в Госключе.',
  'reason.goskey.expired': 'Получатель не подписал за сутки. Отправьте документы заново.',
  'reason.goskey.recipient-not-found':
    'Госключ не нашёл получателя по СНИЛС. Проверьте номер и что у получателя есть Госключ.',
  'reason.goskey.sender-signature':
    'Портал не проверил подпись отправителя за 8 часов. Проверьте сертификат и отправьте заново.',
  'reason.goskey.internal': 'Внутренняя ошибка Госключа. Отправьте документы заново.',
  'reason.goskey.portal': 'Портал завершил заявление с ошибкой. Отправьте документы заново.',
  'reason.goskey.cancelled': 'Заявление отменено на портале. Отправьте документы заново.',
  'reason.epgu.LIMITATION_EXCEPTION': 'Портал исчерпал квоту заявлений. Отправьте документы позже.',
  'reason.epgu.INVALID_FILES_STRUCTURE':
    'Портал не принял архив: в нём папки. Сообщите администратору.',
  'reason.epgu.VALIDATION_ERROR':
    'Портал не принял файлы: не прошли проверку. Проверьте имена и типы файлов.',
  'reason.epgu.REQ_NOT_FOUND': 'Портал не нашёл req.xml в архиве. Сообщите администратору.',
  'reason.epgu.MPC_NOT_FOUND': 'Портал не нашёл файл заявления. Сообщите администратору.',
  'reason.epgu.REQ_VERIFY_FAILED':
    'Данные заявления не совпали с заявителем. Проверьте организацию в настройках подключения.',
  'reason.epgu.FILES_VERIFICATION_FAILED':
    'Портал не принял подпись отправителя. Проверьте ключ подписи и его сертификат.',
  'reason.epgu.INTERNAL_ERROR': 'Техническая ошибка портала. Отправьте документы заново.',
  'reason.epgu.CREATE_ORDER_FORBIDDEN':
    'У сотрудника нет полномочия на эту услугу. Выдайте доверенность в кабинете ЕСИА.',

  'attention.goskey.signature-missing':
    'Не для всех документов пришла подпись. Ничего не завершено; запросите подпись заново.',
  'attention.goskey.signature-doubled':
    'Для документа пришли две подписи. Ни одна не принята; обратитесь в поддержку портала.',
  'attention.goskey.unexpected-file':
    'Портал прислал лишний файл. Подпись этого документа не принята; обратитесь в поддержку портала.',
  'attention.goskey.foreign-object':
    'Портал прислал файл другого заявления. Он не загружен; обратитесь в поддержку портала.',
  'attention.goskey.unreadable-link':
    'Ссылка на подпись неизвестного вида. Файл не загружен; обратитесь в поддержку портала.',

  'plan.method-not-allowed': 'Этот способ не включён в подключении. Выберите другой.',
  'plan.profile-not-offered': 'Услуга не описана в выбранном профиле. Выберите профиль 1.9.',
  'plan.recipient-kind':
    'Физическое лицо подписывает без ОГРН. Уберите ОГРН или выберите УКЭП юрлица.',
  'plan.recipient-identifier-missing':
    'Нет СНИЛС получателя. Укажите его: по нему Госключ ищет человека.',
  'plan.snils-form': 'СНИЛС записан не так. Напишите его в виде 000-000-000 00.',
  'plan.snils-check-digit': 'Контрольные цифры СНИЛС не сходятся. Сверьте номер с документом.',
  'plan.ogrn-form': 'ОГРН записан не так. Укажите 13 цифр, ОГРНИП — 15.',
  'plan.ogrn-check-digit': 'Контрольная цифра ОГРН не сходится. Сверьте номер с документом.',
  'plan.description-missing': 'Нет названия. Дайте отправке название: его увидит получатель.',
  'plan.expiration-past': 'Срок уже прошёл. Укажите время в будущем.',
  'plan.forbidden-character': 'В тексте недопустимый знак. Уберите его.',
  'plan.documents-missing': 'Нет документов. Добавьте хотя бы один.',
  'plan.documents-count': 'Документов больше, чем берёт Госключ. Отправьте не больше 15 за раз.',
  'plan.documents-size': 'Документы вместе больше 100 000 000 байт. Отправьте их частями.',
  'plan.document-empty': 'Файл пуст. Добавьте его заново.',
  'plan.name-reserved': 'Это имя занято самим пакетом. Переименуйте файл.',
  'plan.name-characters':
    'В имени файла недопустимый знак. Оставьте латиницу, цифры, пробел и подчёркивание.',
  'plan.name-length': 'Имя файла длиннее 50 знаков. Сократите его.',
  'plan.name-duplicate': 'Имена файлов отличаются только регистром. Переименуйте один из них.',
  'plan.type-extension': 'Госключ не берёт такие файлы. Сохраните как PDF, TIFF, XML или TXT.',
  'plan.type-content': 'Содержимое файла не то, что говорит имя. Проверьте файл.',
  'plan.text-encoding': 'Кодировка текста не та. Сохраните его в UTF-8 или windows-1251.',
  'plan.connection.setting': 'Настройка подключения указана неверно. Исправьте отмеченное поле.',

  'connection.esiaUrl': 'Адрес ЕСИА',
  'connection.epguUrl': 'Адрес шлюза ЕПГУ',
  'connection.publicOrigin': 'Настоящий адрес за терминатором ГОСТ TLS',
  'connection.pathPrefix': 'Начало пути',
  'connection.userAgent': 'User-Agent',
  'connection.mnemonic': 'Мнемоника информационной системы',
  'connection.organisationName': 'Краткое название организации',
  'connection.organisationInn': 'ИНН организации',
  'connection.organisationOgrn': 'ОГРН организации',
  'connection.region': 'Код ОКАТО региона',
  'connection.apiKeys': 'API-Key сотрудников',
  'connection.signerKey': 'Ключ подписи пакетов',
  'connection.methods': 'Разрешённые способы',
  'connection.profile': 'Профиль req.xml',
  'connection.breadth': 'Ограничения на файлы',
  'connection.whenTooLarge': 'Если документов слишком много',
  'connection.backlink': 'Куда вернуть после подписания',
  'connection.pollSeconds': 'Пауза между запросами состояний, секунды',

  'doctor.host.passed': 'Адрес отвечает.',
  'doctor.host.unreachable':
    'Адрес не отвечает. Проверьте имя, сеть и терминатор ГОСТ TLS перед ним.',
  'doctor.token.passed': 'ЕСИА выдала маркер по API-Key.',
  'doctor.token.seal-wanted': 'Подпись под API-Key ждёт сотрудника. Подтвердите её в браузере.',
  'doctor.token.refused': 'ЕСИА не выдала маркер.',
  'doctor.token.key': 'Ключ подписи не подписал API-Key. Проверьте его пробной подписью.',
  'doctor.claims.passed': 'Маркер выдан этой системе и организации.',
  'doctor.claims.client': 'Маркер выдан другой системе. Исправьте мнемонику в подключении.',
  'doctor.claims.organisation':
    'В маркере нет организации. Проверьте, что API-Key выдан сотруднику организации.',
  'doctor.updated.passed': 'Шлюз ЕПГУ отдаёт список заявлений.',
  'doctor.updated.refused': 'Шлюз ЕПГУ отказал.',
  'doctor.updated.failed': 'Шлюз ЕПГУ не ответил как должен.',
  'doctor.quota': 'Столько заявлений одной услуги в час позволяют API-Key.',
} as const

export type GoskeyMessageKey = keyof typeof ru
