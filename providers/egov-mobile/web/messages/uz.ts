import type { EgovMobileKey } from './ru.ts'

export const uz = {
  'picker.hint': 'havola, QR orqali',
  'method.CMS_WITH_DATA': 'Imzo hujjat bilan birga',
  'method.CMS_WITH_DATA.hint': 'Bitta .cms fayl: ichida imzo ham, hujjat ham bor',
  'method.CMS_SIGN_ONLY': 'Imzo hujjatdan alohida',
  'method.CMS_SIGN_ONLY.hint': 'Tekshirish uchun ikkala fayl ham kerak',
  'clerk.nearby':
    '**Imzolovchi yoningizdami?** Kodni eGov Mobile ilovasida skanerlasin: «QR» → «Skanerlash».',
  'observed.opened': 'eGov Mobile tavsifni soʻradi (API 1)',
  'observed.fetched': 'eGov Mobile hujjatlarni oldi (API 2)',
  'signer.title': 'eGov Mobile orqali imzolash',
  'signer.qr': 'eGov Mobile ilovasi uchun QR-kod',
  'signer.open': 'eGov Mobile ilovasini ochish',
  'signer.step1': 'Telefonda eGov Mobile ilovasini oching',
  'signer.step2': '«QR» tugmasini bosib, kodni skanerlang',
  'signer.step3': 'Hujjatlarni koʻrib chiqib, ERI bilan imzolang',
  'signer.waiting': 'Telefoningizni kutyapmiz',
  'signer.waiting.more': 'Imzolaguningizcha bu sahifani yopmang.',
  'signer.opened': 'Hujjatlar eGov Mobile ilovasida ochildi',
  'signer.opened.more': 'Telefonda imzolang. Bu yerda hammasi oʻzi yangilanadi.',
  'signer.showQr': 'QR koʻrsatish',
  'signer.hideQr': 'QR yashirish',
  'signer.trouble': 'Ilova ochilmayaptimi?',
  'signer.trouble.text':
    'eGov Mobile ilovasini App Store, Google Play yoki AppGallery dan oʻrnatib, unga kiring va tugmani yana bosing. Boshqa telefonda QR-kodni skanerlang.',
  'signer.sandbox': 'Sinov telefonini ochish',
  'signer.privacy': 'Muhr yopiq kalitingizni koʻrmaydi: imzo eGov Mobile ichida qoʻyiladi.',
} as const satisfies Readonly<Record<EgovMobileKey, string>>
