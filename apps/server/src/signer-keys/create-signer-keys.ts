import type { AppContext } from '../app-context.ts'
import { Problem } from '../http/problems.ts'
import type { SignerKeys } from '../seals/signer-keys.ts'
import { rememberRevocation } from './ask-revocation.ts'
import { findSignerKey } from './find-signer-keys.ts'
import { loadSignerKey } from './load-signer-key.ts'

/** The organisation's signer keys as the core seals with them: stored ones, each checked before it signs. */
export function createSignerKeys(
  app: Pick<AppContext, 'db' | 'config' | 'secrets' | 'trust' | 'now'>,
): SignerKeys {
  const revocationOf = rememberRevocation(app)

  return {
    describe: async ({ organisationId, key }) => {
      const row = await findSignerKey(app.db, organisationId, key)

      return row === undefined || row.removed_at !== null
        ? undefined
        : { kind: row.attendance, certificate: row.sha256 }
    },
    sign: async ({ organisationId, key: id, items, signal }) => {
      const { key } = await loadSignerKey(app, organisationId, id)
      if (key.attendance === 'attended') {
        throw new Problem('key.attended', 'The key signs by the hand of its clerk alone.')
      }
      const { certificate, sha256 } = key.description
      const revocation = await revocationOf(certificate, sha256)
      const seals: Uint8Array[] = []
      // One after another: a token or a program may serve one caller at a time.
      for (const item of items) {
        const signingTime = app.now()
        seals.push(await key.signDetached(item.open(), { signingTime, revocation, signal }))
      }

      return seals
    },
  }
}
