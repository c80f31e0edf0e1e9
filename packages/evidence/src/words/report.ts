import type { Indication } from '@muhr/pki'
import type { Words } from './words.ts'

/** Verdict over one signature (ui: report). INDETERMINATE is never rounded up or down. */
export const verdictWords: Readonly<Record<Indication, Words>> = {
  'TOTAL-PASSED': {
    ru: 'Подпись действительна',
    kk: 'Қолтаңба жарамды',
    uz: 'Imzo haqiqiy',
    en: 'Signature is valid',
  },
  INDETERMINATE: {
    ru: 'Не хватает данных',
    kk: 'Дерек жеткіліксіз',
    uz: 'Maʼlumot yetarli emas',
    en: 'Not enough data',
  },
  'TOTAL-FAILED': {
    ru: 'Подпись недействительна',
    kk: 'Қолтаңба жарамсыз',
    uz: 'Imzo haqiqiy emas',
    en: 'Signature is not valid',
  },
}

/** How one part of a verdict over several signatures is counted. */
export const countWords: Readonly<Record<Indication, Words>> = {
  'TOTAL-PASSED': {
    ru: 'Подписей доказано: {count} из {total}',
    kk: 'Дәлелденген қолтаңба: {total} ішінен {count}',
    uz: 'Isbotlangan imzolar: {total} tadan {count}',
    en: 'Signatures proven: {count} of {total}',
  },
  INDETERMINATE: {
    ru: 'не хватает данных: {count}',
    kk: 'дерек жеткіліксіз: {count}',
    uz: 'maʼlumot yetarli emas: {count}',
    en: 'not enough data: {count}',
  },
  'TOTAL-FAILED': {
    ru: 'недействительных: {count}',
    kk: 'жарамсыз: {count}',
    uz: 'haqiqiy emas: {count}',
    en: 'not valid: {count}',
  },
}

/** What is said of a sandbox, on every page and in every language at once (design rule 9). */
export const sandboxWords: Words = {
  ru: 'ПЕСОЧНИЦА · ТЕСТОВЫЕ КЛЮЧИ · Для суда такой протокол не годится',
  kk: 'ҚҰМСАЛҒЫШ · СЫНАҚ КІЛТТЕРІ · Мұндай хаттама сотқа жарамайды',
  uz: 'SINOV MAYDONI · SINOV KALITLARI · Bunday bayonnoma sudga yaramaydi',
  en: 'SANDBOX · TEST KEYS · Not fit for a court',
}

