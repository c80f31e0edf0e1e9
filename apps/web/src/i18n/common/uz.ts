import type { Catalogue } from '../message.ts'
import type { CommonKey } from './ru.ts'

export const commonUz = {
  'app.skip': 'Mazmunga oʻtish',
  'app.languages': 'Til',
  'strip.name': 'Sinov rejimi',
  'strip.text': 'Sinov kalitlari va xizmat imitatorlari. Imzolar yuridik kuchga ega emas.',
  'strip.report': 'Sinov ishonch ildizlari boʻyicha tekshirildi. Bunday bayonnoma sudga yaramaydi.',
  'strip.phone': 'Simulyatorni ochish:',

  'state.draft': 'Qoralama',
  'state.waiting': 'Navbatda',
  'state.sealing': 'Yuboruvchi imzosi kerak',
  'state.unsealed': 'Yuboruvchi imzosi kerak',
  'state.dispatching': 'Yuborilmoqda',
  'state.sent': 'Yuborildi',
  'state.viewed': 'Ochildi',
  'state.received': 'Imzo tekshirilmoqda',
  'state.held': 'Imzo mos, maʼlumot yetishmaydi',
  'state.signed': 'Imzolandi',
  'state.completed': 'Yakunlandi',
  'state.declined': 'Rad etildi',
  'state.expired': 'Muddati oʻtdi',
  'state.voided': 'Bekor qilindi',
  'state.unknown': 'Aniqlanmoqda',
  'state.mismatch': 'Imzo mos emas',
  'state.failed': 'Xato',
  'state.passed': 'Imzo haqiqiy',
  'state.indeterminate': 'Maʼlumot yetarli emas',
  'state.refuted': 'Imzo haqiqiy emas',

  'id.snils': 'SNILS',
  'id.inn': 'INN',
  'id.ogrn': 'OGRN',
  'id.esiaOid': 'ESIA OID',
  'id.rafp': 'NZA (RAFP)',
  'id.iin': 'JSN (IIN)',
  'id.bin': 'BSN (BIN)',
  'id.pinfl': 'JSHSHIR',
  'id.uzInn': 'STIR',
  'id.phone': 'Telefon',
  'id.email': 'E-pochta',
  'id.masked': 'oxirgi raqamlari {digits}',

  'hash.copy': 'Xeshni nusxalash',
  'action.copy': 'Nusxalash',
  'action.retry': 'Takrorlash',
  'action.cancel': 'Bekor qilish',
  'action.close': 'Yopish',
  'action.refresh': 'Yangilash',
  'toast.copied': 'Nusxalandi',
  'toast.copyFailed': 'Nusxalab boʻlmadi: brauzer ruxsat bermadi',

  'qr.renew': 'Yangi kod',
  'qr.expired': 'Kod muddati oʻtdi',
  'qr.expiredAt': 'Kod muddati {time} da oʻtdi',
  'qr.left': 'Kod **{time}** dan keyin oʻzi yangilanadi',
  'qr.left.60': 'Kod bir daqiqadan keyin oʻzi yangilanadi',
  'qr.left.10': 'Kod 10 soniyadan keyin oʻzi yangilanadi',

  'live.lost': '**Aloqa yoʻq, maʼlumot {time} holatiga.** Oʻzimiz tiklaymiz.',

  'fault.network.lost': '**Server javob bermayapti.** Tarmoqni tekshirib, takrorlang.',
  'fault.page.failed':
    '**Sahifa ochilmadi.** Uni yangilang; takrorlansa, quyidagi kodni administratorga bering.',
  'fault.not-found': '**Bu yerda hech narsa yoʻq.** Manzilni tekshiring yoki roʻyxatga qayting.',
  'fault.forbidden': '**Bu amal uchun huquq yoʻq.** Tashkilot egasidan soʻrang.',
  'fault.too-many': '**Soʻrovlar juda koʻp.** Bir daqiqa kutib, takrorlang.',
  'fault.server':
    '**Serverda nosozlik.** Maʼlumotlar saqlangan. Takrorlang; yana chiqsa, quyidagi kodni administratorga bering.',
  'fault.session': '**Seans tugadi.** Yangi havola bilan kiring: kiritilganlar saqlangan.',
  'fault.moved': '**Holati oʻzgarib qolgan.** Sahifani yangilab, qayta koʻring.',
  'fault.fields': '**Qabul qilinmadi.** Nima toʻsqinlik qilayotgani maydonlarda koʻrsatilgan.',
  'fault.notSignature':
    '**Bu imzo emas.** .sig, .p7s, .p7m, .cms fayli, imzolangan .xml yoki dalillar arxivi .zip kerak.',
  'fault.unsupportedFormat':
    '**PDF ichidagi imzolar bu yerda hozircha tekshirilmaydi.** Imzoni alohida .sig yoki .p7s faylida soʻrang.',
  'fault.tooCostly':
    '**Fayl haqiqiy imzodan koʻra koʻp ish talab qiladi.** Yuboruvchidan imzoni qayta soʻrang.',
  'fault.tooLarge':
    '**Fayl juda katta.** Uni kichraytiring yoki administratordan chegarani koʻtarishni soʻrang.',
  'fault.other': '**Bajarilmadi.** {advice}',
  'fault.request': 'soʻrov {id}',
} as const satisfies Catalogue<CommonKey>
