/** What the pages say about eGov Mobile: to the clerk who sends, to the signer who signs. */
export const ru = {
  'picker.hint': 'по ссылке, QR',
  'method.CMS_WITH_DATA': 'Подпись вместе с документом',
  'method.CMS_WITH_DATA.hint': 'Один файл .cms: в нём и подпись, и документ',
  'method.CMS_SIGN_ONLY': 'Подпись отдельно от документа',
  'method.CMS_SIGN_ONLY.hint': 'Для проверки нужны оба файла',
  'clerk.nearby': '**Подписант рядом?** Пусть отсканирует код в eGov Mobile: «QR» → «Сканировать».',
  'observed.opened': 'eGov Mobile запросил описание (API № 1)',
  'observed.fetched': 'eGov Mobile получил документы (API № 2)',
  'signer.title': 'Подписать в eGov Mobile',
  'signer.qr': 'QR-код для eGov Mobile',
  'signer.open': 'Открыть eGov Mobile',
  'signer.step1': 'Откройте приложение eGov Mobile на телефоне',
  'signer.step2': 'Нажмите «QR» и отсканируйте код',
  'signer.step3': 'Проверьте документы и подпишите их',
  'signer.waiting': 'Ждём ваш телефон',
  'signer.waiting.more': 'Не закрывайте страницу, пока не подпишете.',
  'signer.opened': 'Документы открыты в eGov Mobile',
  'signer.opened.more': 'Подпишите их в телефоне. Здесь всё обновится само.',
  'signer.showQr': 'Показать QR',
  'signer.hideQr': 'Скрыть QR',
  'signer.trouble': 'Приложение не открывается?',
  'signer.trouble.text':
    'Установите eGov Mobile из App Store, Google Play или AppGallery, войдите в него и снова нажмите кнопку. На другом телефоне отсканируйте QR.',
  'signer.sandbox': 'Открыть телефон песочницы',
  'signer.privacy': 'Muhr не видит ваш закрытый ключ: подпись ставится внутри eGov Mobile.',
} as const

export type EgovMobileKey = keyof typeof ru
