import type { SignerKey } from '@muhr/signer-key'
import type { AppContext } from '../app-context.ts'
import { Problem } from '../http/problems.ts'
import { expectSignerKey } from './change-signer-key.ts'
import type { SignerKeyRow } from './find-signer-keys.ts'
import { openMaterial } from './key-material.ts'
import { openSignerKey } from './open-signer-key.ts'

type Loader = Pick<AppContext, 'db' | 'config' | 'secrets'>

/** A key ready to seal, with its row's id and name. */
export type LoadedSignerKey = {
  readonly id: string
  readonly name: string
  readonly key: SignerKey
}

/**
 * Opens a key of an organisation to seal with: an unattended signer, or the description of an attended
 * one for `viewSealBatch` and `acceptSealBatch` of `@muhr/signer-key`. Opening a file store takes up to
 * half a second of hashing: load once for a whole package.
 *
 * @throws Problem `request.not-found`, `key.removed`, `key.unacknowledged` (a key in a file, in live
 *   mode, without a recorded acknowledgement), `key.secret-unreadable`
 * @throws SignerKeyError when it does not open; what its certificate forbids is told by signing
 */
export async function loadSignerKey(
  app: Loader,
  organisationId: string,
  keyId: string,
): Promise<LoadedSignerKey> {
  const row = await expectSignerKey(app.db, organisationId, keyId)
  if (app.config.mode === 'live' && needsAcknowledgement(row)) {
    throw new Problem('key.unacknowledged', 'A key in a file may not sign in live mode by itself.')
  }

  return { id: row.id, name: row.name, key: await openRow(app, row) }
}

/**
 * The key that a connection of an organisation seals with by default; undefined when none was chosen.
 * Throws as {@link loadSignerKey}.
 */
export async function loadChosenSignerKey(
  app: Loader,
  organisationId: string,
  connectionId: string,
): Promise<LoadedSignerKey | undefined> {
  const choice = await app.db
    .selectFrom('signer_key_choices')
    .select('signer_key_id')
    .where('organisation_id', '=', organisationId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst()

  return choice === undefined ? undefined : loadSignerKey(app, organisationId, choice.signer_key_id)
}

/** Is it a key in files that nobody has acknowledged? */
export function needsAcknowledgement(row: Pick<SignerKeyRow, 'kind' | 'acknowledged_at'>): boolean {
  return ['pkcs12', 'pem', 'cryptopro-container'].includes(row.kind) && row.acknowledged_at === null
}

/** Opens a row. Throws Problem `key.secret-unreadable`, and SignerKeyError. */
export function openRow(
  app: Pick<AppContext, 'config' | 'secrets'>,
  row: SignerKeyRow,
): Promise<SignerKey> {
  const owner = { organisationId: row.organisation_id, keyId: row.id }
  const material = openMaterial(app.secrets, owner, row)
  if (material === undefined) {
    throw new Problem('key.secret-unreadable', 'The key is encrypted under another secret key.')
  }

  return openSignerKey(app, {
    settings: row.settings,
    material,
    certificate: new Uint8Array(row.certificate),
    thumbprint: row.sha1,
  })
}
