import { createHash } from 'node:crypto'
import { apiKeyContent, parseApiKey } from '@muhr/epgu'
import {
  acceptSealBatch,
  type SealBatch,
  type SubmittedSeal,
  viewSealBatch,
} from '@muhr/signer-key'
import type { AppContext } from '../app-context.ts'
import { Problem } from '../http/problems.ts'
import { loadAccount } from './accounts.ts'
import { refuseSeal } from './build-package.ts'
import { asPortalCall } from './portal-problem.ts'

const freshMs = 15 * 60_000
const openMs = 3_600_000

async function batchOf(app: AppContext, organisationId: string, id: string) {
  const account = await loadAccount(app, organisationId, id)
  if (account.source.kind !== 'account' || account.signerKey === undefined) {
    throw new Problem('workbench.key', 'The account has no signer key of its own.', {
      advice: 'Signatures for connections wait among /v1/seals.',
    })
  }
  const key = account.signerKey
  const opened = await asPortalCall(() => app.signerKeys.openAttended({ organisationId, key }))
  const bytes = apiKeyContent(parseApiKey(account.apiKey))
  const now = app.now().getTime()
  const batch: SealBatch = {
    key: opened.key,
    madeAt: new Date(Math.max(opened.key.description.notBefore.getTime(), now - freshMs)),
    due: new Date(now + openMs),
    items: [
      {
        name: 'api-key',
        sha256: createHash('sha256').update(bytes).digest('hex'),
        open: () => bytes,
      },
    ],
  }

  return { batch, revocation: opened.revocation }
}

/**
 * The API-Key of an account as the clerk's plug-in signs it: its digest alone.
 * @throws Problem `request.not-found`, `workbench.key`, `workbench.seal`
 */
export async function viewAccountSeal(app: AppContext, organisationId: string, id: string) {
  const { batch, revocation } = await batchOf(app, organisationId, id)

  return viewSealBatch(batch, { revocation }).catch(refuseSeal)
}

/**
 * Keeps a clerk's signature over the API-Key for the day that it serves.
 * @throws Problem `request.not-found`, `workbench.key`, `workbench.seal`
 */
export async function sealAccount(
  app: AppContext,
  { organisationId, id }: { readonly organisationId: string; readonly id: string },
  submitted: readonly SubmittedSeal[],
): Promise<void> {
  const { batch, revocation } = await batchOf(app, organisationId, id)
  const [accepted] = await acceptSealBatch(batch, submitted, { now: app.now(), revocation }).catch(
    refuseSeal,
  )
  if (accepted !== undefined) {
    await app.db
      .updateTable('workbench_accounts')
      // Its own time may be as early as that; ESIA counts from there.
      .set({ token_seal: Buffer.from(accepted.container), token_sealed_at: batch.madeAt })
      .where('id', '=', id)
      .where('organisation_id', '=', organisationId)
      .where('removed_at', 'is', null)
      .execute()
  }
}
