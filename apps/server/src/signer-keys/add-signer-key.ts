import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import { json, type Tx } from '../database/open-database.ts'
import { Problem } from '../http/problems.ts'
import { sealMaterial } from './key-material.ts'
import type { PreparedKey } from './prepare-signer-key.ts'
import { recordKeyEvent } from './record-key-event.ts'

/**
 * Stores a key that was tried, its secret encrypted.
 * @returns its id
 * @throws Problem `key.duplicate` when the organisation has the same certificate in the same way already
 */
export async function addSignerKey(
  app: Pick<AppContext, 'ids' | 'now' | 'secrets'>,
  tx: Tx,
  input: {
    readonly caller: Caller
    readonly name: string
    readonly prepared: PreparedKey
    readonly acknowledges: boolean
  },
): Promise<string> {
  const { caller, prepared } = input
  const { description, settings, material } = prepared
  const id = app.ids.own('signer-key')
  const at = app.now()
  const owner = { organisationId: caller.organisationId, keyId: id }
  const isAttended = description.kind === 'browser-plugin'
  const isAcknowledged = input.acknowledges && description.isSoftware
  const inserted = await tx
    .insertInto('signer_keys')
    .values({
      id,
      organisation_id: caller.organisationId,
      name: input.name,
      kind: description.kind,
      attendance: isAttended ? 'attended' : 'unattended',
      certificate: Buffer.from(description.certificate),
      subject: description.subject,
      issuer: description.issuer,
      sha1: description.sha1,
      sha256: description.sha256,
      not_before: description.notBefore,
      not_after: description.notAfter,
      settings: json(settings),
      ...(isAttended
        ? { secret: null, secret_key_id: null }
        : sealMaterial(app.secrets, owner, material)),
      created_at: at,
      created_by: json(caller.actor),
      acknowledged_at: isAcknowledged ? at : null,
      acknowledged_by: isAcknowledged ? json(caller.actor) : null,
      removed_at: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['organisation_id', 'sha256', 'kind'])
        .where('removed_at', 'is', null)
        .doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  if (inserted === undefined) {
    throw new Problem('key.duplicate', 'This key is among those of the organisation.', {
      field: 'certificate',
    })
  }
  const event = { ...owner, at, actor: caller.actor }
  const data = { kind: description.kind, sha256: description.sha256 }
  await recordKeyEvent(tx, { ...event, type: 'added', data })
  if (isAcknowledged) {
    await recordKeyEvent(tx, { ...event, type: 'acknowledged' })
  }

  return id
}
