import type { Words } from './words.ts'

/** One line of ground for every answer to a question of the report. */
export const groundWords = {
  'digest-equal': {
    ru: 'Хеш файла совпал с подписанным',
    kk: 'Файл хеші қол қойылғанмен бірдей',
    uz: 'Fayl xeshi imzolanganiga teng',
    en: 'The digest of the file equals the signed one',
  },
  'digest-differs': {
    ru: 'Хеш файла не совпал с подписанным',
    kk: 'Файл хеші қол қойылғаннан басқа',
    uz: 'Fayl xeshi imzolanganidan boshqa',
    en: 'The digest of the file differs from the signed one',
  },
  'covers-another': {
    ru: 'Подпись стоит под другой частью документа',
    kk: 'Қолтаңба құжаттың басқа бөлігіне қойылған',
    uz: 'Imzo hujjatning boshqa qismiga qoʻyilgan',
    en: 'The signature covers another part of the document',
  },
  'covers-part': {
    ru: 'Подпись охватывает только часть документа',
    kk: 'Қолтаңба құжаттың бір бөлігін ғана қамтиды',
    uz: 'Imzo hujjatning faqat bir qismini qamrab oladi',
    en: 'The signature covers only a part of the document',
  },
  'content-absent': {
    ru: 'Самого документа при проверке нет',
    kk: 'Тексеру кезінде құжаттың өзі жоқ',
    uz: 'Tekshirishda hujjatning oʻzi yoʻq',
    en: 'The document itself is not at hand',
  },
  'value-holds': {
    ru: 'Математическая проверка пройдена',
    kk: 'Математикалық тексеруден өтті',
    uz: 'Matematik tekshiruvdan oʻtdi',
    en: 'The mathematics holds',
  },
  'value-fails': {
    ru: 'Математическая проверка не сходится',
    kk: 'Математикалық тексеру сәйкес емес',
    uz: 'Matematik tekshiruv mos kelmadi',
    en: 'The mathematics does not hold',
  },
  'structure-damaged': {
    ru: 'Строение подписи нарушено',
    kk: 'Қолтаңбаның құрылымы бұзылған',
    uz: 'Imzo tuzilishi buzilgan',
    en: 'The structure of the signature is damaged',
  },
  'value-open': {
    ru: 'Проверить математику не удалось: нет документа, сертификата или алгоритма',
    kk: 'Математиканы тексеру мүмкін болмады: құжат, сертификат не алгоритм жоқ',
    uz: 'Matematikani tekshirib boʻlmadi: hujjat, sertifikat yoki algoritm yoʻq',
    en: 'Not checked: the document, the certificate or the algorithm is missing',
  },
  path: {
    ru: 'Сертификатов в цепочке: {count}, корень: {anchor}',
    kk: 'Тізбектегі сертификаттар: {count}, түбірі: {anchor}',
    uz: 'Zanjirdagi sertifikatlar: {count}, ildizi: {anchor}',
    en: 'Certificates in the path: {count}, root: {anchor}',
  },
  'path-open': {
    ru: 'Цепочка не доходит до корня, которому здесь доверяют',
    kk: 'Тізбек мұнда сенім білдірілген түбірге жетпейді',
    uz: 'Zanjir bu yerda ishoniladigan ildizga yetmaydi',
    en: 'The path does not reach a root that is trusted here',
  },
  'path-wrong': {
    ru: 'Сертификат не подходит: {detail}',
    kk: 'Сертификат сәйкес келмейді: {detail}',
    uz: 'Sertifikat toʻgʻri kelmaydi: {detail}',
    en: 'The certificate does not fit: {detail}',
  },
  'validity-open': {
    ru: 'Срок сертификата истёк, а время подписания не доказано',
    kk: 'Сертификат мерзімі өткен, ал қол қойылған уақыт дәлелденбеген',
    uz: 'Sertifikat muddati tugagan, imzolash vaqti esa isbotlanmagan',
    en: 'The certificate has ended, and nothing proves when it was signed',
  },
  good: {
    ru: 'Ответ {source} от {time}',
    kk: '{source} жауабы, {time}',
    uz: '{source} javobi, {time}',
    en: '{source} answer of {time}',
  },
  'revoked-later': {
    ru: 'Отозван позже, чем подписано',
    kk: 'Қол қойылғаннан кейін қайтарып алынған',
    uz: 'Imzolangandan keyin bekor qilingan',
    en: 'Revoked later than it was signed',
  },
  revoked: {
    ru: 'Отозван: ответ {source} от {time}',
    kk: 'Қайтарып алынған: {source} жауабы, {time}',
    uz: 'Bekor qilingan: {source} javobi, {time}',
    en: 'Revoked: {source} answer of {time}',
  },
  'revocation-open': {
    ru: 'Ответа OCSP или списка отозванных нет',
    kk: 'OCSP жауабы да, қайтарып алынғандар тізімі де жоқ',
    uz: 'OCSP javobi ham, bekor qilinganlar roʻyxati ham yoʻq',
    en: 'There is neither an OCSP answer nor a revocation list',
  },
  stamped: {
    ru: 'Метка времени RFC 3161: {time}',
    kk: 'RFC 3161 уақыт белгісі: {time}',
    uz: 'RFC 3161 vaqt belgisi: {time}',
    en: 'RFC 3161 time-stamp of {time}',
  },
  'stamp-broken': {
    ru: 'Метка времени не сходится: {detail}',
    kk: 'Уақыт белгісі сәйкес емес: {detail}',
    uz: 'Vaqt belgisi mos emas: {detail}',
    en: 'The time-stamp does not hold: {detail}',
  },
  'stamp-open': {
    ru: 'Службе меток времени здесь не доверяют или проверить её нечем',
    kk: 'Уақыт белгісі қызметіне мұнда сенім жоқ немесе оны тексеруге дерек жоқ',
    uz: 'Vaqt belgisi xizmatiga bu yerda ishonilmaydi yoki uni tekshirib boʻlmaydi',
    en: 'The time-stamp service is not trusted here, or cannot be checked',
  },
  claimed: {
    ru: 'Есть только время по часам подписанта: {time}',
    kk: 'Тек қол қоюшының сағаты бойынша уақыт бар: {time}',
    uz: 'Faqat imzolovchining soati boʻyicha vaqt bor: {time}',
    en: 'Only the clock of the signer says so: {time}',
  },
  'time-absent': {
    ru: 'О времени в подписи ничего нет',
    kk: 'Қолтаңбада уақыт туралы ештеңе жоқ',
    uz: 'Imzoda vaqt haqida hech narsa yoʻq',
    en: 'The signature says nothing of time',
  },
} as const satisfies Record<string, Words>
