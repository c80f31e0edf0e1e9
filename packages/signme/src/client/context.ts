import { type Io, parseBaseUrl } from '@muhr/http'
import { invalidArgument } from '../invalid-argument.ts'
import type { Operation } from '../operation.ts'
import type { Wire } from '../wire/request-body.ts'

/** What this package uses of the outside world; `systemIo()` has all of it. */
export type SignmeIo = Pick<Io, 'fetch' | 'now' | 'timeout'>

/** One exchange, for a journal. Holds no address, no key and no content. */
export type SignmeExchange = {
  readonly operation: Operation
  readonly httpStatus: number | undefined
  readonly systemCode: string | undefined
  readonly startedAt: Date
  readonly endedAt: Date
}

/** Limits on what is sent, on what comes back and on how long it may take (spec §8.2). */
export type SignmeLimits = {
  /** One exchange, without its body. Default 60 000 ms. Connecting is the affair of `fetch`: 10 s in Node.js. */
  readonly timeoutMs: number
  /** More for every 100 000 octets of the body that is sent. Default 1 000 ms. */
  readonly timeoutPerPieceMs: number
  /** Answers of one word or a status. Default 64 KiB. */
  readonly maxTextBytes: number
  /** An answer of 1.2, with its containers. Default 25 MiB. */
  readonly maxCheckBytes: number
  /** One container. Default 10 MiB. */
  readonly maxContainerBytes: number
  /** Files of 2.1. Default 15; not documented. */
  readonly maxFiles: number
  /** Octets of all files of one call. Default 50 000 000; not documented. */
  readonly maxFileBytes: number
}

const defaultLimits: SignmeLimits = {
  timeoutMs: 60_000,
  timeoutPerPieceMs: 1000,
  maxTextBytes: 65_536,
  maxCheckBytes: 25 * 1024 * 1024,
  maxContainerBytes: 10 * 1024 * 1024,
  maxFiles: 15,
  maxFileBytes: 50_000_000,
}

export type SignmeOptions = {
  /** `https://sign.me`, a test host, one on premises, or a local terminator of GOST TLS. No default. */
  readonly baseUrl: string
  /** The access key of the registered site. Status, check and container need none. */
  readonly key?: string | undefined
  readonly io: SignmeIo
  /** `form` is the text of Sign.Me; `json` its newer API, where JSON is the body. Default `form`. */
  readonly wire?: Wire
  /** The name of the key in JSON: `api_key` in the newer API. Default `key`. */
  readonly keyField?: 'key' | 'api_key'
  /** Whether 1.2 sends the key, which its text does not list. Default `false`. */
  readonly sendsKeyWithCheck?: boolean
  readonly userAgent?: string
  readonly limits?: Partial<SignmeLimits>
  /** Told of every exchange; what it throws is ignored. */
  readonly onExchange?: (exchange: SignmeExchange) => void
}

/** Checked options with every default in its place. */
export type SignmeContext = Required<Omit<SignmeOptions, 'limits' | 'key'>> & {
  readonly key: string | undefined
  readonly limits: SignmeLimits
}

/** @throws SignmeError `signme.invalid-argument` */
export function prepareContext(options: SignmeOptions): SignmeContext {
  const baseUrl = parseBaseUrl(options.baseUrl)
  if (baseUrl === undefined) throw invalidArgument('baseUrl', 'an absolute http or https URL')
  const key = options.key?.trim()
  if (key !== undefined && !/^[\x21-\x7e]{1,512}$/.test(key)) {
    throw invalidArgument('key', 'an access key')
  }

  return {
    baseUrl,
    key,
    io: options.io,
    wire: options.wire ?? 'form',
    keyField: options.keyField ?? 'key',
    sendsKeyWithCheck: options.sendsKeyWithCheck ?? false,
    userAgent: options.userAgent ?? 'Muhr/0.1',
    limits: { ...defaultLimits, ...options.limits },
    onExchange: options.onExchange ?? (() => undefined),
  }
}

/**
 * The key of a call that needs one.
 *
 * @throws SignmeError `signme.invalid-argument`
 */
export function keyOf({ key }: SignmeContext): string {
  if (key === undefined) throw invalidArgument('key', 'the access key that this call needs')

  return key
}
