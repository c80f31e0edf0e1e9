import type { Catalogue } from '../message.ts'
import type { SignKey } from './ru.ts'

export const signEn = {
  'sign.tab': 'Sign documents',
  'sign.asks': {
    one: 'Asks you to sign {count} document',
    other: 'Asks you to sign {count} documents',
  },
  'sign.bin': 'BIN {bin}',
  'sign.signer': 'Signer: **{name}**',
  'sign.until': 'sign by {time}',
  'sign.envelope': 'Envelope: “{title}”',
  'sign.read': 'Read',
  'sign.read.label': 'Read: {name}',
  'sign.exact':
    'Exactly these files are signed: if a single character changes later, the check shows it.',
  'sign.hashes': 'Checksums of the files',
  'sign.decline': 'Decline to sign…',
  'sign.notMe': 'This is not me',
  'sign.verify': 'Check a signature',

  'sign.waiting': 'Not your turn yet',
  'sign.waiting.more': 'Others sign first. When your turn comes, this page follows by itself.',
  'sign.preparing': 'Getting ready',
  'sign.preparing.more': 'Usually a few seconds.',
  'sign.renewing': 'Making a new code',
  'sign.checking': 'Checking the signature',
  'sign.checking.more': 'Usually a few seconds. The result appears here.',
  'sign.held': 'The signature matches, waiting for data',
  'sign.held.more':
    'The certification authority has not answered yet. We will check again; nothing to do for you.',
  'sign.signed': 'Signed',
  'sign.signed.more': 'Checked {time}',
  'sign.signed.by': 'By the certificate: **{name}**',
  'sign.signed.accepted': 'The sender accepted the signature',
  'sign.signed.next': 'Nothing else to do. You can close this page.',
  'sign.copies': 'Your copy',
  'sign.copy.document': 'Document',
  'sign.copy.signature': 'Signature',
  'sign.copy.document.label': 'Download the document: {name}',
  'sign.copy.signature.label': 'Download the signature: {name}',
  'sign.declined': 'Your refusal is recorded',
  'sign.declined.more':
    'The sender sees it together with the reason. This link can no longer be used to sign.',
  'sign.expired': 'Signing time is over',
  'sign.expired.more': 'To sign, ask the sender for a new envelope: {organisation}.',
  'sign.voided': 'Signing was stopped',
  'sign.voided.more':
    'The sender took the documents back, or another signer declined. There is nothing to sign.',
  'sign.failed': 'Signing did not take place',
  'sign.failed.more': 'It is not your fault. Ask the sender for a new envelope: {organisation}.',
  'sign.codeOver': 'The code is over',
  'sign.codeOver.more': 'A new one takes a second.',
  'sign.newCode': 'Get a new code',

  'sign.attention.content':
    '**Other documents were signed.** Scan the code again and sign the documents of this page.',
  'sign.attention.person':
    '**This is another person’s signature.** Sign with the key that holds your number: {id}.',
  'sign.attention.verifier':
    '**The signature did not pass the check.** See that your certificate is valid and sign again.',
  'sign.attention.format': '**The signature arrived damaged.** Sign again.',

  'sign.decline.title': 'Decline to sign',
  'sign.decline.text':
    'The envelope stops for everybody. The sender sees the refusal and the reason: {organisation}.',
  'sign.decline.reason': 'Reason',
  'sign.decline.optional': 'optional',
  'sign.decline.confirm': 'Decline to sign',
  'sign.notMe.title': 'Is this link not for you?',
  'sign.notMe.text':
    'It was made for: **{name}**. If this is not you, do not sign. Close the page or tell the sender: then signing stops for everybody.',
  'sign.notMe.confirm': 'Tell the sender and stop',
  'sign.notMe.reason': 'The link reached another person',

  'sign.dead': 'This link does not work',
  'sign.dead.more': 'See that it was copied whole, or ask the sender for a new one.',
  'sign.say.viewed': 'Documents are open in the app',
} as const satisfies Catalogue<SignKey>
