import type { SignmeConnectionKey } from './ru.ts'

export const uz = {
  'connection.baseUrl': 'Sign.Me manzili',
  'connection.key': 'Kirish kaliti',
  'connection.trustsContact': 'Telefon yoki pochta egasi haqida Sign.Mega ishonish',
  'connection.precheck': 'Avval qabul qiluvchi roʻyxatdan oʻtganini soʻrash',
  'connection.requiresSms': 'SMS kodini ham talab qilish',
  'connection.withoutEmail': 'Sign.Me imzolovchiga yozmaydi',
  'connection.returnBy': 'Imzolanganini qanday bilamiz',
  'connection.notifies': 'Umumiy manzilga ham xabar berish',
  'connection.wire': 'Soʻrov turi',
  'connection.keyField': 'Kalit maydoni nomi',
  'connection.sendsKeyWithCheck': 'Faylni tekshirganda ham kalitni yuborish',
  'connection.ca': 'Oʻz ildiz sertifikatlaringiz, PEM',
  'connection.proxy': 'Proksi',
  'connection.maxFiles': 'Soʻrovdagi fayllar, koʻpi bilan',
  'connection.maxBytes': 'Barcha fayllardagi bayt, koʻpi bilan',
  'connection.concurrency': 'Bir vaqtdagi savollar',
  'connection.baseUrl.hint':
    'Ishchi: https://sign.me. Sinov: https://sandbox.sign.me, uning kaliti boshqa.',
  'connection.key.hint':
    'Uni Sign.Me saytni roʻyxatga olganda beradi. Shifrlangan holda saqlanadi, hech kimga koʻrsatilmaydi.',
  'connection.trustsContact.hint':
    'Aks holda qabul qiluvchiga SNILS yoki INN kerak: ularni sertifikat bilan oʻzimiz solishtiramiz.',
  'connection.precheck.hint': 'Shunda hujjat Sign.Me bilmaydigan odamga ketmaydi.',
  'connection.withoutEmail.hint': 'Imzolash havolasini oʻzingiz berasiz.',
  'connection.returnBy.hint':
    'Har bir soʻrovga ikkitadan biri. Sahifa ramkada faqat chaqiruv bilan koʻrsatiladi.',
  'connection.notifies.hint': 'Xabarnoma manzili kalitga bitta, uni Sign.Me xodimlari kiritadi.',
  'connection.sendsKeyWithCheck.hint': 'Sign.Me tavsifida u yoʻq.',
  'connection.ca.hint': 'Tizimdagilarga qoʻshimcha, ulanish oʻz tuguningiz orqali boʻlsa.',
  'connection.proxy.hint': 'http://xost:port',
  'connection.returnBy.push': 'Sign.Me bizning manzilni chaqiradi',
  'connection.returnBy.browser': 'Sign.Me imzolovchi brauzerini qaytaradi',
  'connection.wire.form': 'tavsifdagidek forma',
  'connection.wire.json': 'yangi APIdagidek JSON',
  'connection.keyField.key': 'key',
  'connection.keyField.api_key': 'api_key',
  'connection.notice': 'Xabarnoma manzili',
  'connection.notice.hint':
    'Uni Sign.Me xodimlariga bir marta ayting; tashqaridan ochiq boʻlishi kerak. Usiz ham hammasi ishlaydi: har bir soʻrov haqida baribir bilamiz.',
  'fault.connection.not-object': 'Sozlamalarni obyekt qilib bering.',
  'fault.connection.unknown-setting': 'Bunday sozlama yoʻq. Yozilishini tekshiring.',
  'fault.connection.missing': 'Bu maydonni toʻldiring.',
  'fault.connection.address': 'Sxema va xost kerak, soʻrovsiz va foydalanuvchi nomisiz.',
  'fault.connection.key': 'Kalitni toʻliq koʻchiring, boʻsh joysiz.',
  'fault.connection.choice': 'Roʻyxatdan qiymat tanlang.',
  'fault.connection.yes-or-no': 'Belgilang yoki belgini oling.',
  'fault.connection.authorities':
    'PEM sertifikatlarini qoʻying, BEGIN CERTIFICATE qatorlari bilan.',
  'fault.connection.proxy': 'Manzil http://xost:port koʻrinishida.',
  'fault.connection.number': 'Ruxsat etilgan chegaradagi butun son.',
} as const satisfies Readonly<Record<SignmeConnectionKey, string>>
