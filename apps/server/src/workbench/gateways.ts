import { createHash } from 'node:crypto'
import {
  apiKeyContent,
  createGateway,
  createOrderQuota,
  createRequestQuota,
  createTokenSource,
  type Gateway,
  type OrderQuota,
  parseApiKey,
  type RequestQuota,
  systemIo,
  type TokenSourceOptions,
} from '@muhr/epgu'
import type { AppContext } from '../app-context.ts'
import { Problem } from '../http/problems.ts'
import { keptSeal } from '../seals/kept-seals.ts'
import { type Account, apiKeySealMs, loadAccount } from './accounts.ts'

/** What a signature over an API-Key is for; the same word as in connections, which share it. */
const apiKeyPurpose = 'esia-api-key'
const signTimeoutMs = 60_000
const maxGateways = 1_000

/** Gateways of the accounts of this process; tokens live in memory alone. */
export type WorkbenchGateways = {
  /**
   * Refuses an account whose API-Key nobody can sign now.
   * @throws Problem `workbench.key`, `workbench.token-seal`
   */
  readonly expectReady: (account: Account) => Promise<void>
  readonly open: (account: Account) => Gateway
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
  if (seal === undefined || app.now().getTime() - seal.signedAt.getTime() >= apiKeySealMs) {
    throw tokenSealWanted()
  }

  return { key, seal }
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

type Counts = { readonly orders: OrderQuota; readonly requests: Map<string, RequestQuota> }

function openGateway(app: AppContext, account: Account, { orders, requests }: Counts): Gateway {
  const io = systemIo({ now: app.now })
  const { esiaUrl, epguUrl, pathPrefix, publicOrigin, userAgent, apiKey } = account
  const agent = userAgent === undefined ? {} : { userAgent }
  const system = JSON.stringify([account.organisationId, epguUrl])
  const calls = requests.get(system) ?? createRequestQuota({ now: app.now })
  requests.set(system, calls)

  return createGateway({
    baseUrl: epguUrl,
    pathPrefix,
    ...(publicOrigin === undefined ? {} : { publicOrigin }),
    ...agent,
    tokens: createTokenSource({ esiaUrl, apiKey, signing: signingOf(app, account), io, ...agent }),
    // Somebody waits for the answer: a quota that is full is told with its time.
    quotas: { requests: calls, orders, user: digestOf(apiKey), whenFull: 'refuse' },
    io,
  })
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Makes the gateways of one process, one for each account and signer key. */
export function createWorkbenchGateways(app: AppContext): WorkbenchGateways {
  const known = new Map<string, Gateway>()
  const counts: Counts = { orders: createOrderQuota({ now: app.now }), requests: new Map() }

  return {
    expectReady: async (account) => {
      if (account.source.kind === 'account') {
        await findSigning(app, account)
      }
    },
    open: (account) => {
      const { id, organisationId, source: _, ...settings } = account
      const key = digestOf(JSON.stringify([organisationId, id, settings]))
      const gateway = known.get(key) ?? openGateway(app, account, counts)
      known.delete(key)
      known.set(key, gateway)
      for (const oldest of known.size > maxGateways ? known.keys() : []) {
        known.delete(oldest)
        break
      }

      return gateway
    },
  }
}
