import type { SignmeKey } from './ru.ts'

export const uz = {
  'picker.hint': 'telefon, pochta',
  'method.PERSON': 'Odam oʻz nomidan',
  'method.PERSON.hint': 'Sign.Me odamni telefon, pochta yoki SNILS boʻyicha topadi',
  'method.COMPANY': 'Tashkilot nomidan',
  'method.COMPANY.hint': 'Sign.Meda roʻyxatdan oʻtgan tashkilot xodimi',
  'field.phone.hint':
    'Sign.Me odamni shu boʻyicha topadi. Shaxsni isbotlamaydi: sertifikatda u yoʻq.',
  'field.email.hint': 'Sign.Meda pochta koʻrsatilgan boʻlsa, telefon oʻrniga yozing.',
  'field.snils.hint': 'Sertifikat bilan solishtiramiz: kim imzolaganini isbotlaydi.',
  'field.inn.person.hint': '12 raqam. Bu ham kim imzolaganini isbotlaydi.',
  'field.inn.company.hint': 'Sertifikat bilan solishtiramiz: kim nomidan imzolanganini isbotlaydi.',
  'field.ogrn.hint': 'INN oʻrniga yoki u bilan birga.',
  'clerk.nearby':
    '**Imzolovchi Sign.Me saytida tasdiqlaydi**: parol va kerak boʻlsa SMS kodi bilan. Unga imzolovchi sahifasi havolasini bering.',
  'observed.said-signed': 'Sign.Me xabar qildi: hujjatlar imzolandi',
  'signer.title': 'Sign.Meda imzolash',
  'signer.step1': 'sign.me ochiladi — bu boshqa sayt. U yerda ham shu hujjatlar',
  'signer.step2': 'U yerda Sign.Me parolini, soʻrasa SMS kodini ham kiriting',
  'signer.step3': 'Keyin shu yerga qayting: imzoni tekshirib, nusxangizni beramiz',
  'signer.step3.back': 'Sign.Me sizni shu yerga qaytaradi: imzoni tekshirib, nusxangizni beramiz',
  'signer.open': 'Sign.Meni ochish',
  'signer.here': 'Shu sahifada imzolash',
  'signer.here.close': 'Sign.Meni sahifadan olib tashlash',
  'signer.frame': 'Sign.Me: hujjatlarni imzolash',
  'signer.frame.note': 'Quyida Sign.Me sahifasi. Parol va kodni faqat Sign.Me koʻradi.',
  'signer.waiting': 'Sign.Medagi imzoni kutamiz',
  'signer.waiting.more': 'Imzolaganingizdan keyin sahifa oʻzi yangilanadi.',
  'signer.preparing': 'Hujjatlarni Sign.Mega uzatyapmiz',
  'signer.preparing.more': 'Odatda bir necha soniya. Sahifani yopib, qayta ochish mumkin.',
  'signer.over': 'Sign.Me havolasi endi ishlamaydi',
  'signer.over.more': 'Nima bilan tugaganini aniqlayapmiz. Hech narsa qilish shart emas.',
  'signer.how': 'Qanday imzolanadi',
  'signer.trouble': 'Parol mos kelmayaptimi?',
  'signer.trouble.text':
    'Xato qilish qoʻrqinchli emas: soʻrov ochiq qoladi, yana urinib koʻring. Unutilgan parol sign.me saytida tiklanadi. Soʻrov sizga emas deyilsa, Sign.Meda qaysi telefoningiz turganini yuboruvchiga ayting.',
  'signer.attention.person':
    '**Boshqa Sign.Me hisobi bilan imzolangan.** Yuboruvchi buni koʻradi va kerak boʻlsa yangi soʻrov yuboradi.',
  'signer.attention.content':
    '**Boshqa hujjatlar imzolangan.** Yuboruvchi buni koʻradi va kerak boʻlsa yangi soʻrov yuboradi.',
  'signer.attention.verifier':
    '**Imzo tekshiruvdan oʻtmadi.** Sign.Medagi sertifikatingiz amaldami, tekshiring. Yuboruvchi buni koʻradi va kerak boʻlsa yangi soʻrov yuboradi.',
  'signer.attention.format':
    '**Imzo buzilgan holda keldi.** Yuboruvchi buni koʻradi va kerak boʻlsa yangi soʻrov yuboradi.',
  'signer.privacy': 'Muhr parolni ham, kalitni ham koʻrmaydi: imzo Sign.Me ichida qoʻyiladi.',
} as const satisfies Readonly<Record<SignmeKey, string>>