/** Everything else that the pages of a bundle say. */
export const reportWords = {
  heading: {
    ru: 'Протокол проверки подписей',
    kk: 'Қолтаңбаларды тексеру хаттамасы',
    uz: 'Imzolarni tekshirish bayonnomasi',
    en: 'Report on signatures',
  },
  asOf: {
    ru: 'Так было при получении подписей. Как повторить проверку сейчас и без нас, сказано в конце.',
    kk: 'Қолтаңбалар алынған кездегі жағдай. Тексеруді қазір, бізсіз қайталау жолы соңында айтылған.',
    uz: 'Imzolar olingan paytdagi holat. Tekshiruvni hozir, bizsiz takrorlash yoʻli oxirida aytilgan.',
    en: 'This was found when the signatures were received. How to repeat it now, without us, is said at the end.',
  },
  envelope: { ru: 'Конверт', kk: 'Конверт', uz: 'Konvert', en: 'Envelope' },
  sender: { ru: 'Отправитель', kk: 'Жіберуші', uz: 'Yuboruvchi', en: 'Sender' },
  bin: { ru: 'БИН', kk: 'БСН', uz: 'BIN', en: 'BIN' },
  state: { ru: 'Состояние', kk: 'Күйі', uz: 'Holati', en: 'State' },
  created: { ru: 'Создан', kk: 'Жасалған', uz: 'Yaratilgan', en: 'Created' },
  sent: { ru: 'Отправлен', kk: 'Жіберілген', uz: 'Yuborilgan', en: 'Sent' },
  ended: { ru: 'Окончен', kk: 'Аяқталған', uz: 'Tugagan', en: 'Ended' },
  journal: {
    ru: 'Журнал',
    kk: 'Журнал',
    uz: 'Jurnal',
    en: 'Journal',
  },
  journalLine: {
    ru: 'Записей: {count}. Последний хеш цепочки: {hash}',
    kk: 'Жазбалар: {count}. Тізбектің соңғы хеші: {hash}',
    uz: 'Yozuvlar: {count}. Zanjirning oxirgi xeshi: {hash}',
    en: 'Records: {count}. Last hash of the chain: {hash}',
  },
  documents: { ru: 'Документы', kk: 'Құжаттар', uz: 'Hujjatlar', en: 'Documents' },
  title: { ru: 'Название', kk: 'Атауы', uz: 'Nomi', en: 'Title' },
  file: { ru: 'Файл', kk: 'Файл', uz: 'Fayl', en: 'File' },
  signaturesOver: { ru: 'Подписей', kk: 'Қолтаңба', uz: 'Imzolar', en: 'Signatures' },
  unsigned: {
    ru: 'подписей нет',
    kk: 'қолтаңба жоқ',
    uz: 'imzo yoʻq',
    en: 'no signature',
  },
  signatures: { ru: 'Подписи', kk: 'Қолтаңбалар', uz: 'Imzolar', en: 'Signatures' },
  uncounted: {
    ru: 'Не участвуют в итоге',
    kk: 'Нәтижеге кірмейді',
    uz: 'Natijaga kirmaydi',
    en: 'Not counted',
  },
  noSignatures: {
    ru: 'Подписей нет',
    kk: 'Қолтаңба жоқ',
    uz: 'Imzo yoʻq',
    en: 'No signatures',
  },
  who: { ru: 'Кто', kk: 'Кім', uz: 'Kim', en: 'Who' },
  expected: { ru: 'Ждали', kk: 'Күтілген', uz: 'Kutilgan', en: 'Expected' },
  byCertificate: {
    ru: 'По сертификату',
    kk: 'Сертификат бойынша',
    uz: 'Sertifikat boʻyicha',
    en: 'By certificate',
  },
  fromCertificate: {
    ru: 'из сертификата',
    kk: 'сертификаттан',
    uz: 'sertifikatdan',
    en: 'from the certificate',
  },
  organisation: { ru: 'Организация', kk: 'Ұйым', uz: 'Tashkilot', en: 'Organisation' },
  role: { ru: 'Роль', kk: 'Рөлі', uz: 'Roli', en: 'Role' },
  when: { ru: 'Когда', kk: 'Қашан', uz: 'Qachon', en: 'When' },
  stampedTime: {
    ru: 'по метке времени, не по часам подписанта',
    kk: 'уақыт белгісі бойынша, қол қоюшының сағаты бойынша емес',
    uz: 'vaqt belgisi boʻyicha, imzolovchining soati boʻyicha emas',
    en: 'by the time-stamp, not by the clock of the signer',
  },
  claimedTime: {
    ru: 'по часам подписанта; метки времени нет',
    kk: 'қол қоюшының сағаты бойынша; уақыт белгісі жоқ',
    uz: 'imzolovchining soati boʻyicha; vaqt belgisi yoʻq',
    en: 'by the clock of the signer; there is no time-stamp that holds',
  },
  byWhat: { ru: 'Чем', kk: 'Немен', uz: 'Nima bilan', en: 'By what' },
  certificate: {
    ru: 'Сертификат {serial}, издатель: {issuer}',
    kk: 'Сертификат {serial}, шығарушы: {issuer}',
    uz: 'Sertifikat {serial}, beruvchi: {issuer}',
    en: 'Certificate {serial}, issued by: {issuer}',
  },
  algorithm: { ru: 'Алгоритм', kk: 'Алгоритм', uz: 'Algoritm', en: 'Algorithm' },
  document: { ru: 'Документ', kk: 'Құжат', uz: 'Hujjat', en: 'Document' },
  signatureFile: {
    ru: 'Файл подписи',
    kk: 'Қолтаңба файлы',
    uz: 'Imzo fayli',
    en: 'Signature file',
  },
  standing: { ru: 'В конверте', kk: 'Конвертте', uz: 'Konvertda', en: 'In the envelope' },
  accepted: {
    ru: 'Принято человеком',
    kk: 'Адам қабылдаған',
    uz: 'Odam qabul qilgan',
    en: 'Accepted by a person',
  },
  next: { ru: 'Что сделать', kk: 'Не істеу керек', uz: 'Nima qilish kerak', en: 'What to do' },
  meanwhile: {
    ru: 'До этого не считайте подпись ни верной, ни поддельной.',
    kk: 'Оған дейін қолтаңбаны дұрыс деп те, жалған деп те санамаңыз.',
    uz: 'Ungacha imzoni haqiqiy ham, soxta ham deb hisoblamang.',
    en: 'Until then take the signature neither for good nor for forged.',
  },
  technical: {
    ru: 'Технические подробности',
    kk: 'Техникалық мәліметтер',
    uz: 'Texnik tafsilotlar',
    en: 'Technical details',
  },
  again: {
    ru: 'Проверьте сами, без нас',
    kk: 'Бізсіз өзіңіз тексеріңіз',
    uz: 'Bizsiz oʻzingiz tekshiring',
    en: 'Check it yourself, without us',
  },
  againHow: {
    ru: 'Команда ниже даёт тот же результат на любом компьютере, без сети. ROOT.pem: корневые сертификаты, которым доверяете вы; возьмите их у самого удостоверяющего центра. Другие способы, в том числе openssl, описаны в README.txt.',
    kk: 'Төмендегі команда кез келген компьютерде, желісіз сол нәтижені береді. ROOT.pem: өзіңіз сенетін түбірлік сертификаттар; оларды куәландырушы орталықтың өзінен алыңыз. Басқа тәсілдер, оның ішінде openssl, README.txt файлында.',
    uz: 'Quyidagi buyruq istalgan kompyuterda, tarmoqsiz shu natijani beradi. ROOT.pem: oʻzingiz ishonadigan ildiz sertifikatlari; ularni markazning oʻzidan oling. Boshqa usullar, jumladan openssl, README.txt faylida.',
    en: 'The command below gives the same result on any computer, offline. ROOT.pem: the root certificates that you trust, taken from the authority itself. Other ways, openssl among them, are in README.txt.',
  },
} as const satisfies Record<string, Words>

