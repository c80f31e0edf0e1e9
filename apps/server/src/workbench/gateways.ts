import { createHash } from 'node:crypto'
import {
  apiKeyContent,
  createGateway,
  createRequestQuota,
  createTokenSource,
  type EsiaToken,
  type Gateway,
  type OrderPlaces,
  parseApiKey,
  type RequestQuota,
  renewBeforeMs,
  systemIo,
  type TokenSource,
  type TokenSourceOptions,
} from '@muhr/epgu'
import type { AppContext } from '../app-context.ts'
import { Problem } from '../http/problems.ts'
import { takeSlot } from '../pacing/take-slot.ts'
import { orderBucketOf } from '../providers.ts'
import { keptSeal } from '../seals/kept-seals.ts'
import { type Account, apiKeySealMs, loadAccount } from './accounts.ts'
import type { CallJournal } from './calls.ts'
import { recordCalls } from './record-calls.ts'

/** What a signature over an API-Key is for; the same word as in connections, which share it. */
export const apiKeyPurpose = 'esia-api-key'
const signTimeoutMs = 60_000
const maxGateways = 1_000
/** A clerk is asked for the next signature over an API-Key so long before the last one runs out. */
export const sealAheadMs = 4 * 3_600_000

/** Gateways of the accounts of this process; tokens live in memory alone. */
export type WorkbenchGateways = {
  /**
   * Refuses an account whose API-Key nobody can sign now.
   * @throws Problem `workbench.key`, `workbench.token-seal`
   */
  readonly expectReady: (account: Account) => Promise<void>
  readonly open: (account: Account) => Gateway
  /**
   * A token of an account: the one at hand while it lives, else a new one; `isNew`: a new one in any case.
   * @throws Problem `workbench.key`, `workbench.token-seal`; EpguError `esia.*`
   */
  readonly token: (account: Account, wish?: { readonly isNew: boolean }) => Promise<EsiaToken>
  /** Until when the token at hand lives; undefined when this process has none. */
  readonly tokenUntil: (account: Pick<Account, 'id' | 'organisationId'>) => Date | undefined
}

const tokenSealWanted = (): Problem =>
  new Problem(
    'workbench.token-seal',
    'The key of the account signs by the hand of its clerk alone.',
  )

/** A signature over the API-Key: by the key itself, or one that a clerk made and that is kept. */
function signingOf(app: AppContext, account: Account): TokenSourceOptions['signing'] {
  const { organisationId, source, signerKey } = account
  const bytes = apiKeyContent(parseApiKey(account.apiKey))
  if (source.kind === 'connection') {
    return {
      kept: async () => {
        const cms = await keptSeal(
          app,
          { id: source.connection, organisationId },
          {
            purpose: apiKeyPurpose,
            bytes,
            format: 'CMS',
            signerKey,
            usableMs: apiKeySealMs,
          },
        )
        if (cms === undefined) {
          throw tokenSealWanted()
        }

        // Its age is the keeper's care, who gives none that is over.
        return { cms, signedAt: app.now() }
      },
    }
  }

  return { kept: () => signOrKept(app, account, bytes) }
}

/** The key of an account of the workbench; for an attended one the signature that its clerk made. */
async function findSigning(app: AppContext, account: Account) {
  const { organisationId, signerKey } = account
  const key =
    signerKey === undefined
      ? undefined
      : await app.signerKeys.find({ organisationId, connectionId: '', key: signerKey })
  if (key === undefined) {
    throw new Problem('workbench.key', 'No signer key is chosen for the account, or it is gone.')
  }
  if (key.attendance === 'unattended') {
    return { key, seal: undefined }
  }
  const fresh = await loadAccount(app, organisationId, account.id)
  const seal = fresh.source.kind === 'account' ? fresh.source.seal : undefined
  const ageMs = seal === undefined ? apiKeySealMs : app.now().getTime() - seal.signedAt.getTime()
  if (ageMs >= apiKeySealMs - sealAheadMs) {
    await askForSeal(app, account)
  }
  if (seal === undefined || ageMs >= apiKeySealMs) {
    throw tokenSealWanted()
  }

  return { key, seal }
}

/** From now on the clerk finds the API-Key among the seals that wait. */
async function askForSeal(app: AppContext, { id, organisationId }: Account): Promise<void> {
  await app.db
    .updateTable('workbench_accounts')
    .set({ seal_asked_at: app.now() })
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .execute()
}

