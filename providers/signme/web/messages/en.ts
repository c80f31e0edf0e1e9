import type { SignmeKey } from './ru.ts'

export const en = {
  'picker.hint': 'by phone, e-mail',
  'method.PERSON': 'A person for themselves',
  'method.PERSON.hint': 'Sign.Me finds a person by phone, e-mail or SNILS',
  'method.COMPANY': 'On behalf of a company',
  'method.COMPANY.hint': 'Somebody on the staff of a company that Sign.Me knows',
  'field.phone.hint': 'Sign.Me finds the person by it. It proves nobody: no certificate has it.',
  'field.email.hint': 'May stand in place of the phone, where Sign.Me has it.',
  'field.snils.hint': 'We compare it with the certificate: it proves who signed.',
  'field.inn.person.hint': '12 digits. It proves who signed as well.',
  'field.inn.company.hint': 'We compare it with the certificate: it proves for whom is signed.',
  'field.ogrn.hint': 'In place of the INN, or beside it.',
  'clerk.nearby':
    '**The signer confirms on the site of Sign.Me**: by password and, where wanted, an SMS code. Pass the link of the signer page on.',
  'observed.said-signed': 'Sign.Me said that the documents are signed',
  'signer.title': 'Sign in Sign.Me',
  'signer.step1': 'sign.me opens, which is another site. The same documents are there',
  'signer.step2': 'Enter your password of Sign.Me there and, if asked, the SMS code',
  'signer.step3': 'Then come back here: we check the signature and give you your copy',
  'signer.step3.back': 'Sign.Me leads you back here: we check the signature and give you your copy',
  'signer.open': 'Open Sign.Me',
  'signer.here': 'Sign on this page',
  'signer.here.close': 'Take Sign.Me off this page',
  'signer.frame': 'Sign.Me: signing documents',
  'signer.frame.note': 'Below is the page of Sign.Me. Password and code are seen by Sign.Me alone.',
  'signer.waiting': 'Waiting for the signature at Sign.Me',
  'signer.waiting.more': 'Once you have signed, this page follows by itself.',
  'signer.preparing': 'Passing the documents to Sign.Me',
  'signer.preparing.more': 'Usually a few seconds. You can close this page and open it again.',
  'signer.over': 'The link of Sign.Me serves no more',
  'signer.over.more': 'We are asking how it ended. Nothing to do.',
  'signer.how': 'How to sign',
  'signer.trouble': 'The password does not fit?',
  'signer.trouble.text':
    'A wrong one does no harm: the request stays open, try again. A forgotten one is restored at sign.me. If it says that the request is not for you, tell the sender which phone your Sign.Me has.',
  'signer.attention.person':
    '**Signed under another account of Sign.Me.** The sender sees it and, where needed, sends a new request.',
  'signer.attention.content':
    '**Other documents were signed.** The sender sees it and, where needed, sends a new request.',
  'signer.attention.verifier':
    '**The signature did not pass its check.** See whether your certificate at Sign.Me is in force. The sender sees it and, where needed, sends a new request.',
  'signer.attention.format':
    '**The signature came damaged.** The sender sees it and, where needed, sends a new request.',
  'signer.privacy': 'Muhr sees neither password nor key: you sign inside Sign.Me.',
} as const satisfies Readonly<Record<SignmeKey, string>>
