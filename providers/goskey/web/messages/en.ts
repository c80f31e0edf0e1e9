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
    '**Goskey finds the signer by itself**, by SNILS. Let them open the app: the documents are there.',
  'observed.opened': 'The signer opened the documents in Goskey',
  'observed.fetched': 'Goskey showed the documents to the signer',
  'observed.said-signed': 'Goskey said that the documents are signed',
  'signer.title': 'Sign in Goskey',
  'signer.step1': 'Open the Goskey app on your phone',
  'signer.step2': 'Find these documents among the incoming ones and look through them',
  'signer.step3': 'Press “Sign”',
  'signer.waiting': 'The documents wait in the Goskey app',
  'signer.waiting.more': 'Once you have signed, this page follows by itself.',
  'signer.trouble': 'The documents are not in the app?',
  'signer.trouble.text':
    'Log in to Goskey with the Gosuslugi account whose SNILS stands here, and refresh the list. Documents arrive within a few minutes.',
  'signer.sandbox': 'Open the Goskey of the sandbox',
  'signer.privacy': 'Muhr does not see your private key: you sign inside Goskey.',
} as const satisfies Readonly<Record<GoskeyKey, string>>