/** How a signature stood in its envelope. */
export const standingWords: Readonly<Record<string, Words>> = {
  accepted: { ru: 'принята', kk: 'қабылданған', uz: 'qabul qilingan', en: 'accepted' },
  held: {
    ru: 'ждёт данных или решения человека',
    kk: 'деректі не адамның шешімін күтуде',
    uz: 'maʼlumot yoki odam qarorini kutmoqda',
    en: 'waits for data or for a person to decide',
  },
  refused: {
    ru: 'отклонена при получении; в итоге не участвует',
    kk: 'алынған кезде қабылданбаған; нәтижеге кірмейді',
    uz: 'olinganda rad etilgan; natijaga kirmaydi',
    en: 'refused when it came; does not count',
  },
  late: {
    ru: 'пришла после окончания; в итоге не участвует',
    kk: 'аяқталғаннан кейін келген; нәтижеге кірмейді',
    uz: 'tugagandan keyin kelgan; natijaga kirmaydi',
    en: 'came after the end; does not count',
  },
}

/** Roles that Kazakh certificates state, by OID, as far as they say who may sign. */
export const roleWords: Readonly<Record<string, Words>> = {
  '1.2.398.3.3.4.1.1': {
    ru: 'физическое лицо',
    kk: 'жеке тұлға',
    uz: 'jismoniy shaxs',
    en: 'individual',
  },
  '1.2.398.3.3.4.1.2': {
    ru: 'юридическое лицо',
    kk: 'заңды тұлға',
    uz: 'yuridik shaxs',
    en: 'legal entity',
  },
  '1.2.398.3.3.4.1.2.1': {
    ru: 'первый руководитель',
    kk: 'бірінші басшы',
    uz: 'birinchi rahbar',
    en: 'head of the organisation',
  },
  '1.2.398.3.3.4.1.2.2': {
    ru: 'право подписи',
    kk: 'қол қою құқығы',
    uz: 'imzo huquqi',
    en: 'right to sign',
  },
  '1.2.398.3.3.4.1.2.3': {
    ru: 'право подписи финансовых документов',
    kk: 'қаржы құжаттарына қол қою құқығы',
    uz: 'moliyaviy hujjatlarni imzolash huquqi',
    en: 'right to sign financial documents',
  },
  '1.2.398.3.3.4.1.2.4': {
    ru: 'сотрудник отдела кадров',
    kk: 'кадр бөлімінің қызметкері',
    uz: 'kadrlar boʻlimi xodimi',
    en: 'human resources',
  },
  '1.2.398.3.3.4.1.2.5': {
    ru: 'сотрудник организации',
    kk: 'ұйым қызметкері',
    uz: 'tashkilot xodimi',
    en: 'employee',
  },
}

/** Names of national numbers. */
export const numberWords = {
  snils: { ru: 'СНИЛС', kk: 'СНИЛС', uz: 'SNILS', en: 'SNILS' },
  inn: { ru: 'ИНН', kk: 'ИНН', uz: 'INN', en: 'INN' },
  ogrn: { ru: 'ОГРН', kk: 'ОГРН', uz: 'OGRN', en: 'OGRN' },
  iin: { ru: 'ИИН', kk: 'ЖСН', uz: 'IIN', en: 'IIN' },
  bin: { ru: 'БИН', kk: 'БСН', uz: 'BIN', en: 'BIN' },
  pinfl: { ru: 'ПИНФЛ', kk: 'ПИНФЛ', uz: 'JSHSHIR', en: 'PINFL' },
} as const satisfies Record<string, Words>

/** Envelope states, for people. */
export const stateWords: Readonly<Record<string, Words>> = {
  sent: { ru: 'отправлен', kk: 'жіберілді', uz: 'yuborildi', en: 'sent' },
  completed: { ru: 'завершён', kk: 'аяқталды', uz: 'yakunlandi', en: 'completed' },
  declined: { ru: 'отказ', kk: 'бас тартылды', uz: 'rad etildi', en: 'declined' },
  expired: { ru: 'срок истёк', kk: 'мерзімі өтті', uz: 'muddati oʻtdi', en: 'expired' },
  voided: { ru: 'отозван', kk: 'қайтарып алынды', uz: 'bekor qilindi', en: 'voided' },
  failed: { ru: 'сбой', kk: 'сәтсіз', uz: 'xato', en: 'failed' },
}
