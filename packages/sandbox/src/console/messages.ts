/** Every text of the console, in the four languages of Muhr. ui.md §5 and §9 hold. */
import { faultMessages } from './messages-faults.ts'
import { goskeyMessages } from './messages-goskey.ts'
import { refusalMessages } from './messages-refusals.ts'

export const LOCALES = ['ru', 'kk', 'uz', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export type Message = Readonly<Record<Locale, string>>

const pageMessages = {
  'strip.name': {
    ru: 'Песочница',
    kk: 'Сынақ ортасы',
    uz: 'Sinov muhiti',
    en: 'Sandbox',
  },
  'strip.text': {
    ru: 'Имитатор приложения. Настоящий eGov Mobile выглядит иначе, подписи отсюда для суда не годятся.',
    kk: 'Қолданбаның имитаторы. Нағыз eGov Mobile басқаша көрінеді, мұндағы қолтаңбалар сотқа жарамайды.',
    uz: 'Ilova imitatori. Haqiqiy eGov Mobile boshqacha koʻrinadi, bu yerdagi imzolar sud uchun yaramaydi.',
    en: 'A simulator of the app. The real eGov Mobile looks different; signatures from here prove nothing in court.',
  },
  skip: {
    ru: 'К содержанию',
    kk: 'Мазмұнға өту',
    uz: 'Mazmunga oʻtish',
    en: 'Skip to content',
  },
  languages: { ru: 'Язык страницы', kk: 'Бет тілі', uz: 'Sahifa tili', en: 'Page language' },
  'phone.title': { ru: 'Телефон', kk: 'Телефон', uz: 'Telefon', en: 'Phone' },
  'top.envelopes': {
    ru: 'К конвертам',
    kk: 'Конверттерге',
    uz: 'Konvertlarga',
    en: 'To envelopes',
  },
  'person.title': {
    ru: 'Чей телефон',
    kk: 'Кімнің телефоны',
    uz: 'Kimning telefoni',
    en: 'Whose phone',
  },
  'person.iin': { ru: 'ИИН', kk: 'ЖСН', uz: 'IIN', en: 'IIN' },
  'person.bin': { ru: 'БИН', kk: 'БСН', uz: 'BIN', en: 'BIN' },
  'person.key': { ru: 'Ключ', kk: 'Кілт', uz: 'Kalit', en: 'Key' },
  'key.until': {
    ru: 'тестовый, до {date}',
    kk: 'сынақ кілті, {date} дейін',
    uz: 'sinov kaliti, {date} gacha',
    en: 'test key, until {date}',
  },
  'act.title': {
    ru: 'Что сделает телефон',
    kk: 'Телефон не істейді',
    uz: 'Telefon nima qiladi',
    en: 'What the phone will do',
  },
  'act.fault': {
    ru: 'При нажатии «Подписать»',
    kk: '«Қол қою» басылғанда',
    uz: '«Imzolash» bosilganda',
    en: 'When “Sign” is pressed',
  },
  'act.version': {
    ru: 'Версия приложения',
    kk: 'Қолданба нұсқасы',
    uz: 'Ilova versiyasi',
    en: 'App version',
  },
  'act.language': {
    ru: 'Язык приложения',
    kk: 'Қолданба тілі',
    uz: 'Ilova tili',
    en: 'App language',
  },
  'scan.title': { ru: 'Сканировать', kk: 'Сканерлеу', uz: 'Skanerlash', en: 'Scan' },
  'scan.label': {
    ru: 'Текст QR или ссылка',
    kk: 'QR мәтіні немесе сілтеме',
    uz: 'QR matni yoki havola',
    en: 'QR text or link',
  },
  'scan.button': { ru: 'Сканировать', kk: 'Сканерлеу', uz: 'Skanerlash', en: 'Scan' },
  'scan.image': {
    ru: 'Снимок с QR',
    kk: 'QR суреті',
    uz: 'QR surati',
    en: 'Picture with QR',
  },
  'scan.hint': {
    ru: 'Снимок экрана можно вставить из буфера или перетащить на страницу.',
    kk: 'Экран суретін буферден қоюға немесе бетке сүйреп апаруға болады.',
    uz: 'Ekran suratini buferdan qoʻyish yoki sahifaga sudrab olib kelish mumkin.',
    en: 'Paste a screenshot, or drop one anywhere on the page.',
  },
  'scan.no-code': {
    ru: 'На снимке нет читаемого QR. Сделайте снимок крупнее.',
    kk: 'Суретте оқылатын QR жоқ. Суретті ірірек түсіріңіз.',
    uz: 'Suratda oʻqiladigan QR yoʻq. Suratni yirikroq oling.',
    en: 'There is no readable QR in the picture. Take a larger one.',
  },
  'scan.empty': {
    ru: 'Вставьте текст QR или ссылку.',
    kk: 'QR мәтінін немесе сілтемені қойыңыз.',
    uz: 'QR matnini yoki havolani qoʻying.',
    en: 'Paste the text of a QR or a link.',
  },
  'journal.title': {
    ru: 'Что передано',
    kk: 'Не жіберілді',
    uz: 'Nima yuborildi',
    en: 'What was sent',
  },
  'journal.copy': { ru: 'Скопировать', kk: 'Көшіру', uz: 'Nusxalash', en: 'Copy' },
  'journal.copied': { ru: 'Скопировано', kk: 'Көшірілді', uz: 'Nusxalandi', en: 'Copied' },
  'journal.empty': {
    ru: 'Здесь появятся вызовы, которые делает телефон.',
    kk: 'Мұнда телефон жасаған сұраулар көрінеді.',
    uz: 'Bu yerda telefon qilgan soʻrovlar koʻrinadi.',
    en: 'Calls that the phone makes will be listed here.',
  },
  'journal.none': { ru: 'нет ответа', kk: 'жауап жоқ', uz: 'javob yoʻq', en: 'no answer' },
  'journal.ms': { ru: '{n} мс', kk: '{n} мс', uz: '{n} ms', en: '{n} ms' },
  'frame.simulator': {
    ru: 'ИМИТАТОР · НЕ НАСТОЯЩЕЕ ПРИЛОЖЕНИЕ',
    kk: 'ИМИТАТОР · НАҒЫЗ ҚОЛДАНБА ЕМЕС',
    uz: 'IMITATOR · HAQIQIY ILOVA EMAS',
    en: 'SIMULATOR · NOT THE REAL APP',
  },
  'frame.idle': {
    ru: 'ждёт кода',
    kk: 'кодты күтуде',
    uz: 'kodni kutmoqda',
    en: 'waiting for a code',
  },
  'frame.opening': {
    ru: 'получает документы',
    kk: 'құжаттарды алуда',
    uz: 'hujjatlarni olmoqda',
    en: 'fetching the documents',
  },
  'frame.opened': {
    ru: 'документы получены',
    kk: 'құжаттар алынды',
    uz: 'hujjatlar olindi',
    en: 'documents received',
  },
  'frame.signing': {
    ru: 'подписывает и отправляет',
    kk: 'қол қойып, жіберуде',
    uz: 'imzolab, yubormoqda',
    en: 'signing and sending',
  },
  'frame.done': { ru: 'готово', kk: 'дайын', uz: 'tayyor', en: 'done' },
  'frame.refused': {
    ru: 'служба ответила отказом',
    kk: 'қызмет бас тартты',
    uz: 'xizmat rad etdi',
    en: 'refused by the service',
  },
  'frame.error': {
    ru: 'приложение отказалось',
    kk: 'қолданба бас тартты',
    uz: 'ilova rad etdi',
    en: 'refused by the app',
  },
  'idle.title': {
    ru: 'Сканируйте код',
    kk: 'Кодты сканерлеңіз',
    uz: 'Kodni skanerlang',
    en: 'Scan a code',
  },
  'idle.text': {
    ru: 'Вставьте текст QR, ссылку или снимок экрана с кодом.',
    kk: 'QR мәтінін, сілтемені немесе коды бар экран суретін қойыңыз.',
    uz: 'QR matnini, havolani yoki kodli ekran suratini qoʻying.',
    en: 'Paste the QR text, a link or a screenshot with the code.',
  },
  'sign.title': {
    ru: 'Подписание документов',
    kk: 'Құжаттарға қол қою',
    uz: 'Hujjatlarni imzolash',
    en: 'Signing documents',
  },
  'sign.requester': { ru: 'Запрашивает', kk: 'Сұраушы', uz: 'Soʻrovchi', en: 'Requested by' },
  'sign.until': { ru: 'до {time}', kk: '{time} дейін', uz: '{time} gacha', en: 'until {time}' },
  'sign.preview': {
    ru: 'Посмотреть: {name}',
    kk: 'Қарау: {name}',
    uz: 'Koʻrish: {name}',
    en: 'View: {name}',
  },
  'sign.button.one': {
    ru: 'Подписать {n} документ',
    kk: '{n} құжатқа қол қою',
    uz: '{n} ta hujjatni imzolash',
    en: 'Sign {n} document',
  },
  'sign.button.few': {
    ru: 'Подписать {n} документа',
    kk: '{n} құжатқа қол қою',
    uz: '{n} ta hujjatni imzolash',
    en: 'Sign {n} documents',
  },
  'sign.button.many': {
    ru: 'Подписать {n} документов',
    kk: '{n} құжатқа қол қою',
    uz: '{n} ta hujjatni imzolash',
    en: 'Sign {n} documents',
  },
  'sign.button.other': {
    ru: 'Подписать {n} документа',
    kk: '{n} құжатқа қол қою',
    uz: '{n} ta hujjatni imzolash',
    en: 'Sign {n} documents',
  },
  'sign.again': {
    ru: 'Подписать снова',
    kk: 'Қайта қол қою',
    uz: 'Qayta imzolash',
    en: 'Sign again',
  },
  'sign.decline': { ru: 'Отказаться', kk: 'Бас тарту', uz: 'Rad etish', en: 'Decline' },
  'sign.decline-how': {
    ru: 'Как приложение сообщит об отказе',
    kk: 'Қолданба бас тартуды қалай хабарлайды',
    uz: 'Ilova rad etishni qanday bildiradi',
    en: 'How the app tells of a decline',
  },
  'decline.with-status': {
    ru: 'status: CANCELED',
    kk: 'status: CANCELED',
    uz: 'status: CANCELED',
    en: 'status: CANCELED',
  },
  'decline.without-status': {
    ru: 'Файлы без подписи',
    kk: 'Қолтаңбасыз файлдар',
    uz: 'Imzosiz fayllar',
    en: 'Unsigned files',
  },
  'decline.silent': {
    ru: 'Закроется молча',
    kk: 'Үнсіз жабылады',
    uz: 'Indamay yopiladi',
    en: 'Closes silently',
  },
  'result.accepted': {
    ru: 'Документы подписаны',
    kk: 'Құжаттарға қол қойылды',
    uz: 'Hujjatlar imzolandi',
    en: 'Documents signed',
  },
  'result.accepted-text': {
    ru: 'Служба приняла подписи.',
    kk: 'Қызмет қолтаңбаларды қабылдады.',
    uz: 'Xizmat imzolarni qabul qildi.',
    en: 'The service accepted the signatures.',
  },
  'result.refused': {
    ru: 'Подпись не принята',
    kk: 'Қолтаңба қабылданбады',
    uz: 'Imzo qabul qilinmadi',
    en: 'Signature not accepted',
  },
  'result.failed': {
    ru: 'Служба ответила: {status}',
    kk: 'Қызмет жауабы: {status}',
    uz: 'Xizmat javobi: {status}',
    en: 'The service answered {status}',
  },
  'result.no-answer': {
    ru: 'Ответа нет',
    kk: 'Жауап жоқ',
    uz: 'Javob yoʻq',
    en: 'No answer',
  },
  'result.no-answer-text': {
    ru: 'Соединение оборвалось. Подпишите снова, если код ещё действует.',
    kk: 'Байланыс үзілді. Код әлі жарамды болса, қайта қол қойыңыз.',
    uz: 'Aloqa uzildi. Kod hali amal qilsa, qayta imzolang.',
    en: 'The connection broke. Sign again if the code is still valid.',
  },
  'result.declined': {
    ru: 'Отказ отправлен',
    kk: 'Бас тарту жіберілді',
    uz: 'Rad etish yuborildi',
    en: 'Decline sent',
  },
  'result.closed': {
    ru: 'Приложение закрыто',
    kk: 'Қолданба жабылды',
    uz: 'Ilova yopildi',
    en: 'App closed',
  },
  'result.closed-text': {
    ru: 'Служба об этом не узнает, код истечёт сам.',
    kk: 'Қызмет мұны білмейді, кодтың мерзімі өзі бітеді.',
    uz: 'Xizmat buni bilmaydi, kod muddati oʻzi tugaydi.',
    en: 'The service will not learn of it; the code expires by itself.',
  },
  'result.server-said': {
    ru: 'Ответ службы',
    kk: 'Қызмет жауабы',
    uz: 'Xizmat javobi',
    en: 'The service said',
  },
  'result.both': {
    ru: 'Два ответа: {first} и {second}',
    kk: 'Екі жауап: {first} және {second}',
    uz: 'Ikki javob: {first} va {second}',
    en: 'Two answers: {first} and {second}',
  },
  'result.back': {
    ru: 'Вернуться на сайт',
    kk: 'Сайтқа оралу',
    uz: 'Saytga qaytish',
    en: 'Back to the site',
  },
  'result.next': {
    ru: 'Сканировать другой код',
    kk: 'Басқа кодты сканерлеу',
    uz: 'Boshqa kodni skanerlash',
    en: 'Scan another code',
  },
  'refusal.title': {
    ru: 'Приложение не открыло запрос',
    kk: 'Қолданба сұрауды ашпады',
    uz: 'Ilova soʻrovni ochmadi',
    en: 'The app did not open the request',
  },
  'refusal.sign-title': {
    ru: 'Приложение не подписало',
    kk: 'Қолданба қол қоймады',
    uz: 'Ilova imzolamadi',
    en: 'The app did not sign',
  },
  'refusal.field': { ru: 'Поле', kk: 'Өріс', uz: 'Maydon', en: 'Field' },
  'refusal.found': { ru: 'Пришло', kk: 'Келгені', uz: 'Kelgani', en: 'Found' },
  'refusal.expected': { ru: 'Нужно', kk: 'Керегі', uz: 'Kerak', en: 'Expected' },
  'refusal.code': { ru: 'Код', kk: 'Код', uz: 'Kod', en: 'Code' },
  'preview.close': { ru: 'Закрыть', kk: 'Жабу', uz: 'Yopish', en: 'Close' },
  'preview.save': { ru: 'Сохранить', kk: 'Сақтау', uz: 'Saqlash', en: 'Save' },
  'preview.hidden': {
    ru: 'Приложение не показывает файлы этого типа.',
    kk: 'Қолданба мұндай түрдегі файлдарды көрсетпейді.',
    uz: 'Ilova bu turdagi fayllarni koʻrsatmaydi.',
    en: 'The app does not show files of this type.',
  },
  'size.b': { ru: '{n} Б', kk: '{n} Б', uz: '{n} B', en: '{n} B' },
  'size.kb': { ru: '{n} КБ', kk: '{n} КБ', uz: '{n} KB', en: '{n} KB' },
  'size.mb': { ru: '{n} МБ', kk: '{n} МБ', uz: '{n} MB', en: '{n} MB' },
  'index.title': { ru: 'Имитаторы', kk: 'Имитаторлар', uz: 'Imitatorlar', en: 'Simulators' },
  'index.phone': {
    ru: 'Телефон с eGov Mobile: сканирует, подписывает, ошибается по заказу.',
    kk: 'eGov Mobile орнатылған телефон: сканерлейді, қол қояды, тапсырыспен қателеседі.',
    uz: 'eGov Mobile oʻrnatilgan telefon: skanerlaydi, imzolaydi, buyurtma bilan xato qiladi.',
    en: 'A phone with eGov Mobile: scans, signs, and errs on demand.',
  },
  'index.signme': {
    ru: 'Запросы на подпись, страница подписанта и проверка подписей.',
    kk: 'Қол қою сұраулары, қол қоюшының беті және қолтаңбаларды тексеру.',
    uz: 'Imzolash soʻrovlari, imzolovchi sahifasi va imzolarni tekshirish.',
    en: 'Requests for signature, the signer’s page and the check of signatures.',
  },
  'index.trust': {
    ru: 'Тестовый УЦ',
    kk: 'Сынақ куәландыру орталығы',
    uz: 'Sinov sertifikat markazi',
    en: 'Test CA',
  },
  'index.trust-text': {
    ru: 'OCSP, списки отзыва, метки времени и сертификаты.',
    kk: 'OCSP, қайтарып алу тізімдері, уақыт белгілері және сертификаттар.',
    uz: 'OCSP, bekor qilish roʻyxatlari, vaqt belgilari va sertifikatlar.',
    en: 'OCSP, revocation lists, time-stamps and certificates.',
  },
  'index.ca-file': {
    ru: 'Файл доверия',
    kk: 'Сенім файлы',
    uz: 'Ishonch fayli',
    en: 'Trust file',
  },
  'index.fidelity': {
    ru: 'Верность имитации',
    kk: 'Имитация дәлдігі',
    uz: 'Imitatsiya aniqligi',
    en: 'Fidelity',
  },
  'index.fidelity-text': {
    ru: 'Что имитируется и откуда это известно.',
    kk: 'Не имитацияланады және ол қайдан белгілі.',
    uz: 'Nima imitatsiya qilinadi va bu qayerdan maʼlum.',
    en: 'What is simulated, and how it is known.',
  },
} as const satisfies Readonly<Record<string, Message>>

export const messages = { ...pageMessages, ...faultMessages, ...goskeyMessages, ...refusalMessages }

export type MessageKey = keyof typeof messages

/** All texts of one language, for the page. */
export function messagesOf(locale: Locale): Readonly<Record<MessageKey, string>> {
  return Object.fromEntries(
    Object.entries(messages).map(([key, message]) => [key, message[locale]]),
  ) as Record<MessageKey, string>
}
