import type { GoskeyKey } from './ru.ts'

export const en = {
  'picker.hint': 'by SNILS',
  'method.UKEP': 'Qualified signature (UKEP)',
  'method.UKEP.hint': 'A person; a biometric passport is needed',
  'method.UNEP': 'Unqualified signature (UNEP)',
  'method.UNEP.hint': 'A person; the app gets the certificate by itself',
  'method.UKEP_LEGAL': 'UKEP of a legal entity or entrepreneur',
  'method.UKEP_LEGAL.hint': 'SNILS of the signer and OGRN of the organisation are needed',
  'method.UKEP_TREASURY': 'UKEP with a certificate of the Treasury',
  'method.UKEP_TREASURY.hint': 'For employees of public bodies',
  'clerk.nearby':
    '**Goskey finds the signer by itself**, by SNILS. Let them open the app: the documents arrive there.',
  'observed.opened': 'The signer opened the documents in Goskey',
  'observed.fetched': 'Goskey showed the documents to the signer',
  'observed.said-signed': 'Goskey said that the documents are signed',
  'signer.title': 'Sign in Goskey',
  'signer.step1': 'Open the Goskey app on your phone: a notice comes too',
  'signer.step2': 'Find these documents among the incoming ones',
  'signer.step3': 'Look through them and press “Sign” (Подписать), or decline there',
  'signer.waiting': 'The documents are in the Goskey app or on their way',
  'signer.waiting.more': 'Once you have signed, this page follows by itself.',
  'signer.until': 'Goskey waits for the signature until **{time}**',
  'signer.over': 'The time in Goskey is over',
  'signer.over.more': 'We are asking Gosuslugi how it ended. Nothing to do.',
  'signer.preparing': 'The sender is preparing the documents',
  'signer.preparing.more':
    'They will arrive in the Goskey app. You can close this page and open it again.',
  'signer.look.sender': 'Sender',
  'signer.look.title': 'Title',
  'signer.look.documents': 'Documents',
  'signer.how': 'How to sign',
  'signer.first': 'Your first time in Goskey?',
  'signer.first.text':
    'The app gets you a certificate by itself. For a qualified signature it asks for a biometric foreign passport and the INN.',
  'signer.trouble': 'The documents are not in the app?',
  'signer.trouble.text':
    'Log in to Goskey with the Gosuslugi account whose SNILS stands here, and refresh the list. Documents arrive within a few minutes.',
  'signer.sandbox': 'Open the Goskey of the sandbox',
  'signer.privacy': 'Muhr does not see your private key: you sign inside Goskey.',
} as const satisfies Readonly<Record<GoskeyKey, string>>
