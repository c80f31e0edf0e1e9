import type { SandboxReady } from '@muhr/sandbox'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'

export type PhoneAct = {
  readonly account?: string
  readonly algorithm?: 'kz-2015-512' | 'rsa-2048'
  readonly language?: 'ru' | 'kk' | 'en'
  readonly fault?: string
  readonly action?: 'sign' | 'cancel'
  readonly mode?: 'with-status' | 'without-status' | 'silent'
}

export type PhoneResult = {
  readonly status: number
  readonly outcome?: {
    readonly kind: string
    readonly answers: readonly { readonly status: number; readonly message?: string }[]
  } | null
  readonly code?: string
}

export type TrustFaults = {
  readonly ocsp?: 'none' | 'try-later' | 'down' | 'wrong-nonce' | 'no-nonce' | 'unknown' | 'stale'
  readonly tsa?: 'none' | 'down' | 'rejected' | 'wrong-imprint'
}

/** The simulated phone and the simulators' control, reached over HTTP as a person would reach them. */
export type SimPhone = {
  /** Scans a code and signs; the phone knows nothing but the code's text. */
  readonly act: (text: string, act?: PhoneAct) => Promise<PhoneResult>
  readonly faults: (faults: TrustFaults) => Promise<void>
  /** Moves the simulators' clock away from the real one, ms. */
  readonly setClock: (offsetMs: number) => Promise<void>
  /** Calls that simulators took or made, with what the phone was answered. */
  readonly journal: () => Promise<
    readonly { readonly method: string; readonly status: number | 'none'; readonly note?: string }[]
  >
}

export function createSimPhone(ready: SandboxReady): SimPhone {
  const call = async (url: string, method: string, body?: object): Promise<Response> =>
    fetch(url, {
      method,
      headers: {
        'x-muhr-sim-secret': ready.control.secret,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

  const control = async (what: string, body: object): Promise<void> => {
    const response = await call(`${ready.trust}/_sim/${what}`, 'PUT', body)
    if (!response.ok) {
      throw new Error(`the sandbox answered ${response.status}`)
    }
  }

  return {
    act: async (text, act = {}) => {
      const response = await call(`${ready.egovMobile.control}/act`, 'POST', { text, ...act })

      return { status: response.status, ...((await response.json()) as object) }
    },
    faults: (faults) => control('faults', faults),
    setClock: (offsetMs) => control('clock', { offsetMs }),
    journal: async () => {
      const response = await call(`${ready.console}/_sim/journal`, 'GET')

      return ((await response.json()) as { calls: never }).calls
    },
  }
}

/** The text of the code of one signing's open request. */
export function codeOf(envelope: EnvelopeBody, signing = 0): string {
  const found = envelope.signings[signing]?.requests.find(({ state }) => state === 'open')
  const qr = found?.presentation?.qr
  if (qr === undefined) {
    throw new Error(
      `signing ${signing} shows no code: ${JSON.stringify(envelope.signings[signing])}`,
    )
  }

  return qr
}

/** API #1 of a code, for callers that are no phone. */
export function api1Of(code: string): string {
  return code.replace(/^mobileSign:/, '')
}

export type AccountId = SandboxReady['accounts']['egov-mobile'][number]['id']

/** A recipient who is a citizen of the sandbox. */
export function recipientOf(
  ready: SandboxReady,
  options: {
    readonly account?: AccountId
    readonly method?: 'CMS_WITH_DATA' | 'CMS_SIGN_ONLY'
    readonly orderGroup?: number
  } = {},
) {
  const found = ready.accounts['egov-mobile'].find(({ id }) => id === (options.account ?? 'person'))
  if (found === undefined) {
    throw new Error('the sandbox has no such citizen')
  }

  return {
    name: found.name,
    locale: 'kk',
    orderGroup: options.orderGroup ?? 1,
    identifiers: { iin: found.iin },
    methods: [{ provider: 'egov-mobile', method: options.method ?? 'CMS_SIGN_ONLY' }],
  }
}

/** One recipient, one method, sent at once. */
export function wishFor(ready: SandboxReady, documents: readonly string[]) {
  return {
    title: 'Үлгі шарт',
    documents: documents.map((id) => ({ id })),
    recipients: [recipientOf(ready)],
    send: true,
  }
}
