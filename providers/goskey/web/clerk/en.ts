import type { GoskeyClerkKey } from './ru.ts'

export const en = {
  'signing.sealing':
    '**The package waits for the sender’s signature.** A key on the server signs by itself; an employee’s key waits to be confirmed.',
  'signing.dispatching':
    '**The package is queued for Gosuslugi.** We send it as soon as their quota allows.',
  'signing.leaves':
    '**The package is queued for Gosuslugi.** It leaves at about {time}: the quota allows no sooner.',
  'signing.sent':
    '**Accepted by Gosuslugi.** The documents are in the Goskey app or on their way; we wait until {time}.',
  'signing.expired':
    '**Signing time is over.** Goskey keeps a request for 24 hours. Send the documents again.',
  'row.sealing': '{name}: the package waits for its turn or the sender’s signature',
  'row.dispatching': '{name}: queued for Gosuslugi',
  'row.sent': '{name}: waits to be signed in the Goskey app',
  'row.expired': '{name}: not signed within a day. Send it again.',
  'event.signing.sealing': 'The package waits for the sender’s signature: {name}',
  'event.signing.dispatching': 'Queued for Gosuslugi: {name}',
  'event.signing.sent': 'Accepted by Gosuslugi, waits in the Goskey app: {name}',
  'event.request.claimed': 'Calling Gosuslugi',
  'event.request.reserved': 'Gosuslugi gave the order its number',
  'event.request.opened': 'The package is uploaded to Gosuslugi',
  'window.until': 'Goskey keeps the request until **{time}**. After that it can be sent again.',
  'void.note':
    'Goskey takes nothing back: the documents stay in the app until {time}. A signature that comes is kept and completes nothing.',
  'quota.wait':
    'leaves at about {time}: Gosuslugi takes 20 orders in 10 minutes from each API-Key.',
} as const satisfies Readonly<Record<GoskeyClerkKey, string>>
