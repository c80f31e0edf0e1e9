import type { SignmeClerkKey } from './ru.ts'

export const en = {
  'signing.dispatching':
    '**Passing the documents to Sign.Me.** Usually a few seconds; while the service rests, we wait and try again.',
  'signing.sent':
    '**The request is open at Sign.Me.** Waiting for the signer to confirm; we keep asking Sign.Me.',
  'signing.unknown':
    '**Checking whether the request reached Sign.Me.** Its answer was lost. We do not send again by ourselves: that would make a second request and a second message to the signer.',
  'row.dispatching': '{name}: going to Sign.Me',
  'row.sent': '{name}: waits to be confirmed at Sign.Me',
  'row.unknown':
    '{name}: Sign.Me gave no clear answer. Ask again, or decide whether to send again.',
  'event.signing.dispatching': 'Going to Sign.Me: {name}',
  'event.signing.sent': 'Request open at Sign.Me: {name}',
  'reason.absent': '(it is not there: a person said so)',
  'reason.superseded': '(replaced)',
  'reason.cancelled': '(taken back)',
  'reason.refused': '(refused)',
  'mismatch.itself':
    'This request is signed at Sign.Me and cannot be taken back. Void the envelope and send a new one.',
  'said.title': 'Sign.Me says',
  'said.open': 'Not signed',
  'said.signed': 'Signed',
  'said.declined': 'Rejected',
  'said.deleted': 'File deleted',
  'said.worth': 'The word of the service, no proof',
  vouched:
    '**Who signed is known on the word of Sign.Me.** {who}: no certificate shows that. The signature over the document was verified by us.',
  'unknown.look.hint':
    'We ask whether a signature over these files has appeared. Once Sign.Me calls us or a signature comes, the request is found by itself.',
  'unknown.again': 'Send again…',
  'unknown.again.title': 'Send again',
  'unknown.again.text':
    'Signer: {name}. The first request may have arrived: then Sign.Me has two of them, and the signer gets a second message. Ask the signer or the support of Sign.Me first. A signature under either counts once.',
  'open.simulated': 'Open the Sign.Me of the sandbox',
} as const satisfies Readonly<Record<SignmeClerkKey, string>>
