import type { EgovMobileKey } from './ru.ts'

export const en = {
  'picker.hint': 'by link or QR',
  'method.CMS_WITH_DATA': 'Signature together with the document',
  'method.CMS_WITH_DATA.hint': 'One .cms file that holds both',
  'method.CMS_SIGN_ONLY': 'Signature apart from the document',
  'method.CMS_SIGN_ONLY.hint': 'Both files are needed to check it',
  'clerk.nearby':
    '**Is the signer beside you?** Let them scan the code in eGov Mobile: “QR” → “Scan”.',
  'observed.opened': 'eGov Mobile asked for the description (API 1)',
  'observed.fetched': 'eGov Mobile took the documents (API 2)',
  'signer.title': 'Sign with eGov Mobile',
  'signer.qr': 'QR code for eGov Mobile',
  'signer.open': 'Open eGov Mobile',
  'signer.step1': 'Open the eGov Mobile app on your phone',
  'signer.step2': 'Press “QR” and scan the code',
  'signer.step3': 'Look through the documents and sign them',
  'signer.waiting': 'Waiting for your phone',
  'signer.waiting.more': 'Keep this page open until you have signed.',
  'signer.opened': 'Documents are open in eGov Mobile',
  'signer.opened.more': 'Sign them on the phone. This page follows by itself.',
  'signer.showQr': 'Show the QR code',
  'signer.hideQr': 'Hide the QR code',
  'signer.trouble': 'The app does not open?',
  'signer.trouble.text':
    'Install eGov Mobile from the App Store, Google Play or AppGallery, log in to it and press the button again. On another phone, scan the QR code.',
  'signer.sandbox': 'Open the sandbox phone',
  'signer.privacy': 'Muhr does not see your private key: you sign inside eGov Mobile.',
} as const satisfies Readonly<Record<EgovMobileKey, string>>
