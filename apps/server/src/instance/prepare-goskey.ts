import { readFile } from 'node:fs/promises'
import type { Json } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import { addSignerKey } from '../signer-keys/add-signer-key.ts'
import { chooseSignerKey } from '../signer-keys/change-signer-key.ts'
import { listSignerKeys } from '../signer-keys/find-signer-keys.ts'
import { prepareSignerKey } from '../signer-keys/prepare-signer-key.ts'
import { ensureConnection } from './ensure-connection.ts'

/** Where the simulated ESIA and EPGU are, and the organisation that they know. */
export type GoskeySandbox = {
  readonly esiaUrl: string
  readonly epguUrl: string
  readonly organisation: {
    readonly name: string
    readonly inn: string
    readonly ogrn: string
    readonly mnemonic: string
    readonly apiKeys: readonly { readonly apiKey: string; readonly employee: string }[]
  }
  /** Its key, PKCS#12. */
  readonly key: { readonly file: string; readonly pin: string }
}

/** How often the simulators are asked what changed, seconds: people watch. */
const pollSeconds = 2

type Ready = {
  readonly esia: string
  readonly epgu: string
  readonly accounts: {
    readonly epgu: {
      readonly organisations: readonly (GoskeySandbox['organisation'] & { readonly id: string })[]
    }
  }
  readonly keys: readonly {
    readonly file: string
    readonly pin: string
    readonly account: string
    readonly algorithm: string
    readonly state: string
    readonly format?: string
  }[]
}

/**
 * What a ready sandbox tells of its sending organisation.
 * @throws Error when it has none
 */
export function goskeySandboxOf({ esia, epgu, accounts, keys }: Ready): GoskeySandbox {
  const organisation = accounts.epgu.organisations.find(({ id }) => id === 'sender')
  const key = keys.find(
    ({ account, algorithm, state, format }) =>
      account === 'sender' &&
      algorithm === 'ru-2012-256' &&
      state === 'valid' &&
      format === 'pkcs12',
  )
  if (organisation === undefined || key === undefined) {
    throw new Error('the sandbox has no organisation that sends to Goskey')
  }

  return { esiaUrl: esia, epguUrl: epgu, organisation, key }
}

/** Makes the connection to the simulated Goskey and its signer key, or brings them up to date. */
export async function ensureGoskey(
  app: AppContext,
  organisationId: string,
  sandbox: GoskeySandbox,
): Promise<void> {
  const caller: Caller = {
    organisationId,
    actor: { kind: 'system' },
    name: 'sandbox',
    scopes: [],
  }
  const prepared = await prepareSignerKey(app, {
    kind: 'pkcs12',
    file: (await readFile(sandbox.key.file)).toString('base64'),
    pin: sandbox.key.pin,
  })
  await app.db.transaction().execute(async (tx) => {
    const known = (await listSignerKeys(tx, organisationId)).find(
      ({ kind, sha256 }) => kind === 'pkcs12' && sha256 === prepared.description.sha256,
    )
    const key =
      known?.id ??
      (await addSignerKey(app, tx, {
        caller,
        prepared,
        name: `${sandbox.organisation.name} (sandbox)`,
        acknowledges: false,
      }))
    const connection = await ensureConnection(app, tx, {
      organisationId,
      provider: 'goskey',
      name: 'Госключ (sandbox)',
      settings: settingsOf(sandbox),
    })
    await chooseSignerKey(app, tx, { caller, id: key, connection })
  })
}

function settingsOf({ esiaUrl, epguUrl, organisation }: GoskeySandbox): {
  readonly [name: string]: Json
} {
  return {
    esiaUrl,
    epguUrl,
    mnemonic: organisation.mnemonic,
    organisationName: organisation.name,
    organisationInn: organisation.inn,
    organisationOgrn: organisation.ogrn,
    apiKeys: organisation.apiKeys.map(({ apiKey, employee }) => ({ apiKey, name: employee })),
    pollSeconds,
  }
}
