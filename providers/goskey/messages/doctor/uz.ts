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
    'API-Key ostidagi imzo qabul qilinmadi. API-Keyning oʻzini sertifikati tizimga yuklangan kalit bilan imzolang.',
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
} as const satisfies Readonly<Record<GoskeyDoctorKey, string>>
