import { randomBytes } from 'node:crypto'
import { createApiKey } from '../auth/api-keys.ts'
import { scopes } from '../auth/roles.ts'
import { createLoginLink } from '../auth/sessions.ts'
import type { Config } from '../config/index.ts'
import { json } from '../database/open-database.ts'
import { createIds } from './ids.ts'
import { withDatabase } from './with-database.ts'

const linkLifeMs = 24 * 3_600_000

export type NewOrganisation = {
  /** As its papers say; shown to signers in every language that has no name of its own. */
  readonly name: string
  readonly names: {
    readonly ru?: string
    readonly kk?: string
    readonly uz?: string
    readonly en?: string
  }
  /** 12 digits; eGov Mobile shows it to the signer. */
  readonly bin?: string | undefined
  readonly ownerName: string
  readonly locale: 'ru' | 'kk' | 'uz' | 'en'
}

export type AddedOrganisation = {
  readonly id: string
  readonly loginUrl: string
  /** Shown this one time; only its hash is kept. */
  readonly apiKey: string
}

/**
 * Makes a real organisation: its owner, an API key, and a connection to eGov Mobile under the policy
 * `kz-500` with the defaults of the environment. What the sandbox does by itself, in live mode only an
 * operator at the data folder does.
 */
export function addOrganisation(
  config: Config,
  wanted: NewOrganisation,
): Promise<AddedOrganisation> {
  return withDatabase(config, async (db) => {
    const ids = createIds()
    const id = ids.next('organisation')
    const owner = ids.own('user')

    return db.transaction().execute(async (tx) => {
      await tx
        .insertInto('organisations')
        .values({
          id,
          name: wanted.name,
          names: json({ ru: wanted.name, kk: wanted.name, en: wanted.name, ...wanted.names }),
          bin: wanted.bin ?? null,
          inn: null,
          sandbox: false,
          salt: randomBytes(32),
        })
        .execute()
      await tx
        .insertInto('users')
        .values({
          id: owner,
          organisation_id: id,
          name: wanted.ownerName,
          role: 'owner',
          locale: wanted.locale,
        })
        .execute()
      await tx
        .insertInto('connections')
        .values({
          id: ids.next('connection'),
          organisation_id: id,
          provider: 'egov-mobile',
          name: 'eGov Mobile',
          settings: json({
            launcher: config.egovMobile.linkPreset,
            linkLifeSeconds: config.egovMobile.linkTtlSeconds,
            auth: config.egovMobile.auth,
            encoder: config.egovMobile.linkEncoder,
          }),
          policy: 'kz-500',
          cursor: null,
        })
        .execute()
      const apiKey = await createApiKey(tx, {
        id: ids.own('api-key'),
        organisationId: id,
        name: 'first',
        scopes,
      })
      const token = await createLoginLink(tx, {
        userId: owner,
        now: new Date(),
        lifeMs: linkLifeMs,
      })

      return { id, apiKey, loginUrl: `${config.publicUrl}/login/${token}` }
    })
  })
}
