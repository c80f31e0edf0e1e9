import type { SubIndication } from '@muhr/pki'
import type { Words } from './words.ts'

/** What happened, and what to do next, for every sub-indication of a report. */
export const adviceWords: Readonly<Record<SubIndication, { what: Words; next: Words }>> = {
  FORMAT_FAILURE: {
    what: {
      ru: 'Файл подписи повреждён.',
      kk: 'Қолтаңба файлы бүлінген.',
      uz: 'Imzo fayli buzilgan.',
      en: 'The signature file is damaged.',
    },
    next: {
      ru: 'Запросите файл ещё раз там, откуда он пришёл. На эту копию полагаться нельзя.',
      kk: 'Файлды келген жерінен қайта сұраңыз. Бұл көшірмеге сүйенуге болмайды.',
      uz: 'Faylni kelgan joyidan qayta soʻrang. Bu nusxaga tayanib boʻlmaydi.',
      en: 'Ask for the file again where it came from. Do not rely on this copy.',
    },
  },
  HASH_FAILURE: {
    what: {
      ru: 'Документ изменён после подписания.',
      kk: 'Құжат қол қойылғаннан кейін өзгертілген.',
      uz: 'Hujjat imzolangandan keyin oʻzgartirilgan.',
      en: 'The document was changed after signing.',
    },
    next: {
      ru: 'Запросите исходный файл.',
      kk: 'Бастапқы файлды сұраңыз.',
      uz: 'Asl faylni soʻrang.',
      en: 'Ask for the original file.',
    },
  },
  SIG_CRYPTO_FAILURE: {
    what: {
      ru: 'Подпись не сходится с ключом сертификата.',
      kk: 'Қолтаңба сертификат кілтімен сәйкес емес.',
      uz: 'Imzo sertifikat kalitiga mos emas.',
      en: 'The signature was not made by the key of its certificate.',
    },
    next: {
      ru: 'Попросите подписать документ заново.',
      kk: 'Құжатқа қайта қол қоюды сұраңыз.',
      uz: 'Hujjatni qayta imzolashni soʻrang.',
      en: 'Ask for the document to be signed again.',
    },
  },
  REVOKED: {
    what: {
      ru: 'Сертификат был отозван до подписания.',
      kk: 'Сертификат қол қойғанға дейін қайтарып алынған.',
      uz: 'Sertifikat imzolashdan oldin bekor qilingan.',
      en: 'The certificate was revoked before signing.',
    },
    next: {
      ru: 'Попросите подписать действующим ключом.',
      kk: 'Жарамды кілтпен қол қоюды сұраңыз.',
      uz: 'Amaldagi kalit bilan imzolashni soʻrang.',
      en: 'Ask for a signature by a valid key.',
    },
  },
  EXPIRED: {
    what: {
      ru: 'Подписано после окончания срока сертификата.',
      kk: 'Сертификат мерзімі біткеннен кейін қол қойылған.',
      uz: 'Sertifikat muddati tugagach imzolangan.',
      en: 'It was signed after the certificate had ended.',
    },
    next: {
      ru: 'Попросите подписать действующим ключом.',
      kk: 'Жарамды кілтпен қол қоюды сұраңыз.',
      uz: 'Amaldagi kalit bilan imzolashni soʻrang.',
      en: 'Ask for a signature by a valid key.',
    },
  },
  NOT_YET_VALID: {
    what: {
      ru: 'Подпись старше своего сертификата.',
      kk: 'Қолтаңба өз сертификатынан бұрын қойылған.',
      uz: 'Imzo oʻz sertifikatidan oldin qoʻyilgan.',
      en: 'The signature is older than its certificate.',
    },
    next: {
      ru: 'Попросите подписать документ заново.',
      kk: 'Құжатқа қайта қол қоюды сұраңыз.',
      uz: 'Hujjatni qayta imzolashni soʻrang.',
      en: 'Ask for the document to be signed again.',
    },
  },
  SIGNED_DATA_NOT_FOUND: {
    what: {
      ru: 'Нужен ещё сам документ.',
      kk: 'Құжаттың өзі де керек.',
      uz: 'Hujjatning oʻzi ham kerak.',
      en: 'The document itself is needed too.',
    },
    next: {
      ru: 'Подпись хранится отдельно от документа: укажите его (--content ФАЙЛ).',
      kk: 'Қолтаңба құжаттан бөлек сақталған: құжатты көрсетіңіз (--content ФАЙЛ).',
      uz: 'Imzo hujjatdan alohida saqlanadi: hujjatni koʻrsating (--content FAYL).',
      en: 'The signature is kept apart from its document: name the document (--content FILE).',
    },
  },
  NO_SIGNING_CERTIFICATE_FOUND: {
    what: {
      ru: 'В подписи нет сертификата подписанта.',
      kk: 'Қолтаңбада қол қоюшының сертификаты жоқ.',
      uz: 'Imzoda imzolovchining sertifikati yoʻq.',
      en: 'The signature does not carry the certificate of its signer.',
    },
    next: {
      ru: 'Запросите подпись с сертификатом.',
      kk: 'Сертификаты бар қолтаңбаны сұраңыз.',
      uz: 'Sertifikatli imzoni soʻrang.',
      en: 'Ask for a signature with its certificate.',
    },
  },
  NO_CERTIFICATE_CHAIN_FOUND: {
    what: {
      ru: 'Нет пути от сертификата до корня, которому здесь доверяют.',
      kk: 'Сертификаттан мұнда сенім білдірілген түбірге дейін жол жоқ.',
      uz: 'Sertifikatdan bu yerda ishoniladigan ildizgacha yoʻl yoʻq.',
      en: 'There is no path from the certificate to a root that is trusted here.',
    },
    next: {
      ru: 'Возьмите корневой сертификат у самого удостоверяющего центра и укажите его (--trust ФАЙЛ).',
      kk: 'Түбірлік сертификатты куәландырушы орталықтың өзінен алып, көрсетіңіз (--trust ФАЙЛ).',
      uz: 'Ildiz sertifikatini markazning oʻzidan oling va koʻrsating (--trust FAYL).',
      en: 'Take the root certificate from the authority itself and name it (--trust FILE).',
    },
  },
  CHAIN_CONSTRAINTS_FAILURE: {
    what: {
      ru: 'Сертификат не годится для подписи документов.',
      kk: 'Сертификат құжаттарға қол қоюға жарамайды.',
      uz: 'Sertifikat hujjat imzolashga yaramaydi.',
      en: 'The certificate is not one for signing documents.',
    },
    next: {
      ru: 'Попросите подписать ключом для подписи, а не для входа или проверки.',
      kk: 'Кіру немесе сынақ кілтімен емес, қол қою кілтімен қол қоюды сұраңыз.',
      uz: 'Kirish yoki sinov kaliti bilan emas, imzo kaliti bilan imzolashni soʻrang.',
      en: 'Ask for a signature by a signing key, not one for login or tests.',
    },
  },
  CERTIFICATE_CHAIN_GENERAL_FAILURE: {
    what: {
      ru: 'Не все сертификаты вокруг подписи удалось проверить.',
      kk: 'Қолтаңбаға қатысты сертификаттардың бәрі тексерілмеді.',
      uz: 'Imzo atrofidagi sertifikatlarning hammasi tekshirilmadi.',
      en: 'Not every certificate around the signature could be checked.',
    },
    next: {
      ru: 'Добавьте сертификаты удостоверяющего центра (--trust ФАЙЛ) и повторите.',
      kk: 'Куәландырушы орталықтың сертификаттарын қосып (--trust ФАЙЛ), қайталаңыз.',
      uz: 'Markaz sertifikatlarini qoʻshing (--trust FAYL) va takrorlang.',
      en: 'Add the certificates of the authority (--trust FILE) and repeat.',
    },
  },
  CRYPTO_CONSTRAINTS_FAILURE: {
    what: {
      ru: 'Алгоритм здесь не принят или не известен.',
      kk: 'Алгоритм мұнда қабылданбаған немесе белгісіз.',
      uz: 'Algoritm bu yerda qabul qilinmagan yoki nomaʼlum.',
      en: 'An algorithm is not accepted or not known here.',
    },
    next: {
      ru: 'Проверьте подпись в службе страны, где она сделана.',
      kk: 'Қолтаңбаны ол жасалған елдің қызметінде тексеріңіз.',
      uz: 'Imzoni u qilingan mamlakat xizmatida tekshiring.',
      en: 'Check the signature at the service of the country where it was made.',
    },
  },
  OUT_OF_BOUNDS_NO_POE: {
    what: {
      ru: 'Срок сертификата истёк, а время подписания не доказано.',
      kk: 'Сертификат мерзімі өткен, ал қол қойылған уақыт дәлелденбеген.',
      uz: 'Sertifikat muddati tugagan, imzolash vaqti esa isbotlanmagan.',
      en: 'The certificate has ended, and nothing proves when it was signed.',
    },
    next: {
      ru: 'Приложите метку времени или пакет доказательств того времени.',
      kk: 'Сол кездегі уақыт белгісін немесе дәлелдер топтамасын қосыңыз.',
      uz: 'Oʻsha vaqtdagi vaqt belgisini yoki dalillar toʻplamini qoʻshing.',
      en: 'Add a time-stamp or an evidence bundle of that time.',
    },
  },
  REVOKED_NO_POE: {
    what: {
      ru: 'Сертификат отозван, а время подписания не доказано.',
      kk: 'Сертификат қайтарып алынған, ал қол қойылған уақыт дәлелденбеген.',
      uz: 'Sertifikat bekor qilingan, imzolash vaqti esa isbotlanmagan.',
      en: 'The certificate is revoked, and nothing proves when it was signed.',
    },
    next: {
      ru: 'Приложите метку времени или пакет доказательств того времени.',
      kk: 'Сол кездегі уақыт белгісін немесе дәлелдер топтамасын қосыңыз.',
      uz: 'Oʻsha vaqtdagi vaqt belgisini yoki dalillar toʻplamini qoʻshing.',
      en: 'Add a time-stamp or an evidence bundle of that time.',
    },
  },
  REVOKED_CA_NO_POE: {
    what: {
      ru: 'Сертификат удостоверяющего центра отозван, а время подписания не доказано.',
      kk: 'Куәландырушы орталықтың сертификаты қайтарып алынған, ал қол қойылған уақыт дәлелденбеген.',
      uz: 'Markaz sertifikati bekor qilingan, imzolash vaqti esa isbotlanmagan.',
      en: 'The certificate of the authority is revoked, and nothing proves when it was signed.',
    },
    next: {
      ru: 'Приложите метку времени или пакет доказательств того времени.',
      kk: 'Сол кездегі уақыт белгісін немесе дәлелдер топтамасын қосыңыз.',
      uz: 'Oʻsha vaqtdagi vaqt belgisini yoki dalillar toʻplamini qoʻshing.',
      en: 'Add a time-stamp or an evidence bundle of that time.',
    },
  },
  OUT_OF_BOUNDS_NOT_REVOKED: {
    what: {
      ru: 'Срок сертификата истёк, он не отозван, а время подписания не доказано.',
      kk: 'Сертификат мерзімі өткен, қайтарып алынбаған, ал қол қойылған уақыт дәлелденбеген.',
      uz: 'Sertifikat muddati tugagan, u bekor qilinmagan, imzolash vaqti esa isbotlanmagan.',
      en: 'The certificate has ended, not revoked, and nothing proves when it was signed.',
    },
    next: {
      ru: 'Приложите метку времени или пакет доказательств того времени.',
      kk: 'Сол кездегі уақыт белгісін немесе дәлелдер топтамасын қосыңыз.',
      uz: 'Oʻsha vaqtdagi vaqt belgisini yoki dalillar toʻplamini qoʻshing.',
      en: 'Add a time-stamp or an evidence bundle of that time.',
    },
  },
  CRYPTO_CONSTRAINTS_FAILURE_NO_POE: {
    what: {
      ru: 'Алгоритм больше не принимается, а время подписания не доказано.',
      kk: 'Алгоритм енді қабылданбайды, ал қол қойылған уақыт дәлелденбеген.',
      uz: 'Algoritm endi qabul qilinmaydi, imzolash vaqti esa isbotlanmagan.',
      en: 'An algorithm is no longer accepted, and nothing proves when it was signed.',
    },
    next: {
      ru: 'Приложите метку времени или пакет доказательств того времени.',
      kk: 'Сол кездегі уақыт белгісін немесе дәлелдер топтамасын қосыңыз.',
      uz: 'Oʻsha vaqtdagi vaqt belgisini yoki dalillar toʻplamini qoʻshing.',
      en: 'Add a time-stamp or an evidence bundle of that time.',
    },
  },
  NO_POE: {
    what: {
      ru: 'Время подписания не доказано.',
      kk: 'Қол қойылған уақыт дәлелденбеген.',
      uz: 'Imzolash vaqti isbotlanmagan.',
      en: 'Nothing proves when it was signed.',
    },
    next: {
      ru: 'Приложите метку времени или пакет доказательств того времени.',
      kk: 'Сол кездегі уақыт белгісін немесе дәлелдер топтамасын қосыңыз.',
      uz: 'Oʻsha vaqtdagi vaqt belgisini yoki dalillar toʻplamini qoʻshing.',
      en: 'Add a time-stamp or an evidence bundle of that time.',
    },
  },
  TIMESTAMP_ORDER_FAILURE: {
    what: {
      ru: 'Метка времени позже времени проверки.',
      kk: 'Уақыт белгісі тексеру уақытынан кейін.',
      uz: 'Vaqt belgisi tekshirish vaqtidan keyin.',
      en: 'The time-stamp is later than the time of the check.',
    },
    next: {
      ru: 'Проверьте часы или задайте более позднее время проверки (--at).',
      kk: 'Сағатты тексеріңіз немесе кейінірек уақытты беріңіз (--at).',
      uz: 'Soatni tekshiring yoki keyinroq vaqtni bering (--at).',
      en: 'Check the clock, or give a later time (--at).',
    },
  },
  SIG_CONSTRAINTS_FAILURE: {
    what: {
      ru: 'Политика требует большего, чем есть в подписи.',
      kk: 'Саясат қолтаңбада бардан көбірек нәрсені талап етеді.',
      uz: 'Siyosat imzoda boridan koʻprogʻini talab qiladi.',
      en: 'The policy asks for more than the signature has.',
    },
    next: {
      ru: 'Посмотрите строки с ответом «нет» и «неизвестно»: чаще всего недостаёт метки времени.',
      kk: '«Жоқ» және «белгісіз» деген жолдарды қараңыз: көбіне уақыт белгісі жетпейді.',
      uz: '«Yoʻq» va «nomaʼlum» satrlariga qarang: koʻpincha vaqt belgisi yetishmaydi.',
      en: 'See the lines that answer “no” and “unknown”: mostly a time-stamp is missing.',
    },
  },
  TRY_LATER: {
    what: {
      ru: 'Не хватает данных об отзыве.',
      kk: 'Қайтарып алу туралы дерек жетпейді.',
      uz: 'Bekor qilish haqida maʼlumot yetarli emas.',
      en: 'Revocation data is missing.',
    },
    next: {
      ru: 'Повторите с доступом к OCSP или добавьте сохранённый ответ.',
      kk: 'OCSP қолжетімді жерде қайталаңыз немесе сақталған жауапты қосыңыз.',
      uz: 'OCSP mavjud joyda takrorlang yoki saqlangan javobni qoʻshing.',
      en: 'Repeat where OCSP is reachable, or add a stored answer.',
    },
  },
}
