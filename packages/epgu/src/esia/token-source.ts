import { type BackOff, defaultBackOff, type Io, parseBaseUrl } from '@muhr/http'
import { EpguError } from '../error.ts'
import { defaultUserAgent } from '../http/user-agent.ts'
import { parseApiKey } from './api-key.ts'
import {
  type ApiKeySignature,
  type Sign,
  signApiKey,
  signatureParameter,
} from './api-key-signature.ts'
import { requestToken } from './request-token.ts'
import type { EsiaToken } from './token.ts'

/** What the gateway asks for tokens. Calls at the same time share one request to ESIA. */
export type TokenSource = {
  /** A token that lives for another minute at least, as far as ESIA gives such. */
  readonly get: () => Promise<EsiaToken>
  /** Another token than the one that was refused. Who comes later gets what the first one fetched. */
  readonly renew: (refused: EsiaToken) => Promise<EsiaToken>
}

export type TokenSourceOptions = {
  /** Base of ESIA, or of the local terminator of GOST TLS before it. */
  readonly esiaUrl: string
  readonly apiKey: string
  /**
   * Either makes a signature for every token, or gives one that the caller keeps: the key of an
   * employee is not at hand each time, and a signature over the API-Key serves for 24 hours.
   */
  readonly signing:
    | { readonly sign: Sign }
    | { readonly kept: () => ApiKeySignature | Promise<ApiKeySignature> }
  readonly io: Io
  readonly userAgent?: string
  /** The limit of one exchange. Default 60 000 ms. */
  readonly timeoutMs?: number
  readonly backOff?: Partial<BackOff>
}

/** A token is replaced this long before it ends (spec §1). */
export const renewBeforeMs = 60_000

/**
 * Keeps one access token of ESIA (spec §1). It is fetched when first asked for and again 60 s before
 * it ends, once for all who wait. A failure reaches all who waited and is not kept.
 *
 * @throws EpguError `esia.invalid-api-key`, `epgu.invalid-argument`; `get` and `renew` reject with
 * `esia.*` and with what the signing function throws
 */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const fetchToken = prepareFetch(options)
  let current: EsiaToken | undefined
  let pending: Promise<EsiaToken> | undefined

  const refresh = (): Promise<EsiaToken> => {
    pending ??= fetchToken()
      .then((token) => {
        current = token

        return token
      })
      .finally(() => {
        pending = undefined
      })

    return pending
  }

  return {
    async get() {
      const isFresh =
        current !== undefined &&
        current.expiresAt.getTime() - options.io.now().getTime() > renewBeforeMs

      return isFresh && current !== undefined ? current : refresh()
    },
    async renew(refused) {
      return current !== undefined && current.value !== refused.value ? current : refresh()
    },
  }
}

function prepareFetch(options: TokenSourceOptions): () => Promise<EsiaToken> {
  const { io, signing } = options
  const apiKey = parseApiKey(options.apiKey)
  const esiaUrl = parseBaseUrl(options.esiaUrl)
  if (esiaUrl === undefined) {
    throw new EpguError({
      code: 'epgu.invalid-argument',
      message: 'The address of ESIA is no http or https URL.',
      advice: 'Give scheme and host, and no credentials or query.',
      data: { field: 'esiaUrl', expected: 'absolute http or https URL' },
    })
  }

  return async () => {
    const signature =
      'sign' in signing
        ? await signApiKey(apiKey, { sign: signing.sign, now: io.now })
        : await signing.kept()

    return requestToken({
      esiaUrl,
      apiKey,
      signature: signatureParameter(signature, io.now()),
      userAgent: options.userAgent ?? defaultUserAgent,
      timeoutMs: options.timeoutMs ?? 60_000,
      backOff: { ...defaultBackOff, ...options.backOff },
      io,
    })
  }
}
