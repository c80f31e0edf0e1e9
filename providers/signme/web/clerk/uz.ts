import type { SignmeClerkKey } from './ru.ts'

export const uz = {
  'signing.dispatching':
    '**Hujjatlarni Sign.Mega uzatyapmiz.** Odatda bir necha soniya; xizmat tanaffusda boʻlsa, oʻzimiz takrorlaymiz.',
  'signing.sent':
    '**Sign.Meda soʻrov ochiq.** Imzolovchi tasdiqlashini kutamiz; Sign.Medan oʻzimiz soʻraymiz.',
  'signing.unknown':
    '**Soʻrov Sign.Mega yetdimi, aniqlayapmiz.** Javob yoʻqoldi. Oʻzimiz qayta yubormaymiz: ikkinchi soʻrov va ikkinchi xabar chiqardi.',
  'row.dispatching': '{name}: Sign.Mega uzatilmoqda',
  'row.sent': '{name}: Sign.Meda tasdiq kutmoqda',
  'row.unknown':
    '{name}: Sign.Me aniq javob bermadi. Yana soʻrang yoki qayta yuborishni hal qiling.',
  'event.signing.dispatching': 'Sign.Mega uzatilmoqda: {name}',
  'event.signing.sent': 'Sign.Meda soʻrov ochildi: {name}',
  'reason.absent': '(yetib bormadi: buni odam hal qildi)',
  'reason.superseded': '(almashtirildi)',
  'reason.cancelled': '(qaytarib olindi)',
  'reason.refused': '(rad etildi)',
  'mismatch.itself':
    'Sign.Meda bu soʻrov boʻyicha imzolangan, uni qaytarib olib boʻlmaydi. Konvertni qaytarib oling va yangisini yuboring.',
  'said.title': 'Sign.Me aytadi',
  'said.open': 'Imzolanmagan',
  'said.signed': 'Imzolandi',
  'said.declined': 'Rad etildi',
  'said.deleted': 'Fayl oʻchirildi',
  'said.worth': 'Xizmat soʻzi, dalil emas',
  vouched:
    '**Kim imzolagani Sign.Me soʻzidan maʼlum.** {who}: sertifikatda bu koʻrinmaydi. Hujjat imzosini oʻzimiz tekshirdik.',
  'unknown.look.hint':
    'Shu fayllarda imzo bormi, soʻraymiz. Sign.Me chaqiruvi yoki imzo kelsa, soʻrov oʻzi topiladi.',
  'unknown.again': 'Qayta yuborish…',
  'unknown.again.title': 'Qayta yuborish',
  'unknown.again.text':
    'Imzolovchi: {name}. Birinchi soʻrov yetib borgan boʻlishi mumkin: unda Sign.Meda ikkita soʻrov boʻladi va imzolovchi ikkinchi xabar oladi. Avval imzolovchidan yoki Sign.Me yordamidan soʻrang. Ikkalasidan kelgan imzo bir marta hisoblanadi.',
  'open.simulated': 'Sinov rejimidagi Sign.Meni ochish',
} as const satisfies Readonly<Record<SignmeClerkKey, string>>
