import type { EgovMobileKey } from './ru.ts'

export const kk = {
  'picker.hint': 'сілтеме, QR арқылы',
  'method.CMS_WITH_DATA': 'Қолтаңба құжатпен бірге',
  'method.CMS_WITH_DATA.hint': 'Бір .cms файл: ішінде қолтаңба да, құжат та бар',
  'method.CMS_SIGN_ONLY': 'Қолтаңба құжаттан бөлек',
  'method.CMS_SIGN_ONLY.hint': 'Тексеру үшін екі файл да қажет',
  'clerk.nearby':
    '**Қол қоюшы қасыңызда ма?** Кодты eGov Mobile-де сканерлесін: «QR» → «Сканерлеу».',
  'observed.opened': 'eGov Mobile сипаттаманы сұрады (API № 1)',
  'observed.fetched': 'eGov Mobile құжаттарды алды (API № 2)',
  'signer.title': 'eGov Mobile арқылы қол қою',
  'signer.qr': 'eGov Mobile қолданбасына арналған QR-код',
  'signer.open': 'eGov Mobile-де ашу',
  'signer.step1': 'Телефонда eGov Mobile қолданбасын ашыңыз',
  'signer.step2': '«QR» түймесін басып, кодты сканерлеңіз',
  'signer.step3': 'Құжаттарды қарап, ЭЦҚ-мен қол қойыңыз',
  'signer.waiting': 'Телефоныңызды күтіп тұрмыз',
  'signer.waiting.more': 'Қол қойылғанша бұл бетті жаппаңыз.',
  'signer.opened': 'Құжаттар eGov Mobile-де ашылды',
  'signer.opened.more': 'Телефонда қол қойыңыз. Мұнда бәрі өзі жаңарады.',
  'signer.showQr': 'QR көрсету',
  'signer.hideQr': 'QR жасыру',
  'signer.trouble': 'Қолданба ашылмай ма?',
  'signer.trouble.text':
    'eGov Mobile қолданбасын App Store, Google Play немесе AppGallery-ден орнатып, оған кіріңіз де, түймені қайта басыңыз. Басқа телефонда QR-кодты сканерлеңіз.',
  'signer.sandbox': 'Сынақ телефонын ашу',
  'signer.privacy': 'Muhr жабық кілтіңізді көрмейді: қол eGov Mobile ішінде қойылады.',
} as const satisfies Readonly<Record<EgovMobileKey, string>>
