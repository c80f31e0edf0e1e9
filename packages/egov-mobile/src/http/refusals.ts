import type { AppLocale } from './read-locale.ts'

/** A text for the signer in each language of the app. */
export type AppText = Readonly<Record<AppLocale, string>>

export type RefusalEntry = {
  readonly status: number
  /** Whether the same link may be used again: after a 403 the app can sign once more. */
  readonly open: boolean
  readonly text: AppText
}

/**
 * Every refusal that the app can get: its HTTP status and its text. 200 and 403 are the seed's
 * (section "Возвращаемые статусы"), the other codes are ours [assumed]. What concerns a signature is
 * always 403: never 400, never 500.
 */
export const refusals = {
  'malformed-body': {
    status: 400,
    open: true,
    text: {
      ru: 'Ответ приложения не прочитан. Отсканируйте код ещё раз.',
      kk: 'Қолданбаның жауабы оқылмады. Кодты қайта сканерлеңіз.',
      en: 'The answer of the app could not be read. Scan the code again.',
    },
  },
  unauthenticated: {
    status: 401,
    open: true,
    text: {
      ru: 'Нет доступа к документам. Отсканируйте код ещё раз.',
      kk: 'Құжаттарға рұқсат жоқ. Кодты қайта сканерлеңіз.',
      en: 'No access to the documents. Scan the code again.',
    },
  },
  'signature-invalid': {
    status: 403,
    open: true,
    text: {
      ru: 'Подпись не прошла проверку. Подпишите ещё раз.',
      kk: 'Қолтаңба тексеруден өтпеді. Қайта қол қойыңыз.',
      en: 'The signature did not pass the check. Sign again.',
    },
  },
  'signature-unreadable': {
    status: 403,
    open: true,
    text: {
      ru: 'Подпись не прочитана. Подпишите ещё раз.',
      kk: 'Қолтаңба оқылмады. Қайта қол қойыңыз.',
      en: 'The signature could not be read. Sign again.',
    },
  },
  'signature-missing': {
    status: 403,
    open: true,
    text: {
      ru: 'Документ вернулся без подписи. Подпишите ещё раз.',
      kk: 'Құжат қолтаңбасыз қайтты. Қайта қол қойыңыз.',
      en: 'A document came back unsigned. Sign again.',
    },
  },
  'other-content': {
    status: 403,
    open: true,
    text: {
      ru: 'Подписан не тот документ. Отсканируйте код и подпишите показанный.',
      kk: 'Басқа құжатқа қол қойылған. Кодты сканерлеп, көрсетілгеніне қол қойыңыз.',
      en: 'Another document was signed. Scan the code and sign the one shown.',
    },
  },
  'other-person': {
    status: 403,
    open: true,
    text: {
      ru: 'Подпись другого человека. Подписать должен тот, кому отправлен документ.',
      kk: 'Басқа адамның қолтаңбасы. Құжат кімге жіберілсе, сол қол қоюы керек.',
      en: 'Signed by another person. The one to whom it was sent has to sign.',
    },
  },
  'certificate-expired': {
    status: 403,
    open: true,
    text: {
      ru: 'Срок сертификата истёк. Выберите действующий ключ.',
      kk: 'Сертификаттың мерзімі өтті. Жарамды кілтті таңдаңыз.',
      en: 'The certificate has expired. Choose a valid key.',
    },
  },
  'certificate-revoked': {
    status: 403,
    open: true,
    text: {
      ru: 'Сертификат отозван. Выберите действующий ключ.',
      kk: 'Сертификат қайтарып алынған. Жарамды кілтті таңдаңыз.',
      en: 'The certificate is revoked. Choose a valid key.',
    },
  },
  'certificate-untrusted': {
    status: 403,
    open: true,
    text: {
      ru: 'Сертификат выдан неизвестным центром. Выберите ключ НУЦ РК.',
      kk: 'Сертификатты белгісіз орталық берген. ҚР ҰКО кілтін таңдаңыз.',
      en: 'The certificate is from an unknown authority. Choose a key of NCA RK.',
    },
  },
  'certificate-purpose': {
    status: 403,
    open: true,
    text: {
      ru: 'Этот ключ не для подписи документов. Выберите ключ подписи.',
      kk: 'Бұл кілт құжатқа қол қоюға арналмаған. Қол қою кілтін таңдаңыз.',
      en: 'This key is not for signing documents. Choose a signing key.',
    },
  },
  'timestamp-missing': {
    status: 403,
    open: true,
    text: {
      ru: 'В подписи нет верной метки времени. Подпишите ещё раз.',
      kk: 'Қолтаңбада дұрыс уақыт белгісі жоқ. Қайта қол қойыңыз.',
      en: 'The signature has no valid time-stamp. Sign again.',
    },
  },
  'check-unavailable': {
    status: 403,
    open: true,
    text: {
      ru: 'Подпись пока нельзя проверить. Повторите через несколько минут.',
      kk: 'Қолтаңбаны әзірге тексеру мүмкін емес. Бірнеше минуттан кейін қайталаңыз.',
      en: 'The signature cannot be checked yet. Repeat in a few minutes.',
    },
  },
  'documents-changed': {
    status: 403,
    open: true,
    text: {
      ru: 'Вернулись не те документы. Отсканируйте код ещё раз.',
      kk: 'Басқа құжаттар қайтты. Кодты қайта сканерлеңіз.',
      en: 'Other documents came back. Scan the code again.',
    },
  },
  'sign-method-changed': {
    status: 403,
    open: true,
    text: {
      ru: 'Способ подписания изменён. Отсканируйте код ещё раз.',
      kk: 'Қол қою тәсілі өзгерген. Кодты қайта сканерлеңіз.',
      en: 'The way of signing was changed. Scan the code again.',
    },
  },
  'unknown-session': {
    status: 404,
    open: false,
    text: {
      ru: 'Запрос не найден. Попросите отправителя о новом коде.',
      kk: 'Сұрау табылмады. Жіберушіден жаңа код сұраңыз.',
      en: 'The request was not found. Ask the sender for a new code.',
    },
  },
  'method-not-allowed': {
    status: 405,
    open: true,
    text: {
      ru: 'Такой запрос не принимается. Обновите eGov Mobile и повторите.',
      kk: 'Мұндай сұрау қабылданбайды. eGov Mobile қолданбасын жаңартып, қайталаңыз.',
      en: 'Such a call is not accepted. Update eGov Mobile and repeat.',
    },
  },
  'already-signed': {
    status: 409,
    open: false,
    text: {
      ru: 'Документы уже подписаны. Ничего делать не нужно.',
      kk: 'Құжаттарға қол қойылған. Ештеңе істеудің қажеті жоқ.',
      en: 'The documents are signed already. Nothing to do.',
    },
  },
  expired: {
    status: 410,
    open: false,
    text: {
      ru: 'Срок кода истёк. Отсканируйте новый код.',
      kk: 'Кодтың мерзімі өтті. Жаңа кодты сканерлеңіз.',
      en: 'The code has expired. Scan the new one.',
    },
  },
  canceled: {
    status: 410,
    open: false,
    text: {
      ru: 'Подписание отменено. Попросите отправителя о новом коде.',
      kk: 'Қол қою тоқтатылды. Жіберушіден жаңа код сұраңыз.',
      en: 'Signing was cancelled. Ask the sender for a new code.',
    },
  },
  replaced: {
    status: 410,
    open: false,
    text: {
      ru: 'Этот код больше не действует. Дальше смотрите на странице подписания.',
      kk: 'Бұл код енді жарамсыз. Әрі қарай қол қою бетінен қараңыз.',
      en: 'This code is no longer valid. Go on from the signing page.',
    },
  },
  withdrawn: {
    status: 410,
    open: false,
    text: {
      ru: 'Документы отозваны. Спросите отправителя.',
      kk: 'Құжаттар қайтарып алынды. Жіберушіден сұраңыз.',
      en: 'The documents were withdrawn. Ask the sender.',
    },
  },
  'too-large': {
    status: 413,
    open: true,
    text: {
      ru: 'Ответ приложения слишком велик. Сообщите отправителю.',
      kk: 'Қолданбаның жауабы тым үлкен. Жіберушіге хабарлаңыз.',
      en: 'The answer of the app is too large. Tell the sender.',
    },
  },
  unavailable: {
    status: 503,
    open: true,
    text: {
      ru: 'Сервис временно недоступен. Повторите через минуту.',
      kk: 'Сервис уақытша қолжетімсіз. Бір минуттан кейін қайталаңыз.',
      en: 'The service is not available now. Repeat in a minute.',
    },
  },
} as const satisfies Readonly<Record<string, RefusalEntry>>

export type RefusalCode = keyof typeof refusals

/** The refusals that a verifier of signatures can have cause for; all of them answer 403. */
export type SignatureRefusalCode = {
  [Code in RefusalCode]: (typeof refusals)[Code]['status'] extends 403 ? Code : never
}[RefusalCode]
