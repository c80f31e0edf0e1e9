import type { GoskeyMessageKey } from './ru.ts'

export const uz = {
  'reason.goskey.rejected': 'Qabul qiluvchi Госключda imzolashni rad etdi.',
  'reason.goskey.expired': 'Qabul qiluvchi bir kunda imzolamadi. Hujjatlarni qayta yuboring.',
  'reason.goskey.recipient-not-found':
    'Госключ bu SNILS egasini topmadi. Raqamni va qabul qiluvchida ilova borligini tekshiring.',
  'reason.goskey.sender-signature':
    'Portal yuboruvchi imzosini 8 soatda tekshirmadi. Sertifikatni tekshirib, qayta yuboring.',
  'reason.goskey.internal': 'Госключning ichki xatosi. Hujjatlarni qayta yuboring.',
  'reason.goskey.portal': 'Portal arizani xato bilan yakunladi. Hujjatlarni qayta yuboring.',
  'reason.goskey.cancelled': 'Ariza portalda bekor qilindi. Hujjatlarni qayta yuboring.',
  'reason.epgu.LIMITATION_EXCEPTION': 'Arizalar kvotasi tugadi. Hujjatlarni keyinroq yuboring.',
  'reason.epgu.INVALID_FILES_STRUCTURE':
    'Portal arxivni qabul qilmadi: ichida jildlar bor. Administratorga xabar bering.',
  'reason.epgu.VALIDATION_ERROR':
    'Portal fayllarni qabul qilmadi: tekshiruvdan oʻtmadi. Nomlari va turlarini tekshiring.',
  'reason.epgu.REQ_NOT_FOUND': 'Portal req.xml faylini topmadi. Administratorga xabar bering.',
  'reason.epgu.MPC_NOT_FOUND': 'Portal ariza faylini topmadi. Administratorga xabar bering.',
  'reason.epgu.REQ_VERIFY_FAILED':
    'Ariza maʼlumotlari ariza beruvchiga mos emas. Ulanishdagi tashkilotni tekshiring.',
  'reason.epgu.FILES_VERIFICATION_FAILED':
    'Portal yuboruvchi imzosini qabul qilmadi. Imzo kaliti va sertifikatini tekshiring.',
  'reason.epgu.INTERNAL_ERROR': 'Portalning texnik xatosi. Hujjatlarni qayta yuboring.',
  'reason.epgu.CREATE_ORDER_FORBIDDEN':
    'Xodimning bu xizmatga vakolati yoʻq. ESIA kabinetida ishonchnoma bering.',
  'reason.epgu.refused':
    'Portal sababini aytmay rad etdi. Ulanishni tekshirib, portal yordamiga yozing.',
  'reason.epgu.not-found':
    'Portal arizani topmadi. Ulanishdagi konturni tekshirib, hujjatlarni qayta yuboring.',
  'reason.epgu.unknown-url':
    'Bu manzilda EPGU shlyuzi yoʻq. Ulanishdagi manzilni yoki yoʻl prefiksini toʻgʻrilang.',
  'reason.epgu.unauthorised':
    'Portal yangi markerni qabul qilmadi. Marker va portal bir konturdanmi, tekshiring.',
  'reason.epgu.rate-limited':
    'Portal kamroq murojaat qilishni soʻraydi. Keyinroq takrorlang: bir xodim 10 daqiqada bir xizmatning 20 tagacha arizasini boshlaydi.',
  'reason.epgu.redirect-refused':
    'Portal fayl uchun begona manzilga yoʻnaltirdi. U yerga bormaymiz; portal koʻmagiga yozing.',
  'reason.epgu.download-too-large':
    'Fayl ruxsat etilganidan katta, yuklab olinmadi. Ariza raqamini tekshiring.',
  'reason.epgu.chunk-window-overrun':
    'Qismlar besh daqiqaga ulgurmadi. Kattaroq qismlar yoki tezroq kanal bilan qayta yuboring.',
  'reason.epgu.source-changed':
    'Yuborilayotganda paket fayli oʻzgardi. Paketni qayta yigʻib, yuboring.',
  'reason.epgu.quota-full':
    'Arizalar kvotasi tugagan. Kuting: bundan oldin portal rad etgan boʻlardi.',
  'reason.epgu.too-many-pages':
    'Portal roʻyxati tugamayapti. Qisqaroq muddat yoki raqamlar boʻyicha soʻrang.',
  'reason.epgu.dictionary-refused':
    'Maʼlumotnoma rad javobini berdi. Uning kodi va guruh qiymatini tekshiring.',
  'reason.esia.invalid-api-key':
    'API-Key boshqacha yozilgan. Kabinetning CSV faylidan 36 belgining hammasini koʻchiring.',
  'reason.esia.invalid-signature':
    'API-Key imzosi yaramaydi. API-Keyni tashkilot kaliti bilan qayta imzolang.',

  'attention.collect-refused':
    'Gosuslugi imzolarni bermayapti: tizimning shaxsiy maʼlumotlarga ruxsati borligini tekshiring. Oʻzimiz qayta soʻraymiz.',
  'attention.goskey.signature-missing':
    'Hamma hujjatning imzosi kelmadi. Hech narsa yakunlanmadi; imzoni qayta soʻrang.',
  'attention.goskey.signature-doubled':
    'Bir hujjatga ikki imzo keldi. Hech biri qabul qilinmadi; portal yordamiga yozing.',
  'attention.goskey.unexpected-file':
    'Portal ortiqcha fayl yubordi. Bu hujjat imzosi qabul qilinmadi; portal yordamiga yozing.',
  'attention.goskey.foreign-object':
    'Portal boshqa ariza faylini yubordi. U yuklanmadi; portal yordamiga yozing.',
  'attention.goskey.unreadable-link':
    'Imzo havolasining turi nomaʼlum. Fayl yuklanmadi; portal yordamiga yozing.',

  'plan.method-not-allowed': 'Ulanishda bu usul yoqilmagan. Boshqasini tanlang.',
  'plan.profile-not-offered': 'Xizmat bu profilda yoʻq. 1.9 profilini tanlang.',
  'plan.recipient-kind':
    'Jismoniy shaxs OGRNsiz imzolaydi. OGRNni olib tashlang yoki yuridik shaxs UKEP imzosini tanlang.',
  'plan.recipient-identifier-missing':
    'Qabul qiluvchining SNILS raqami yoʻq. Koʻrsating: Госключ odamni shu boʻyicha qidiradi.',
  'plan.snils-form': 'SNILS boshqacha yozilgan. 000-000-000 00 koʻrinishida yozing.',
  'plan.snils-check-digit': 'SNILS nazorat raqamlari mos emas. Hujjat bilan solishtiring.',
  'plan.ogrn-form': 'OGRN boshqacha yozilgan. 13 raqam, tadbirkor uchun 15 raqam koʻrsating.',
  'plan.ogrn-check-digit': 'OGRN nazorat raqami mos emas. Hujjat bilan solishtiring.',
  'plan.recipient-identifier-ambiguous':
    'OGRN ham, NZA ham koʻrsatilgan. Rossiya tashkilotining OGRN yoki chet el tashkilotining NZA raqamini qoldiring.',
  'plan.recipient-unprovable':
    'ESIA OID boʻyicha odam topiladi, lekin sertifikatda u yoʻq. Yoniga SNILS yoki INN koʻrsating.',
  'plan.oid-form': 'ESIA OID boshqacha yozilgan. 1 dan 20 gacha raqam koʻrsating.',
  'plan.rafp-form': 'NZA boshqacha yozilgan. RAFP reyestridan 11 raqam koʻrsating.',
  'plan.inn-form': 'Imzolovchining INN raqami boshqacha yozilgan. 12 raqam koʻrsating.',
  'plan.inn-check-digit': 'INN nazorat raqamlari mos emas. Hujjat bilan solishtiring.',
  'plan.description-missing': 'Nomi yoʻq. Nom bering: uni qabul qiluvchi koʻradi.',
  'plan.expiration-past': 'Muddat oʻtib ketgan. Kelajakdagi vaqtni koʻrsating.',
  'plan.forbidden-character': 'Matnda ruxsat etilmagan belgi bor. Uni olib tashlang.',
  'plan.documents-missing': 'Hujjatlar yoʻq. Kamida bittasini qoʻshing.',
  'plan.documents-count':
    'Hujjatlar Госключ oladiganidan koʻp. Bir marta 15 tadan oshirmay yuboring.',
  'plan.documents-size': 'Hujjatlar birga 100 000 000 baytdan koʻp. Boʻlib yuboring.',
  'plan.document-empty': 'Fayl boʻsh. Uni qayta qoʻshing.',
  'plan.name-reserved': 'Bu nom paketning oʻziniki. Faylni qayta nomlang.',
  'plan.name-characters':
    'Fayl nomida ruxsat etilmagan belgi bor. Lotin harflari, raqamlar, boʻshliq va pastki chiziqni qoldiring.',
  'plan.name-length': 'Fayl nomi 50 belgidan uzun. Qisqartiring.',
  'plan.name-duplicate':
    'Ikki fayl nomi faqat harf kattaligi bilan farq qiladi. Birini oʻzgartiring.',
  'plan.type-extension': 'Госключ bunday fayllarni olmaydi. PDF, TIFF, XML yoki TXT qilib saqlang.',
  'plan.type-content': 'Fayl mazmuni nomiga mos emas. Faylni tekshiring.',
  'plan.text-encoding': 'Matn kodlashi boshqa. UTF-8 yoki windows-1251 qilib saqlang.',
} as const satisfies Readonly<Record<GoskeyMessageKey, string>>
