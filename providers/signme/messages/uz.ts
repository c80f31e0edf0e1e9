import type { SignmeMessageKey } from './ru.ts'

export const uz = {
  'reason.signme.rejected': 'Qabul qiluvchi Sign.Meda soʻrovni rad etdi, sababini aytmadi.',
  'reason.signme.deleted':
    'Sign.Me faylni imzolanmasdan oldin oʻchirdi. Hujjatlarni qayta yuboring.',
  'reason.signme.wrong-user-phone':
    'Sign.Me bu telefonni bilmaydi. Raqamni va qabul qiluvchi roʻyxatdan oʻtganini tekshiring.',
  'reason.signme.wrong-user-email':
    'Sign.Me bu pochtani bilmaydi. Manzilni va qabul qiluvchi roʻyxatdan oʻtganini tekshiring.',
  'reason.signme.wrong-user':
    'Sign.Me bunday imzolovchini bilmaydi. Telefon, pochta va SNILS bir kishiniki ekanini tekshiring.',
  'reason.signme.wrong-company-inn':
    'Sign.Me bunday INNli tashkilotni bilmaydi. Raqamni va tashkilot roʻyxatdan oʻtganini tekshiring.',
  'reason.signme.wrong-company-ogrn':
    'Sign.Me bunday OGRNli tashkilotni bilmaydi. Raqamni va tashkilot roʻyxatdan oʻtganini tekshiring.',
  'reason.signme.wrong-company':
    'Sign.Me bunday tashkilotni bilmaydi yoki qabul qiluvchi uning xodimi emas. INN, OGRN va Sign.Medagi xodimlar roʻyxatini tekshiring.',
  'reason.signme.signer-unregistered':
    'Qabul qiluvchi Sign.Meda roʻyxatdan oʻtmagan, hujjatlar yuborilmadi. Roʻyxatdan oʻtishini soʻrang va qayta yuboring.',
  'reason.signme.company-unregistered':
    'Tashkilot Sign.Meda roʻyxatdan oʻtmagan, hujjatlar yuborilmadi. Uni roʻyxatdan oʻtkazib, qayta yuboring.',
  'reason.signme.wrong-method':
    'Sign.Me soʻrovimizni oʻqiy olmadi. Administratorga xabar bering: Muhr bilan Sign.Me orasida nimadir uni oʻzgartiradi.',
  'reason.signme.no-file':
    'Sign.Me soʻrovimizni oʻqiy olmadi. Administratorga xabar bering: Muhr bilan Sign.Me orasida nimadir uni oʻzgartiradi.',
  'reason.signme.no-filename':
    'Sign.Me soʻrovimizni oʻqiy olmadi. Administratorga xabar bering: Muhr bilan Sign.Me orasida nimadir uni oʻzgartiradi.',
  'reason.signme.wrong-file':
    'Sign.Me soʻrovimizni oʻqiy olmadi. Administratorga xabar bering: Muhr bilan Sign.Me orasida nimadir uni oʻzgartiradi.',
  'reason.signme.wrong-json':
    'Sign.Me soʻrovimizni oʻqiy olmadi. Administratorga xabar bering: Muhr bilan Sign.Me orasida nimadir uni oʻzgartiradi.',
  'reason.signme.cannot-create-file':
    'Sign.Me faylni saqlay olmadi. Nomini oʻzgartirib, qayta yuboring.',
  'reason.signme.cannot-create-request':
    'Sign.Meda ichki xato. Keyinroq yuboring; takrorlansa, vaqtini koʻrsatib Sign.Mega yozing.',
  'reason.signme.get-api-key':
    'Sign.Me kirish kalitini qabul qilmaydi: u notoʻgʻri, yopilgan yoki soʻrov boshqa manzildan ketgan. Administratorga xabar bering.',
  'reason.signme.unexplained':
    'Sign.Me rad etdi va sababini tushuntirmadi. Keyinroq yuboring yoki Sign.Mega yozing.',
  'reason.signme.invalid-argument':
    'Soʻrovni Sign.Me qoidalari boʻyicha tuzib boʻlmaydi. Administratorga xabar bering.',
  'reason.signme.redirected':
    'Sign.Me soʻrovni boshqa manzilga yoʻnaltirdi, biz u yerga bormaymiz. Ulanishdagi manzilni tekshiring.',
  'reason.signme.unreachable': 'Sign.Mega ulanib boʻlmayapti. Oʻzimiz takrorlaymiz.',
  'reason.signme.unavailable': 'Sign.Me vaqtincha ishlamayapti. Oʻzimiz takrorlaymiz.',
  'reason.signme.resting':
    'Sign.Me ketma-ket bir necha marta javob bermadi. Kutib, oʻzimiz takrorlaymiz.',
  'reason.signme.outcome-unknown': 'Sign.Me javobi yoʻqoldi: soʻrov yetib borgan boʻlishi mumkin.',
  'reason.signme.unreadable-answer':
    'Sign.Me javobi oʻqilmaydi: soʻrov yetib borgan boʻlishi mumkin.',
  'reason.signme.not-found': 'Sign.Me bu soʻrovni topmayapti. Yordam xizmatidan soʻrang.',
  'attention.signme.said-rejected':
    'Oluvchi soʻrovni rad etgani aytildi, lekin buni Sign.Medan tekshirib boʻlmaydi: javobi yoʻqolgan. Oluvchidan soʻrang; rad etgan boʻlsa, konvertni qaytarib oling.',
  'attention.signme.signed-earlier':
    'Bu faylda shu odamning oldingi imzosi turibdi: u hisoblanmadi. Yangisini kutamiz; imzolovchi ham shuni kutayotgani yoʻqmi, qarang.',
  'attention.signme.unreadable-answer':
    'Sign.Me imzolandi deydi, lekin imzoli javobi oʻqilmaydi. Oʻzimiz qayta soʻraymiz; yordam bermasa, Sign.Mega yozing.',
  'attention.collect-refused':
    'Sign.Me imzolarni oʻqib boʻlmaydigan koʻrinishda beradi. Ularni oʻzimiz yana soʻraymiz; takrorlansa, Sign.Mega yozing.',
  'plan.method-not-allowed': 'Sign.Meda bunday usul yoʻq. Odam yoki tashkilotni tanlang.',
  'plan.signme.signer-missing':
    'Sign.Me imzolovchini taniydigan telefon, pochta yoki SNILSni yozing.',
  'plan.signme.company-missing':
    'Nomidan imzolanadigan tashkilotning INN yoki OGRN raqamini yozing.',
  'plan.recipient-kind':
    'Shaxs tashkilotning OGRN va INNisiz imzolaydi. Ularni olib tashlang yoki tashkilotni tanlang.',
  'plan.signme.contact-proves-nothing':
    'Ulanish bitta telefon yoki pochtaga ishonmaydi. SNILS yoki INNni ham yozing.',
  'plan.signme.strange-number':
    'Raqamlardan biri Sign.Mening hech bir sertifikatida yoʻq. Uni olib tashlang yoki SNILS, INN yo OGRN koʻrsating.',
  'plan.signme.file-empty': 'Fayl boʻsh. Boshqasini tanlang.',
  'plan.signme.too-many-files': 'Fayllar ulanish ruxsat berganidan koʻp. Ikki konvertga boʻling.',
  'plan.signme.too-large':
    'Fayllar birgalikda ulanish ruxsat berganidan katta. Ikki konvertga boʻling.',
} as const satisfies Readonly<Record<SignmeMessageKey, string>>
