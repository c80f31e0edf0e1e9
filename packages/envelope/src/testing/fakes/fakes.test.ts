import { providerContract } from '../contract/provider-contract.ts'
import { createBrowserAttended } from './browser-attended.ts'
import { createCalledAndWatched } from './called-and-watched.ts'
import { createCallingUs } from './calling-us.ts'
import { createSealedAndPaced } from './sealed-and-paced.ts'

providerContract({ name: 'a service that calls us', create: () => createCallingUs() })

providerContract({ name: 'a browser with an attended seal', create: () => createBrowserAttended() })

for (const sealKey of ['unattended', 'attended'] as const) {
  providerContract({
    name: `a service that wants seals and counts, ${sealKey} key`,
    create: ({ clock }) => createSealedAndPaced({ clock, sealKey }),
  })
}

for (const idempotency of ['reserved', 'none'] as const) {
  for (const cancel of ['call', 'none'] as const) {
    providerContract({
      name: `a service that we call and watch, idempotency ${idempotency}, cancel ${cancel}`,
      create: ({ clock }) => createCalledAndWatched({ clock, idempotency, cancel }),
    })
  }
}
