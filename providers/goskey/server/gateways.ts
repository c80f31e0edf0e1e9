import type { ProviderIo } from '@muhr/envelope'
import {
  apiKeyContent,
  apiKeySignatureLifeMs,
  createGateway,
  createRequestQuota,
  createTokenSource,
  EpguError,
  type EsiaToken,
  firstSignal,
  type Gateway,
  type Io,
  parseApiKey,
  type RequestQuota,
  systemIo,
  type TokenSource,
} from '@muhr/epgu'
import { digestOf, employeesFor } from './buckets.ts'
import type { EmployeeKey, GoskeyConnection } from './connection.ts'

/** What a signature over an API-Key is for, as the clerk's page and the log call it. */
export const apiKeyPurpose = 'esia-api-key'

/** ESIA takes a signature for 24 hours after its signing time; clocks differ. */
const signatureSlackMs = 300_000

/** A clerk must sign the API-Key before ESIA gives a token. */
export class SealWanted extends Error {
  override readonly name = 'SealWanted'
}

/** The world as the client of EPGU wants it, ended by the signal of the call. */
function ioOf(io: ProviderIo): Io {
  const system = systemIo()

  return {
    fetch: (url, init) => io.fetch(url, init as RequestInit),
    now: io.now,
    random: io.random,
    sleep: (milliseconds, signal) =>
      system.sleep(
        milliseconds,
        signal === undefined ? io.signal : AbortSignal.any([signal, io.signal]),
      ),
    timeout: (milliseconds, over = new AbortController().signal) =>
      firstSignal([system.timeout(milliseconds, over), io.signal], over),
  }
}

type KeptSource = { readonly source: TokenSource; readonly world: { io: ProviderIo } }

/** What a process keeps: tokens, one for each API-Key, and the count of calls of each system. */
export type Gateways = {
  /**
   * The gateway for a request. `bucket`: the employee whose quota it draws on speaks first; where ESIA
   * refuses that API-Key, `anyEmployee` lets the others of the organisation speak.
   */
  readonly open: (input: {
    readonly connection: GoskeyConnection
    readonly io: ProviderIo
    readonly bucket?: string | undefined
    readonly anyEmployee: boolean
  }) => Gateway
  /** The tokens of one employee. */
  readonly tokens: (
    connection: GoskeyConnection,
    employee: EmployeeKey,
    io: ProviderIo,
  ) => TokenSource
}

/** Makes the gateways of one process. Tokens live in memory alone. */
export function createGateways(): Gateways {
  const sources = new Map<string, KeptSource>()
  const quotas = new Map<string, RequestQuota>()

  const sourceOf = (
    connection: GoskeyConnection,
    employee: EmployeeKey,
    io: ProviderIo,
  ): TokenSource => {
    const { esiaUrl } = connection
    const signerKey = employee.signerKey ?? connection.signerKey
    const id = JSON.stringify([esiaUrl, digestOf(employee.apiKey), signerKey ?? null])
    const known = sources.get(id)
    if (known !== undefined) {
      // Whoever asks last brings the world: a call that is over can sign and fetch no more.
      known.world.io = io

      return known.source
    }
    const kept = createKeptSource(connection, { employee, signerKey, io })
    sources.set(id, kept)

    return kept.source
  }

  const quotaOf = ({ epguUrl, mnemonic }: GoskeyConnection, io: ProviderIo): RequestQuota => {
    const id = JSON.stringify([epguUrl, mnemonic])
    const quota = quotas.get(id) ?? createRequestQuota({ now: io.now })
    quotas.set(id, quota)

    return quota
  }

  return {
    tokens: sourceOf,
    open: ({ connection, io, bucket, anyEmployee }) => {
      const employees = employeesFor(connection, bucket)
      const speaking = anyEmployee ? employees : employees.slice(0, 1)

      return createGateway({
        baseUrl: connection.epguUrl,
        pathPrefix: connection.pathPrefix,
        ...(connection.userAgent === undefined ? {} : { userAgent: connection.userAgent }),
        ...(connection.publicOrigin === undefined ? {} : { publicOrigin: connection.publicOrigin }),
        tokens: firstWilling(speaking.map((employee) => sourceOf(connection, employee, io))),
        quotas: { requests: quotaOf(connection, io) },
        io: ioOf(io),
      })
    },
  }
}

function createKeptSource(
  { esiaUrl, userAgent }: GoskeyConnection,
  key: {
    readonly employee: EmployeeKey
    readonly signerKey: string | undefined
    readonly io: ProviderIo
  },
): KeptSource {
  const { employee, signerKey } = key
  const world = { io: key.io }
  // One token serves all who wait: who gives up ends their own waiting, not the exchange.
  const { sleep, timeout } = systemIo()
  const source = createTokenSource({
    esiaUrl,
    apiKey: employee.apiKey,
    ...(userAgent === undefined ? {} : { userAgent }),
    signing: {
      kept: async () => {
        const cms = await world.io.keptSeal({
          purpose: apiKeyPurpose,
          bytes: apiKeyContent(parseApiKey(employee.apiKey)),
          format: 'CMS',
          signerKey,
          usableMs: apiKeySignatureLifeMs - signatureSlackMs,
        })
        if (cms === undefined) throw new SealWanted()

        // Its age is the keeper's care, who gives none that is over.
        return { cms, signedAt: world.io.now() }
      },
    },
    io: {
      fetch: (url, init) => world.io.fetch(url, init as RequestInit),
      now: () => world.io.now(),
      random: (length) => world.io.random(length),
      sleep,
      timeout,
    },
  })

  return { source, world }
}

/** The tokens of the first employee whom ESIA gives one. */
function firstWilling(sources: readonly TokenSource[]): TokenSource {
  const ask = async (want: (source: TokenSource) => Promise<EsiaToken>): Promise<EsiaToken> => {
    let refusal: unknown
    for (const source of sources) {
      try {
        return await want(source)
      } catch (error) {
        if (!isRefusalOfKey(error)) throw error
        refusal ??= error
      }
    }
    throw refusal
  }

  return {
    get: () => ask((source) => source.get()),
    renew: (refused) => ask((source) => source.renew(refused)),
  }
}

function isRefusalOfKey(error: unknown): boolean {
  return (
    error instanceof SealWanted || (error instanceof EpguError && error.code === 'esia.refused')
  )
}
