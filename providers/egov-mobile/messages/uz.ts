import type { EgovMobileMessageKey } from './ru.ts'

export const uz: Readonly<Record<EgovMobileMessageKey, string>> = {
  'refusal.malformed-body': 'Ilova javobi oʻqilmadi. Kodni qayta skanerlang.',
  'refusal.unauthenticated': 'Hujjatlarga ruxsat yoʻq. Kodni qayta skanerlang.',
  'refusal.signature-invalid': 'Imzo tekshiruvdan oʻtmadi. Qayta imzolang.',
  'refusal.signature-unreadable': 'Imzo oʻqilmadi. Qayta imzolang.',
  'refusal.signature-missing': 'Hujjat imzosiz qaytdi. Qayta imzolang.',
  'refusal.other-content': 'Boshqa hujjat imzolangan. Kodni skanerlab, koʻrsatilganini imzolang.',
  'refusal.other-person':
    'Boshqa odamning imzosi. Hujjat kimga yuborilgan boʻlsa, oʻsha imzolashi kerak.',
  'refusal.certificate-expired': 'Sertifikat muddati oʻtgan. Amaldagi kalitni tanlang.',
  'refusal.certificate-revoked': 'Sertifikat bekor qilingan. Amaldagi kalitni tanlang.',
  'refusal.certificate-untrusted':
    'Sertifikatni nomaʼlum markaz bergan. Qozogʻiston NCA kalitini tanlang.',
  'refusal.certificate-purpose': 'Bu kalit hujjat imzolash uchun emas. Imzo kalitini tanlang.',
  'refusal.timestamp-missing': 'Imzoda toʻgʻri vaqt belgisi yoʻq. Qayta imzolang.',
  'refusal.check-unavailable':
    'Imzoni hozircha tekshirib boʻlmaydi. Bir necha daqiqadan keyin takrorlang.',
  'refusal.documents-changed': 'Boshqa hujjatlar qaytdi. Kodni qayta skanerlang.',
  'refusal.sign-method-changed': 'Imzolash usuli oʻzgargan. Kodni qayta skanerlang.',
  'refusal.unknown-session': 'Soʻrov topilmadi. Yuboruvchidan yangi kod soʻrang.',
  'refusal.method-not-allowed':
    'Bunday soʻrov qabul qilinmaydi. eGov Mobile ilovasini yangilab, takrorlang.',
  'refusal.already-signed': 'Hujjatlar imzolangan. Hech narsa qilish shart emas.',
  'refusal.expired': 'Kod muddati oʻtdi. Yangi kodni skanerlang.',
  'refusal.canceled': 'Imzolash bekor qilindi. Yuboruvchidan yangi kod soʻrang.',
  'refusal.replaced': 'Bu kod endi amal qilmaydi. Davomini imzolash sahifasida koʻring.',
  'refusal.withdrawn': 'Hujjatlar qaytarib olindi. Yuboruvchidan soʻrang.',
  'refusal.too-large': 'Ilova javobi juda katta. Yuboruvchiga xabar bering.',
  'refusal.unavailable': 'Xizmat vaqtincha ishlamayapti. Bir daqiqadan keyin takrorlang.',

  'plan.method.not-supported':
    'eGov Mobile uchun bunday usul bizda yoʻq. CMS_WITH_DATA yoki CMS_SIGN_ONLY ni tanlang.',
  'plan.sender.name':
    'Tashkilotning nomi yoʻq. Uni kiriting: ilova imzoni kim soʻrayotganini koʻrsatadi.',
  'plan.sender.bin':
    'Tashkilotning BIN raqami yoʻq. 12 ta raqam kiriting: ilova imzoni kim soʻrayotganini koʻrsatadi.',
  'plan.recipient.identifier':
    'Qabul qiluvchining IIN yoki BIN raqami koʻrsatilmagan. Raqamsiz kimning imzosi kelganini bilib boʻlmaydi.',
  'plan.document.none': 'Hujjat yoʻq. Kamida bittasini qoʻshing.',
  'plan.document.too-many': 'Hujjat juda koʻp. Bir martada koʻpi bilan 100 ta yuboring.',
  'plan.document.too-large':
    'Hujjatlar telefon uchun juda katta. Hammasi 100 MiB dan oshmasligi kerak.',
  'plan.document.empty': 'Fayl boʻsh. Uni qayta qoʻshing.',
  'plan.document.type':
    'eGov Mobile faqat PDF va oddiy matnni koʻrsatadi. Hujjatni PDF qilib saqlang.',
  'plan.deadline.past': 'Muddat oʻtib ketgan. Kelajakdagi vaqtni qoʻying.',

  'connection.auth': 'Hujjatlarga ruxsat',
  'connection.auth.hint': 'Token: ilova token koʻrsatadi. None: manzilning oʻzi yetarli.',
  'connection.linkLifeSeconds': 'Kod muddati, soniya',
  'connection.linkLifeSeconds.hint': '30 dan 86400 gacha. Keyin kod yangisiga almashadi.',
  'connection.launcher': 'Telefon uchun havola',
  'connection.launcher.hint':
    'm.egov.kz hozir ishlaydi; page.link 2025-yilda oʻchirilgan, faqat eski versiyalarga kerak.',
  'connection.encoder': 'Havoladagi manzilni kodlash',
  'connection.encoder.hint': 'seed: eGov Mobile hujjatidagidek.',
  'connection.pdfMime': 'PDF belgisi',
  'connection.pdfMime.hint': '@file/pdf ni ilovaning eski versiyalari tushunadi.',
  'connection.otherTypes': 'Ilova koʻrsatmaydigan hujjatlar',
  'connection.otherTypes.hint': 'Ular yuborilsa, koʻrmasdan imzolanadi.',
  'connection.whenIndeterminate': 'Tekshiruv uchun maʼlumot yetmaganda',
  'connection.whenIndeterminate.hint':
    'Rad etish yoki qabul qilib, keyin tekshirish. Imzolashni faqat tekshiruv yakunlaydi.',
  'connection.success': 'Muvaffaqiyat javobi',
  'connection.success.hint': 'JSON yoki bitta success soʻzi.',
  'connection.leadBack': 'Imzolash sahifasiga qaytarish',
  'connection.leadBack.hint': 'Ilova backUrl manziliga qaytishni taklif qiladi.',
  'connection.cancelStatus': 'Bekor qilishga javob kodi',
  'connection.cancelStatus.hint': 'Hujjatda aytilmagan; odatda 200.',
  'fault.connection.not-object': 'Sozlamalar obyekt emas. Ularni JSON obyekti qilib bering.',
  'fault.connection.unknown-setting': 'Bunday sozlama yoʻq. Nomini tekshiring.',
  'fault.connection.choice': 'Roʻyxatdan qiymat tanlang.',
  'fault.connection.seconds': '30 dan 86400 gacha butun soniya sonini bering.',
  'fault.connection.launcher':
    'Roʻyxatdan havola tanlang yoki manzil uchun bitta joyi bor https andozasini bering.',
  'connection.launcher.m-egov-kz': 'm.egov.kz, hozir ishlaydi',
  'connection.launcher.seed-page-link': 'page.link, eski versiyalar uchun',
  'connection.otherTypes.refuse': 'yubormaslik',
  'connection.otherTypes.send': 'boricha yuborish',
  'connection.whenIndeterminate.refuse': 'rad etish',
  'connection.whenIndeterminate.accept-and-recheck': 'qabul qilib, keyin tekshirish',

  'doctor.url.passed': 'Ommaviy manzil eGov Mobile uchun yaroqli.',
  'doctor.url.loopback':
    'Manzil faqat shu kompyuterda koʻrinadi. Telefon uchun MUHR_PUBLIC_URL ga https manzilini qoʻying; imitatorga shu ham yetadi.',
  'doctor.url.scheme':
    'eGov Mobile faqat https ochadi. MUHR_PUBLIC_URL ga https manzilini qoʻying.',
  'doctor.url.invalid':
    'Ommaviy manzil QR-kodga yaramaydi. MUHR_PUBLIC_URL ni https://nom koʻrinishida, boʻsh joy, # va foydalanuvchi nomisiz qoʻying.',
  'doctor.path.passed': 'eGov Mobile manzillari toʻgʻri javob beradi.',
  'doctor.path.unreachable':
    'Ommaviy manzil javob bermayapti. DNS nomini, brandmauerni va teskari proksini tekshiring.',
  'doctor.path.tls':
    'TLS sertifikati qabul qilinmadi. Toʻliq zanjirli, shu nomga berilgan amaldagi sertifikatni qoʻying.',
  'doctor.path.redirect':
    'Proksi chaqiruvlarni boshqa joyga yoʻnaltiradi. /cb/ va /s/ yoʻllarini yoʻnaltirmasdan oʻtkazing.',
  'doctor.path.other':
    'Bu manzilda Muhr emas, boshqasi javob beradi. Teskari proksida /cb/ va /s/ yoʻllarini shu yerga yoʻnaltiring.',
  'doctor.allow-list':
    'Ilova faqat oʻz roʻyxatidagi manzillarni ochadi; uni bu yerdan tekshirib boʻlmaydi. Manzilingiz kiritilganmi, eGov Mobile operatoridan soʻrang.',
}
