import { type BackOff, defaultBackOff, type Io, parseBaseUrl } from '@muhr/http'
import type { TokenSource } from '../esia/token-source.ts'
import { defaultUserAgent } from '../http/user-agent.ts'
import { createOrderQuota, type OrderPlaces } from '../quota/order-quota.ts'
import { createRequestQuota, type RequestQuota } from '../quota/request-quota.ts'
import { invalidArgument } from './invalid-argument.ts'
import type { Operation } from './operation.ts'

/** One exchange with the gateway, for a journal. Holds no address, no token and no content. */
export type GatewayExchange = {
  readonly operation: Operation
  /** 1 for the first try of a call. */
  readonly tries: number
  readonly httpStatus: number | undefined
  readonly systemCode: string | undefined
  readonly startedAt: Date
  readonly endedAt: Date
}

/** Limits on what comes from outside and on how long it may take. */
export type GatewayLimits = {
  /** One exchange without files. Default 60 000 ms. */
  readonly timeoutMs: number
  /** One exchange that carries a file, up or down. Default 300 000 ms. */
  readonly transferTimeoutMs: number
  /** Order details and pages of statuses. Default 8 MiB. */
  readonly maxAnswerBytes: number
  /** A page of a dictionary. Default 64 MiB: without paging all items come at once. */
  readonly maxDictionaryBytes: number
  /** Pages of one listing. Default 100 000. */
  readonly maxPages: number
}

const defaultLimits: GatewayLimits = {
  timeoutMs: 60_000,
  transferTimeoutMs: 300_000,
  maxAnswerBytes: 8 * 1024 * 1024,
  maxDictionaryBytes: 64 * 1024 * 1024,
  maxPages: 100_000,
}

export type GatewayOptions = {
  /** The gateway, or the local terminator of GOST TLS before it. */
  readonly baseUrl: string
  readonly tokens: TokenSource
  readonly io: Io
  /** `api`, or `gu-smev-api` through SMEV4. Default `api`. */
  readonly pathPrefix?: string
  readonly userAgent?: string
  /**
   * The origin that `baseUrl` stands for when it is a local terminator: downloads are redirected to
   * it by its own name.
   */
  readonly publicOrigin?: string
  /**
   * Counts of calls and orders. Gateways of one system share `requests`, all of one employee share
   * `orders` and `user`. Default: counts of its own, with the limits of the portal.
   */
  readonly quotas?: {
    readonly requests?: RequestQuota
    readonly orders?: OrderPlaces
    /** A name for whom the tokens are. Default `user`. */
    readonly user?: string
    /** What a call does when a quota is full. Default `wait`. */
    readonly whenFull?: 'wait' | 'refuse'
  }
  readonly backOff?: Partial<BackOff>
  readonly limits?: Partial<GatewayLimits>
  /** Told of every exchange; what it throws is ignored. */
  readonly onExchange?: (exchange: GatewayExchange) => void
}

/** Checked options with every default in its place. */
export type GatewayContext = {
  readonly baseUrl: string
  readonly publicOrigin: string | undefined
  readonly tokens: TokenSource
  readonly io: Io
  readonly userAgent: string
  readonly quotas: {
    readonly requests: RequestQuota
    readonly orders: OrderPlaces
    readonly user: string
    readonly whenFull: 'wait' | 'refuse'
  }
  readonly backOff: BackOff
  readonly limits: GatewayLimits
  readonly onExchange: (exchange: GatewayExchange) => void
}

/** @throws EpguError `epgu.invalid-argument` */
export function prepareContext(options: GatewayOptions): GatewayContext {
  const { io, tokens, pathPrefix = 'api', publicOrigin, quotas = {} } = options
  const baseUrl = parseBaseUrl(options.baseUrl)
  if (baseUrl === undefined) throw invalidArgument('baseUrl', 'an absolute http or https URL')
  if (!/^[\w-]+(?:\/[\w-]+)*$/.test(pathPrefix)) {
    throw invalidArgument('pathPrefix', 'a path without slashes at its ends')
  }
  if (publicOrigin !== undefined && parseBaseUrl(publicOrigin) === undefined) {
    throw invalidArgument('publicOrigin', 'an absolute http or https URL')
  }

  return {
    baseUrl: `${baseUrl}/${pathPrefix}`,
    publicOrigin: publicOrigin === undefined ? undefined : new URL(publicOrigin).origin,
    tokens,
    io,
    userAgent: options.userAgent ?? defaultUserAgent,
    quotas: {
      requests: quotas.requests ?? createRequestQuota({ now: io.now }),
      orders: quotas.orders ?? createOrderQuota({ now: io.now }),
      user: quotas.user ?? 'user',
      whenFull: quotas.whenFull ?? 'wait',
    },
    backOff: { ...defaultBackOff, ...options.backOff },
    limits: { ...defaultLimits, ...options.limits },
    onExchange: options.onExchange ?? (() => undefined),
  }
}
