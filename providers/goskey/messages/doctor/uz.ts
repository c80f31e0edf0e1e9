import type { GoskeyDoctorKey } from './ru.ts'

export const uz = {
  'doctor.host.passed': 'Manzil javob beradi.',
  'doctor.host.unreachable':
    'Manzil javob bermaydi. Nomini, tarmoqni va oldidagi GOST TLS terminatorini tekshiring.',
  'doctor.token.passed': 'ESIA API-Key boʻyicha marker berdi.',
  'doctor.token.seal-wanted': 'API-Key imzosi xodimni kutmoqda. Brauzerda tasdiqlang.',
  'doctor.token.refused': 'ESIA marker bermadi.',
  'doctor.token.key': 'Imzo kaliti API-Keyni imzolamadi. Sinov imzosi bilan tekshiring.',
  'doctor.claims.passed': 'Marker shu tizim va tashkilotga berilgan.',
  'doctor.claims.client': 'Marker boshqa tizimga berilgan. Ulanishdagi mnemonikani tuzating.',
  'doctor.claims.organisation':
    'Markerda tashkilot yoʻq. API-Key tashkilot xodimiga berilganini tekshiring.',
  'doctor.updated.passed': 'EPGU shlyuzi arizalar roʻyxatini beradi.',
  'doctor.updated.refused': 'EPGU shlyuzi rad etdi.',
  'doctor.updated.failed': 'EPGU shlyuzi kerakli javobni bermadi.',
  'doctor.quota': 'Barcha API-Key boʻyicha bir xizmatga soatiga eng koʻp arizalar soni.',
  'doctor.api-key.expired':
    'Kabinetdagi sanaga koʻra API-Key muddati oʻtgan. Yangisini berib, almashtiring.',
  'doctor.api-key.expires': 'API-Key muddati yaqinda tugaydi. Yangisini oldindan bering.',
  'advice.seal.no-key': 'Ulanishda imzo kaliti yoʻq. Kalit qoʻshib, uni ulanish uchun tanlang.',
  'advice.esia.ESIA-005002':
    'ESIA API-Key imzosini qabul qilmadi: kalit boshqa, sertifikat muddati tugagan, bekor qilingan yoki tizimga yuklanmagan, yoxud imzoga 24 soatdan oshgan. Imzo kalitini va server soatini tekshiring; boshqa dastur bilan API-Key matnining oʻzini ajratilgan holda imzolang.',
  'advice.esia.ESIA-037218':
    'Bunday API-Key yoʻq. Uni oʻsha kontur kabinetidagi CSV faylidan nusxalang.',
  'advice.esia.ESIA-037219':
    'API-Key berilgan xodim yoʻq. Uni ESIAdagi tashkilotga qoʻshib, yangi kalit bering.',
  'advice.esia.ESIA-038000':
    'Bu API-Key tashkiloti yoʻq. Uni ESIAda tekshirib, yangi kalit bering.',
  'advice.esia.ESIA-037214':
    'API-Key bloklangan. Kabinetning «Мои системы» boʻlimida oching yoki yangisini bering.',
  'advice.esia.ESIA-037213':
    'API-Key muddati oʻtgan. Kabinetning «Мои системы» boʻlimida yangisini berib, almashtiring.',
  'advice.esia.ESIA-037215':
    'API-Key bergan xodim bloklangan. Yangi kalitni boshqa vakolatli xodim bersin.',
  'advice.esia.ESIA-037216':
    'API-Key berilgan xodim bloklangan. Uni ESIAda oching yoki boshqaning kalitini oling.',
  'advice.esia.ESIA-037217':
    'API-Key berganning bu tizimga amaldagi ishonchnomasi yoʻq. Rahbar yangilasin, keyin yangi kalit bering.',
  'advice.esia.ESIA-005027':
    'Kirish doirasini operator notoʻgʻri sozlagan. Yordamga yozib, tizim mnemonikasini ayting.',
  'advice.esia.ESIA-020000':
    'Soʻrov parametrlari notoʻgʻri. API-Keyni va imzo ESIAga toʻliq yetishini tekshiring.',
  'advice.esia.refused':
    'ESIA sababini aytmadi. Manzil va konturni tekshirib, operator yordamiga yozing.',
  'advice.epgu.bad_request': 'Parametr notoʻgʻri: qaysi biri, portal javobida aytilgan.',
  'advice.epgu.service_not_found': 'Xizmat kodi portalga nomaʼlum. Ulanish konturini tekshiring.',
  'advice.epgu.access_denied_person_permissions':
    'Markerda portal APIsiga ruxsat yoʻq. Odam tizimga ruxsat bersin.',
  'advice.epgu.access_denied_personal_data':
    'Tizimga shaxsiy maʼlumotli fayllarga ruxsat yoʻq. Operatorga talabnoma bering.',
  'advice.epgu.access_denied_service':
    'Tizimga bu xizmatga ruxsat yoʻq. Hamkor kabinetida talabnoma bering.',
  'advice.epgu.access_denied_system':
    'Tizimga ruxsat yoʻq yoki soʻrov GOST TLS orqali kelmadi. GOST TLS terminatorini koʻrsating yoki talabnoma bering.',
  'advice.epgu.access_denied_user':
    'Bu turdagi foydalanuvchiga xizmat berilmaydi. Kerakli turdagi tashkilot API-Keyini oling.',
  'advice.epgu.access_denied_user_legal':
    'Marker tashkiloti tizim egasi emas. Tizim egasi bergan API-Keyni oling.',
  'advice.epgu.bad_delegation': 'Xodimning ishonchnomasi yoʻq. Rahbar uni ESIA kabinetida bersin.',
  'advice.epgu.config_delegation': 'Xizmatda bunday vakolat yoʻq. Operator yordamiga yozing.',
  'advice.epgu.push_denied':
    'Faqat rahbar yoki ishonchnomali xodim yuboradi. Shunday xodimning API-Keyini oling.',
  'advice.epgu.order_access': 'Ariza boshqaniki. Uni yuborgan tashkilot kaliti bilan soʻrang.',
  'advice.epgu.cancel_not_allowed':
    'Arizani bekor qilib boʻlmaydi. Госключ hech qachon bekor qilmaydi: oxirini kuting.',
  'advice.epgu.limitation_exception':
    'Kvota tugadi: bitta API-Key bilan 10 daqiqada 20 ta ariza. Kuting.',
  'advice.epgu.not_found': 'Bunday ariza yoʻq. Raqami, kontur va tashkilotni tekshiring.',
  'advice.epgu.internal_error':
    'Portalda nosozlik. Keyinroq takrorlang; qolsa, vaqti va raqamini aytib yordamga yozing.',
  'advice.esia.unreachable':
    'ESIAga yetib boʻlmayapti. Manzilni, tarmoqni va GOST TLS terminatorini tekshiring.',
  'advice.esia.unavailable':
    'ESIA vaqtincha ishlamayapti. Keyinroq takrorlang; oʻzgarmasa, operator yangiliklarini koʻring.',
  'advice.esia.unreadable-answer':
    'Bu manzilda ESIA javob bermayapti. Manzilni va yoʻlda proksi yoki kirish sahifasi yoʻqligini tekshiring.',
  'advice.esia.invalid-api-key':
    'API-Key boshqacha yozilgan. Uni kabinet CSV faylidan qoʻshtirnoqsiz, boʻshliqsiz koʻchiring.',
  'advice.esia.invalid-signature':
    'API-Key imzosi yaramaydi. Imzo kalitini sinov imzosi bilan tekshiring.',
  'advice.epgu.refused':
    'Portal rad etdi va sababini aytmadi. Manzil, yoʻl prefiksi va konturni tekshiring, soʻng yordam xizmatiga yozing.',
  'advice.epgu.not-found':
    'Portal buni topmadi. Raqamni, konturni va yuborgan tashkilotni tekshiring.',
  'advice.epgu.unknown-url':
    'Bu manzilda EPGU shlyuzi yoʻq. Manzilni yoki yoʻl prefiksini tuzating: api yoki gu-smev-api.',
  'advice.epgu.unauthorised':
    'Portal markerni qabul qilmadi. ESIA va portal bir konturdaligini hamda server soatini tekshiring.',
  'advice.epgu.rate-limited': 'Portal kamroq murojaat qilishni soʻrayapti. Kuting va takrorlang.',
  'advice.epgu.unavailable':
    'Portal vaqtincha ishlamayapti. Keyinroq takrorlang; oʻzgarmasa, operator yangiliklarini koʻring.',
  'advice.epgu.unreachable':
    'Portalga yetib boʻlmayapti. Manzilni, tarmoqni va GOST TLS terminatorini tekshiring.',
  'advice.epgu.outcome-unknown':
    'Javob yoʻqoldi, chaqiruv esa bajarilgan boʻlishi mumkin. Avval holatni soʻrang, qayta yubormang.',
  'advice.epgu.unreadable-answer':
    'Bu manzilda portal javob bermayapti. Manzilni va yoʻlda proksi yoki kirish sahifasi yoʻqligini tekshiring.',
  'advice.epgu.redirect-refused':
    'Portal boshqa manzilga yoʻnaltirdi, biz bormadik. Terminator ortida boʻlsa, ulanishda portal nomini koʻrsating (publicOrigin).',
  'advice.epgu.download-too-large':
    'Fayl biz qabul qiladiganidan katta. Administratorga xabar bering.',
  'advice.epgu.chunk-window-overrun':
    'Qismlar besh daqiqaga ulgurmadi. Yangi raqam olib, tezroq tarmoq orqali yuboring.',
  'advice.epgu.quota-full':
    'Kvota tugadi: har bir API-Keyga 10 daqiqada bir xizmatning 20 arizasi. Kuting yoki boshqa xodimning API-Key kalitini qoʻshing.',
  'advice.epgu.too-many-pages':
    'Oʻzgarishlar bitta javob uchun juda koʻp. Qisqaroq vaqt uchun soʻrang.',
  'advice.epgu.dictionary-refused':
    'Bunday kodli maʼlumotnoma yoki tarmoq yoʻq. Kodni va ota qiymatni tekshiring.',
} as const satisfies Readonly<Record<GoskeyDoctorKey, string>>
