import type { GoskeyKey } from './ru.ts'

export const uz = {
  'picker.hint': 'SNILS boʻyicha',
  'method.UKEP': 'Malakali imzo (UKEP)',
  'method.UKEP.hint': 'Jismoniy shaxs; biometrik pasport kerak',
  'method.UNEP': 'Malakasiz imzo (UNEP)',
  'method.UNEP.hint': 'Jismoniy shaxs; sertifikatni ilova oʻzi oladi',
  'method.UKEP_LEGAL': 'Yuridik shaxs yoki tadbirkorning UKEP imzosi',
  'method.UKEP_LEGAL.hint': 'Imzolovchining SNILS va tashkilotning OGRN raqami kerak',
  'method.UKEP_TREASURY': 'Gʻaznachilik sertifikati bilan UKEP',
  'method.UKEP_TREASURY.hint': 'Davlat organlari xodimlari uchun',
  'clerk.nearby':
    '**Goskey imzolovchini SNILS boʻyicha oʻzi topadi.** Ilovani ochsin: hujjatlar oʻsha yerda.',
  'observed.opened': 'Imzolovchi hujjatlarni Goskeyda ochdi',
  'observed.fetched': 'Goskey hujjatlarni imzolovchiga koʻrsatdi',
  'observed.said-signed': 'Goskey hujjatlar imzolanganini xabar qildi',
  'signer.title': 'Goskeyda imzolash',
  'signer.step1': 'Telefonda Goskey ilovasini oching',
  'signer.step2': 'Kiruvchilar orasidan shu hujjatlarni topib, koʻrib chiqing',
  'signer.step3': '“Подписать” tugmasini bosing',
  'signer.waiting': 'Hujjatlar Goskey ilovasida kutmoqda',
  'signer.waiting.more': 'Imzolaganingizdan keyin bu sahifa oʻzi yangilanadi.',
  'signer.trouble': 'Ilovada hujjatlar yoʻqmi?',
  'signer.trouble.text':
    'Goskeyga shu yerda koʻrsatilgan SNILS egasining Gosuslugi hisobi bilan kiring va roʻyxatni yangilang. Hujjatlar bir necha daqiqada keladi.',
  'signer.sandbox': 'Sinov maydonining Goskeyini ochish',
  'signer.privacy': 'Muhr yopiq kalitingizni koʻrmaydi: imzo Goskey ichida qoʻyiladi.',
} as const satisfies Readonly<Record<GoskeyKey, string>>
