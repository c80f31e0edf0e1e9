import type { GoskeyKey } from './ru.ts'

export const uz = {
  name: 'Госключ',
  'name.short': 'Госкл',
  'picker.hint': 'SNILS boʻyicha',
  'method.UKEP': 'Malakali imzo (UKEP)',
  'method.UKEP.hint': 'Jismoniy shaxs; biometrik pasport kerak',
  'method.UNEP': 'Malakasiz imzo (UNEP)',
  'method.UNEP.hint': 'Jismoniy shaxs; sertifikatni ilova oʻzi oladi',
  'method.UKEP_LEGAL': 'Yuridik shaxs yoki tadbirkorning UKEP imzosi',
  'method.UKEP_LEGAL.hint': 'Yuridik shaxslar va tadbirkorlar uchun',
  'numbers.russian': 'Rossiya tashkiloti',
  'numbers.russian.hint': 'Imzolovchining SNILS va tashkilotning OGRN raqami',
  'numbers.foreign': 'Chet el tashkiloti',
  'numbers.foreign.hint': 'Filial yoki vakolatxonaning NZA raqami va imzolovchining INN raqami',
  'method.UKEP_TREASURY': 'Gʻaznachilik sertifikati bilan UKEP',
  'method.UKEP_TREASURY.hint': 'Davlat organlari xodimlari uchun',
  'clerk.nearby':
    '**Госключ imzolovchini SNILS boʻyicha oʻzi topadi.** Ilovani ochsin: hujjatlar oʻsha yerga keladi.',
  'observed.opened': 'Imzolovchi hujjatlarni Госключda ochdi',
  'observed.fetched': 'Госключ hujjatlarni imzolovchiga koʻrsatdi',
  'observed.said-signed': 'Госключ hujjatlar imzolanganini xabar qildi',
  'signer.title': 'Госключda imzolash',
  'signer.step1': 'Telefonda Госключ ilovasini oching: bildirishnoma ham keladi',
  'signer.step2': 'Kiruvchilar roʻyxatidan shu hujjatlarni toping',
  'signer.step3': 'Koʻrib chiqib, «Подписать» tugmasini bosing yoki oʻsha yerda rad eting',
  'signer.waiting': 'Hujjatlar Госключ ilovasida yoki yoʻlda',
  'signer.waiting.more': 'Imzolaganingizdan keyin bu sahifa oʻzi yangilanadi.',
  'signer.until': 'Госключ imzoni **{time}** gacha kutadi',
  'signer.over': 'Госключdagi muddat tugadi',
  'signer.over.more':
    'Nima bilan tugaganini Gosuslugidan soʻrayapmiz. Hech narsa qilish shart emas.',
  'signer.preparing': 'Yuboruvchi hujjatlarni tayyorlamoqda',
  'signer.preparing.more':
    'Ular Госключ ilovasiga keladi. Sahifani yopib, keyin qayta ochish mumkin.',
  'signer.look.sender': 'Yuboruvchi',
  'signer.look.title': 'Nomi',
  'signer.look.documents': 'Hujjatlar soni',
  'signer.how': 'Qanday imzolanadi',
  'signer.first': 'Госключda birinchi martami?',
  'signer.first.text':
    'Ilova sertifikatni oʻzi chiqaradi. Malakali imzo uchun biometrik chet el pasporti va INN soʻraladi.',
  'signer.trouble': 'Ilovada hujjatlar yoʻqmi?',
  'signer.trouble.text':
    'Госключga shu yerda koʻrsatilgan SNILS egasining Gosuslugi hisobi bilan kiring va roʻyxatni yangilang. Hujjatlar bir necha daqiqada keladi.',
  'signer.sandbox': 'Sinov rejimidagi Госключni ochish',
  'signer.privacy': 'Muhr yopiq kalitingizni koʻrmaydi: imzo Госключ ichida qoʻyiladi.',
} as const satisfies Readonly<Record<GoskeyKey, string>>
