/** Words of the signer page as the server writes it, for a browser that runs no script. */
export type SignerTexts = {
  readonly asks: string
  readonly bin: string
  readonly forYou: string
  readonly until: string
  readonly documents: string
  readonly open: string
  readonly scan: string
  /** A link to the page of a service; `{service}` is its name. */
  readonly openPage: string
  /** For a service whose app finds its signer; `{service}` is its name. */
  readonly inApp: string
  readonly refresh: string
  readonly sandbox: string
  readonly unknown: string
  readonly states: { readonly [state: string]: string }
}

export type SignerLanguage = 'ru' | 'kk' | 'uz' | 'en'

/** Keys are the signing states of the design, and `not-your-turn`. */
export const signerTexts: { readonly [L in SignerLanguage]: SignerTexts } = {
  ru: {
    asks: 'Подписать просит',
    bin: 'БИН',
    forYou: 'Подписант',
    until: 'Подписать до',
    documents: 'Документы',
    open: 'Открыть в приложении',
    scan: 'Код для приложения показывается, когда в браузере включены сценарии.',
    openPage: 'Открыть {service}',
    inApp: 'Откройте на телефоне приложение {service}: документы придут туда.',
    refresh: 'Обновить',
    sandbox: 'Песочница: подписи не имеют юридической силы.',
    unknown: 'Такой ссылки нет. Откройте её точно так, как она прислана, или попросите новую.',
    states: {
      waiting: 'Готовим документы.',
      'not-your-turn': 'Сейчас подписывают другие. Мы ждём их, потом вас.',
      sealing: 'Отправитель готовит документы.',
      dispatching: 'Отправляем документы.',
      sent: 'Документы ждут вашей подписи.',
      viewed: 'Документы открыты в приложении. Ждём подпись.',
      received: 'Проверяем подпись.',
      held: 'Подпись получена, для проверки не хватает данных. Проверим сами.',
      signed: 'Подписано и проверено.',
      declined: 'Отказ записан.',
      expired: 'Срок подписания истёк. Обратитесь к отправителю.',
      voided: 'Отправитель отозвал документы.',
      failed: 'Отправить не удалось. Обратитесь к отправителю.',
    },
  },
  kk: {
    asks: 'Қол қоюды сұрайды',
    bin: 'БСН',
    forYou: 'Қол қоюшы',
    until: 'Қол қою мерзімі',
    documents: 'Құжаттар',
    open: 'Қолданбада ашу',
    scan: 'Қолданбаға арналған код браузерде сценарийлер қосулы болғанда көрінеді.',
    openPage: '{service} ашу',
    inApp: 'Телефонда {service} қолданбасын ашыңыз: құжаттар сонда келеді.',
    refresh: 'Жаңарту',
    sandbox: 'Сынақ режимі: қолтаңбалардың заңды күші жоқ.',
    unknown: 'Мұндай сілтеме жоқ. Оны жіберілгендей ашыңыз немесе жаңасын сұраңыз.',
    states: {
      waiting: 'Құжаттарды дайындап жатырмыз.',
      'not-your-turn': 'Қазір басқалар қол қойып жатыр. Кейін сіздің кезегіңіз.',
      sealing: 'Жіберуші құжаттарды дайындап жатыр.',
      dispatching: 'Құжаттарды жіберіп жатырмыз.',
      sent: 'Құжаттар қолтаңбаңызды күтуде.',
      viewed: 'Құжаттар қолданбада ашылды. Қолтаңбаны күтеміз.',
      received: 'Қолтаңбаны тексеріп жатырмыз.',
      held: 'Қолтаңба алынды, тексеруге дерек жетпейді. Өзіміз тексереміз.',
      signed: 'Қол қойылды және тексерілді.',
      declined: 'Бас тарту жазылды.',
      expired: 'Қол қою мерзімі өтті. Жіберушіге хабарласыңыз.',
      voided: 'Жіберуші құжаттарды кері қайтарды.',
      failed: 'Жіберу мүмкін болмады. Жіберушіге хабарласыңыз.',
    },
  },
  uz: {
    asks: 'Imzolashni soʻraydi',
    bin: 'BIN',
    forYou: 'Imzolovchi',
    until: 'Imzolash muddati',
    documents: 'Hujjatlar',
    open: 'Ilovada ochish',
    scan: 'Ilova uchun kod brauzerda skriptlar yoqilganda koʻrinadi.',
    openPage: '{service} sahifasini ochish',
    inApp: 'Telefonda {service} ilovasini oching: hujjatlar oʻsha yerga keladi.',
    refresh: 'Yangilash',
    sandbox: 'Sinov rejimi: imzolarning yuridik kuchi yoʻq.',
    unknown: 'Bunday havola yoʻq. Uni yuborilganidek oching yoki yangisini soʻrang.',
    states: {
      waiting: 'Hujjatlarni tayyorlayapmiz.',
      'not-your-turn': 'Hozir boshqalar imzolamoqda. Keyin sizning navbatingiz.',
      sealing: 'Yuboruvchi hujjatlarni tayyorlamoqda.',
      dispatching: 'Hujjatlarni yuboryapmiz.',
      sent: 'Hujjatlar imzoingizni kutmoqda.',
      viewed: 'Hujjatlar ilovada ochildi. Imzoni kutyapmiz.',
      received: 'Imzoni tekshiryapmiz.',
      held: 'Imzo olindi, tekshirish uchun maʼlumot yetarli emas. Oʻzimiz tekshiramiz.',
      signed: 'Imzolandi va tekshirildi.',
      declined: 'Rad etish yozildi.',
      expired: 'Imzolash muddati oʻtdi. Yuboruvchiga murojaat qiling.',
      voided: 'Yuboruvchi hujjatlarni qaytarib oldi.',
      failed: 'Yuborib boʻlmadi. Yuboruvchiga murojaat qiling.',
    },
  },
  en: {
    asks: 'Signature asked by',
    bin: 'BIN',
    forYou: 'Signer',
    until: 'Sign by',
    documents: 'Documents',
    open: 'Open in the app',
    scan: 'The code for the app is shown when the browser runs scripts.',
    openPage: 'Open {service}',
    inApp: 'Open the {service} app on your phone: the documents arrive there.',
    refresh: 'Refresh',
    sandbox: 'Sandbox: signatures have no legal force.',
    unknown: 'There is no such link. Open it exactly as it was sent, or ask for a new one.',
    states: {
      waiting: 'The documents are being prepared.',
      'not-your-turn': 'Others are signing now. After them it is your turn.',
      sealing: 'The sender is preparing the documents.',
      dispatching: 'The documents are being sent.',
      sent: 'The documents wait for your signature.',
      viewed: 'The documents are open in the app. We wait for the signature.',
      received: 'The signature is being checked.',
      held: 'The signature arrived; data for its check is missing. We check again by ourselves.',
      signed: 'Signed and checked.',
      declined: 'Declined.',
      expired: 'Signing time is over. Ask the sender.',
      voided: 'The sender took the documents back.',
      failed: 'The documents could not be sent. Ask the sender.',
    },
  },
}
