import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppContext } from '../app-context.ts'
import { createApiKey, findApiKey } from '../auth/api-keys.ts'
import { scopes } from '../auth/roles.ts'
import { createLoginLink } from '../auth/sessions.ts'
import { json } from '../database/open-database.ts'
import { ensureGoskey, type GoskeySandbox } from './prepare-goskey.ts'
import { ensureSignme, type SignmeSandbox } from './prepare-signme.ts'

/** How long the printed link may wait for its one use. */
const linkLifeMs = 12 * 3_600_000

export type SandboxAccess = { readonly loginUrl: string; readonly apiKey: string }

/** Where `npx muhr demo` and `npx muhr login` find the way in; readable by the owner alone. */
export function accessFile(dataDir: string): string {
  return join(dataDir, 'sandbox', 'access.json')
}

/**
 * Makes what a first run needs, in sandbox mode only: a demo organisation with an owner, a connection to
 * every simulated service, an API key and a fresh one-time login link. The organisation is marked
 * `sandbox`: nothing of it can ever pass as real.
 */
export async function prepareSandbox(
  app: AppContext,
  input: {
    readonly phoneLinkTemplate: string
    readonly goskey: GoskeySandbox
    readonly signme: SignmeSandbox
  },
): Promise<SandboxAccess> {
  if (app.config.mode !== 'sandbox') {
    throw new Error('a demo organisation is made in sandbox mode only')
  }
  const ownerId = await ensureOwner(app)
  await ensureConnections(app, input.phoneLinkTemplate)
  const owner = await sandboxOwner(app)
  await ensureGoskey(app, owner?.organisation ?? '', input.goskey)
  await ensureSignme(app, owner?.organisation ?? '', input.signme)
  const path = accessFile(app.config.dataDir)
  const apiKey = await ensureApiKey(app, path)
  const token = await createLoginLink(app.db, {
    userId: ownerId,
    now: app.now(),
    lifeMs: linkLifeMs,
  })
  const access = { loginUrl: `${app.config.publicUrl}/login/${token}`, apiKey }
  await mkdir(join(app.config.dataDir, 'sandbox'), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  await writeFile(draft, `${JSON.stringify(access, undefined, 2)}\n`, { mode: 0o600 })
  await chmod(draft, 0o600)
  await rename(draft, path)

  return access
}

const sandboxOwner = (app: AppContext) =>
  app.db
    .selectFrom('users as u')
    .innerJoin('organisations as o', 'o.id', 'u.organisation_id')
    .select(['u.id', 'o.id as organisation'])
    .where('o.sandbox', '=', true)
    .where('u.role', '=', 'owner')
    .orderBy('u.id')
    .limit(1)
    .executeTakeFirst()

async function ensureOwner(app: AppContext): Promise<string> {
  const known = await sandboxOwner(app)
  if (known !== undefined) {
    return known.id
  }
  const organisation = app.ids.next('organisation')
  const user = app.ids.own('user')
  await app.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('organisations')
      .values({
        id: organisation,
        name: 'ТОО «Пример»',
        names: json({
          ru: 'ТОО «Пример» (песочница)',
          kk: '«Мысал» ЖШС (сынақ режимі)',
          uz: '«Namuna» MChJ (sinov maydoni)',
          en: 'Example LLP (sandbox)',
        }),
        // Check digit right, month 14: no registry can have given it to anybody.
        bin: '001440000016',
        inn: null,
        sandbox: true,
        salt: randomBytes(32),
      })
      .execute()
    await tx
      .insertInto('users')
      .values({
        id: user,
        organisation_id: organisation,
        name: 'Песочница',
        role: 'owner',
        locale: 'ru',
      })
      .execute()
  })

  return user
}

async function ensureConnections(app: AppContext, phoneLinkTemplate: string): Promise<void> {
  const owner = await sandboxOwner(app)
  const known = await app.db
    .selectFrom('connections')
    .select(['id', 'settings'])
    .where('organisation_id', '=', owner?.organisation ?? '')
    .where('provider', '=', 'egov-mobile')
    .executeTakeFirst()
  const { auth, linkEncoder, linkTtlSeconds } = app.config.egovMobile
  const settings = json({
    launcher: { template: phoneLinkTemplate },
    auth,
    encoder: linkEncoder,
    linkLifeSeconds: linkTtlSeconds,
  })
  if (known === undefined && owner !== undefined) {
    await app.db
      .insertInto('connections')
      .values({
        id: app.ids.next('connection'),
        organisation_id: owner.organisation,
        provider: 'egov-mobile',
        name: 'eGov Mobile (sandbox)',
        settings,
        policy: 'sandbox',
        cursor: null,
      })
      .execute()
  } else if (known !== undefined) {
    // The console may have another port this time.
    await app.db.updateTable('connections').set({ settings }).where('id', '=', known.id).execute()
  }
}

async function ensureApiKey(app: AppContext, path: string): Promise<string> {
  const written = await readFile(path, 'utf8').catch(() => undefined)
  const kept = readKey(written)
  const known = kept === undefined ? undefined : await findApiKey(app.db, kept)
  if (kept !== undefined && known !== undefined) {
    // A newer version may know more scopes than the one that made the key.
    await app.db
      .updateTable('api_keys')
      .set({ scopes: [...scopes] })
      .where('id', '=', known.id)
      .execute()

    return kept
  }
  const owner = await sandboxOwner(app)

  return createApiKey(app.db, {
    id: app.ids.own('api-key'),
    organisationId: owner?.organisation ?? '',
    name: 'sandbox',
    scopes,
  })
}

function readKey(text: string | undefined): string | undefined {
  try {
    const value: unknown = text === undefined ? undefined : JSON.parse(text)
    const key = (value as { apiKey?: unknown } | undefined)?.apiKey

    return typeof key === 'string' ? key : undefined
  } catch {
    // A torn file is as good as none: a new key is made and the file is written again.
    return undefined
  }
}
