import type { Catalogue } from '../message.ts'
import type { SignKey } from './ru.ts'

export const signUz = {
  'sign.tab': 'Hujjatlarni imzolash',
  'sign.asks': {
    one: 'Sizdan {count} ta hujjatni imzolashni soʻraydi',
    other: 'Sizdan {count} ta hujjatni imzolashni soʻraydi',
  },
  'sign.bin': 'BSN (BIN) {bin}',
  'sign.signer': 'Imzolovchi: **{name}**',
  'sign.until': 'oxirgi muddat: {time}',
  'sign.envelope': 'Konvert: «{title}»',
  'sign.read': 'Oʻqish',
  'sign.read.label': 'Oʻqish: {name}',
  'sign.exact':
    'Imzo aynan shu fayllarga qoʻyiladi: keyin bitta belgi oʻzgarsa ham, tekshiruv buni koʻrsatadi.',
  'sign.hashes': 'Fayllarning nazorat yigʻindilari',
  'sign.decline': 'Imzolashdan bosh tortish…',
  'sign.notMe': 'Bu men emasman',
  'sign.verify': 'Imzoni tekshirish',

  'sign.waiting': 'Hozircha navbatingiz emas',
  'sign.waiting.more': 'Avval boshqalar imzolaydi. Navbatingiz kelganda sahifa oʻzi yangilanadi.',
  'sign.preparing': 'Imzolashga tayyorlayapmiz',
  'sign.preparing.more': 'Odatda bir necha soniya.',
  'sign.renewing': 'Yangi kod tayyorlanmoqda',
  'sign.checking': 'Imzo tekshirilmoqda',
  'sign.checking.more': 'Odatda bir necha soniya. Natija shu yerda chiqadi.',
  'sign.held': 'Imzo mos, maʼlumot kutilmoqda',
  'sign.held.more':
    'Tasdiqlovchi markaz hali javob bermadi. Oʻzimiz qayta tekshiramiz; sizdan hech narsa kerak emas.',
  'sign.signed': 'Imzolandi',
  'sign.signed.more': 'Tekshirildi: {time}',
  'sign.signed.by': 'Sertifikat boʻyicha: **{name}**',
  'sign.signed.accepted': 'Imzoni yuboruvchi qabul qildi',
  'sign.signed.next': 'Boshqa hech narsa kerak emas. Sahifani yopish mumkin.',
  'sign.copies': 'Sizning nusxangiz',
  'sign.copy.document': 'Hujjat',
  'sign.copy.signature': 'Imzo',
  'sign.copy.document.label': 'Hujjatni yuklab olish: {name}',
  'sign.copy.signature.label': 'Imzoni yuklab olish: {name}',
  'sign.declined': 'Rad etish yozib olindi',
  'sign.declined.more':
    'Yuboruvchi rad etishni va sababini koʻradi. Bu havola orqali endi imzolab boʻlmaydi.',
  'sign.expired': 'Imzolash muddati oʻtdi',
  'sign.expired.more': 'Imzolash uchun yuboruvchidan yangi konvert soʻrang: {organisation}.',
  'sign.voided': 'Imzolash toʻxtatildi',
  'sign.voided.more':
    'Yuboruvchi hujjatlarni qaytarib oldi yoki imzolovchilardan biri rad etdi. Imzolash shart emas.',
  'sign.failed': 'Imzolash amalga oshmadi',
  'sign.failed.more':
    'Bu sizning aybingiz emas. Yuboruvchidan yangi konvert soʻrang: {organisation}.',
  'sign.codeOver': 'Kod muddati oʻtdi',
  'sign.codeOver.more': 'Yangi kod bir soniyada tayyor boʻladi.',
  'sign.newCode': 'Yangi kod olish',

  'sign.attention.content':
    '**Boshqa hujjatlar imzolangan.** Kodni qayta skanerlang va shu sahifadagi hujjatlarni imzolang.',
  'sign.attention.person':
    '**Bu boshqa odamning imzosi.** Oʻz raqamingiz yozilgan kalit bilan imzolang: {id}.',
  'sign.attention.verifier':
    '**Imzo tekshiruvdan oʻtmadi.** Sertifikatingiz amal qilishini tekshirib, qayta imzolang.',
  'sign.attention.format': '**Imzo buzilgan holda keldi.** Qayta imzolang.',

  'sign.decline.title': 'Imzolashdan bosh tortish',
  'sign.decline.text':
    'Konvert hamma uchun toʻxtaydi. Rad etish va sababini yuboruvchi koʻradi: {organisation}.',
  'sign.decline.reason': 'Sababi',
  'sign.decline.optional': 'ixtiyoriy',
  'sign.decline.confirm': 'Imzolashdan bosh tortish',
  'sign.notMe.title': 'Havola sizga emasmi?',
  'sign.notMe.text':
    'U shu odamga berilgan: **{name}**. Bu siz boʻlmasangiz, imzolamang. Sahifani yoping yoki yuboruvchiga xabar bering: shunda imzolash hamma uchun toʻxtaydi.',
  'sign.notMe.confirm': 'Xabar berish va toʻxtatish',
  'sign.notMe.reason': 'Havola boshqa odamga kelgan',

  'sign.dead': 'Havola amal qilmaydi',
  'sign.dead.more': 'U toʻliq nusxalanganini tekshiring yoki yuboruvchidan yangisini soʻrang.',
  'sign.say.viewed': 'Hujjatlar ilovada ochildi',
} as const satisfies Catalogue<SignKey>