async function signOrKept(app: AppContext, account: Account, bytes: Uint8Array) {
  const { organisationId } = account
  const { key, seal } = await findSigning(app, account)
  if (seal !== undefined) {
    return seal
  }
  const signedAt = app.now()
  const [cms] = await app.signerKeys.sign({
    organisationId,
    key: key.id,
    purpose: apiKeyPurpose,
    items: [
      {
        name: 'api-key',
        size: bytes.byteLength,
        open: async function* () {
          yield bytes
        },
      },
    ],
    signal: AbortSignal.timeout(signTimeoutMs),
  })
  if (cms === undefined) {
    throw new TypeError('a key that signs gives a signature for each item')
  }

  return { cms, signedAt }
}

type Counts = { readonly requests: Map<string, RequestQuota> }

/** The bucket of the orders of a service that the employee of an account starts. */
export const bucketOfOrders = ({ apiKey }: Pick<Account, 'apiKey'>, serviceCode: string) => ({
  provider: 'goskey',
  bucket: orderBucketOf(apiKey, serviceCode),
})

/** Orders count together with those that the employee's connection sends to Госключ. */
function sharedOrders(app: AppContext, account: Account): OrderPlaces {
  return {
    take: ({ serviceCode }) =>
      takeSlot(app, {
        ...bucketOfOrders(account, serviceCode),
        organisation: account.organisationId,
      }),
  }
}

type Opened = { readonly gateway: Gateway; readonly tokens: TokenSource }

function openGateway(
  app: AppContext,
  account: Account,
  {
    journal,
    ends,
    requests,
  }: Counts & {
    readonly journal: CallJournal
    readonly ends: Map<string, Date>
  },
): Opened {
  const plain = systemIo({ now: app.now })
  const io = systemIo({
    now: app.now,
    fetch: recordCalls(
      journal,
      { organisationId: account.organisationId, account: account.id },
      plain,
    ),
  })
  const { esiaUrl, epguUrl, pathPrefix, publicOrigin, userAgent, apiKey } = account
  const agent = userAgent === undefined ? {} : { userAgent }
  const system = JSON.stringify([account.organisationId, epguUrl])
  const calls = requests.get(system) ?? createRequestQuota({ now: app.now })
  requests.set(system, calls)

  const source = createTokenSource({
    esiaUrl,
    apiKey,
    signing: signingOf(app, account),
    io,
    ...agent,
  })
  const noted = async (token: Promise<EsiaToken>): Promise<EsiaToken> => {
    ends.set(`${account.organisationId}/${account.id}`, (await token).expiresAt)

    return token
  }
  const tokens: TokenSource = {
    get: () => noted(source.get()),
    renew: (refused) => noted(source.renew(refused)),
  }
  const gateway = createGateway({
    baseUrl: epguUrl,
    pathPrefix,
    ...(publicOrigin === undefined ? {} : { publicOrigin }),
    ...agent,
    tokens,
    // Somebody waits for the answer: a quota that is full is told with its time.
    quotas: { requests: calls, orders: sharedOrders(app, account), whenFull: 'refuse' },
    io,
  })

  return { gateway, tokens }
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Makes the gateways of one process, one for each account and signer key. */
export function createWorkbenchGateways(app: AppContext, journal: CallJournal): WorkbenchGateways {
  const known = new Map<string, Opened>()
  /** When the last token of each account ends. */
  const ends = new Map<string, Date>()
  const counts: Counts = { requests: new Map() }

  const endOf: WorkbenchGateways['tokenUntil'] = ({ id, organisationId }) =>
    ends.get(`${organisationId}/${id}`)
  const opened = (account: Account): Opened => {
    const { id, organisationId, source: _, ...settings } = account
    const key = digestOf(JSON.stringify([organisationId, id, settings]))
    const found = known.get(key) ?? openGateway(app, account, { ...counts, journal, ends })
    known.delete(key)
    known.set(key, found)
    for (const oldest of known.size > maxGateways ? known.keys() : []) {
      known.delete(oldest)
      break
    }

    return found
  }

  return {
    expectReady: async (account) => {
      if (account.source.kind === 'account') {
        await findSigning(app, account)
      }
    },
    open: (account) => opened(account).gateway,
    token: async (account, { isNew } = { isNew: false }) => {
      const { tokens } = opened(account)
      const until = endOf(account)
      const isAtHand = until !== undefined && until.getTime() - app.now().getTime() > renewBeforeMs

      // Where none is at hand, the one that is fetched is new.
      return isNew && isAtHand ? tokens.renew(await tokens.get()) : tokens.get()
    },
    tokenUntil: endOf,
  }
}
