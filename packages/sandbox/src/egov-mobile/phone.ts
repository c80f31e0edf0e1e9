import { type AppAbilities, type AppVersion, abilitiesOf } from './app-version.ts'
import type { AskTimeStamp } from './ask-tsa.ts'
import { buildCancel, buildPut, notApplicable, type ReceivedDocuments } from './build-put.ts'
import { callService, type PhoneCall, type ServiceAnswer } from './call-service.ts'
import { checkHost } from './check-host.ts'
import type { CitizenKey } from './citizen-key.ts'
import { PhoneError } from './error.ts'
import { type AlternativeKey, type FaultMode, keyOfFault } from './fault-modes.ts'
import { readJsonText } from './json-text.ts'
import { type OpenedView, openedView } from './opened-view.ts'
import { droppedBody, type PutBody, slowBody, truncatedBody } from './put-body.ts'
import { type ReadAnswer, readAnswer } from './read-answer.ts'
import { type Api1, readApi1 } from './read-api1.ts'
import { readApi2 } from './read-api2.ts'
import { type EgovApp, readLink } from './read-link.ts'

/** Languages of the app (seed, Accept-Language). */
export type PhoneLanguage = 'ru' | 'kk' | 'en'

export type PhoneOptions = {
  /** The key the citizen signs with. */
  readonly key: CitizenKey
  /** Keys for the faults that sign with another one; a missing one makes the fault not applicable. */
  readonly alternativeKey?: (which: AlternativeKey) => Promise<CitizenKey | undefined>
  readonly language: PhoneLanguage
  readonly appVersion: AppVersion
  readonly fetch: typeof fetch
  readonly now: () => Date
  readonly random: (length: number) => Uint8Array
  /** Sends an RFC 3161 request (DER) to the TSA and gives its response (DER). */
  readonly tsa: AskTimeStamp
  /** Default `egov-mobile`. */
  readonly app?: EgovApp
  /** Hosts, or host:port, that the app may call besides loopback. Default none. */
  readonly allowedHosts?: readonly string[]
  /** Pause before each tenth of a slow PUT, ms. Default 1000. */
  readonly slowPauseMs?: number
  readonly delay?: (ms: number) => Promise<void>
  readonly monotonicMs?: () => number
  readonly onCall?: (call: PhoneCall) => void
}

/**
 * How a PUT ended. `accepted`: 200. `refused`: 403, the person may try again. `failed`: any other status.
 * `no-answer`: the connection broke. With a double PUT `answers` has both, and the first one decides.
 */
export type SignOutcome = {
  readonly kind: 'accepted' | 'refused' | 'failed' | 'no-answer'
  readonly answers: readonly ReadAnswer[]
}

export type CancelMode = 'with-status' | 'without-status' | 'silent'

/** The simulated app of one person. It holds at most one open request. */
export type Phone = {
  /**
   * Steps 1–5 of kz-egov-mobile §9: takes the link apart, checks the host, calls API #1 and API #2 and checks
   * every field. With the fault `wrong-token` API #2 is called with another token.
   *
   * @throws {PhoneError} naming the field or step
   */
  scan(text: string, options?: { fault?: FaultMode }): Promise<OpenedView>
  /**
   * Steps 6–8: signs every document and PUTs the mutated JSON. After 200 the request is done; after anything
   * else it stays open and may be signed again.
   *
   * @throws {PhoneError} `phone.*`, `fault.not-applicable`, `method.not-simulated`
   */
  sign(options?: { fault?: FaultMode }): Promise<SignOutcome>
  /**
   * The person declines. By default PUTs the original with `"status":"CANCELED"` [public client]; `silent` sends
   * nothing, as if the app were closed.
   */
  cancel(mode?: CancelMode): Promise<SignOutcome | undefined>
}

const LIMITS = {
  api1: { maxBytes: 64 * 1024, timeoutMs: 15_000 },
  api2: { maxBytes: 160 * 1024 * 1024, timeoutMs: 60_000 },
  put: { maxBytes: 64 * 1024, timeoutMs: 60_000 },
} as const

type Opened = {
  readonly api1: Api1
  readonly received: ReceivedDocuments
}

/** Makes the phone of one citizen (kz-egov-mobile §9). It knows a service only from the scanned text. */
export function createPhone(options: PhoneOptions): Phone {
  const { fetch, now, random, language, allowedHosts = [], slowPauseMs = 1000 } = options
  const app = options.app ?? 'egov-mobile'
  const delay = options.delay ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)))
  const abilities: AppAbilities = abilitiesOf(options.appVersion)
  const environment = {
    fetch,
    monotonicMs: options.monotonicMs ?? (() => performance.now()),
    onCall: options.onCall ?? (() => undefined),
  }
  const languageHeader: Readonly<Record<string, string>> = abilities.sendsAcceptLanguage
    ? { 'Accept-Language': language }
    : {}
  let opened: Opened | undefined
  let isDone = false
  let isBusy = false

  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isBusy) throw phoneError('phone.busy', 'The app is still working on the last tap.')
    isBusy = true
    try {
      return await work()
    } finally {
      isBusy = false
    }
  }

  const tokenHeader = ({ auth }: Api1, isWrong: boolean): Readonly<Record<string, string>> => {
    if (auth.type !== 'Token') {
      if (isWrong) throw notApplicable('wrong-token', 'the request has no token')

      return {}
    }
    const wrong = Buffer.from(random(24)).toString('base64url')

    return { Authorization: `Bearer ${isWrong ? wrong : auth.token}` }
  }

  const answered = (answer: ServiceAnswer, place: 'api1' | 'api2'): string => {
    if (answer.status === 200) return answer.text
    const { message } = readAnswer(answer)
    throw new PhoneError({
      code: 'http.status',
      message: `The service answered ${place} with status ${answer.status}.`,
      advice: 'Answer 200 with the JSON of the seed, or ask for a new code.',
      data: {
        place,
        status: answer.status,
        ...(message === undefined || !abilities.showsServerMessage
          ? {}
          : { serverMessage: message }),
      },
    })
  }

  const scan: Phone['scan'] = (text, { fault } = {}) =>
    alone(async () => {
      opened = undefined
      isDone = false
      const link = readLink(text, app)
      checkHost(link.api1, { place: 'link', allowedHosts })
      const first = await callService(
        { step: 'api1', method: 'GET', url: link.api1, headers: languageHeader, ...LIMITS.api1 },
        environment,
      )
      const api1 = readApi1(readJsonText(answered(first, 'api1'), 'api1'), {
        now: now(),
        allowedHosts,
      })
      if (api1.auth.type === 'Eds') {
        throw new PhoneError({
          code: 'method.not-simulated',
          message: 'This simulator does not sign the login of auth_type Eds.',
          advice: 'Use auth_type Token or None.',
          data: { place: 'api1', field: 'document.auth_type', found: 'Eds' },
        })
      }
      const second = await callService(
        {
          step: 'api2',
          method: 'GET',
          url: api1.api2Text,
          headers: { ...languageHeader, ...tokenHeader(api1, fault === 'wrong-token') },
          ...LIMITS.api2,
        },
        environment,
      )
      const body = answered(second, 'api2')
      const root = readJsonText(body, 'api2')
      const api2 = readApi2(root, abilities)
      opened = { api1, received: { text: body, root, documents: api2.documents } }

      return openedView(link.via, api1, api2)
    })

  const put = async (
    { api1 }: Opened,
    putBody: PutBody,
    isWrongToken: boolean,
  ): Promise<ReadAnswer | undefined> => {
    try {
      const answer = await callService(
        {
          step: 'put',
          method: 'PUT',
          url: api1.api2Text,
          headers: {
            ...languageHeader,
            ...tokenHeader(api1, isWrongToken),
            'Content-Type': 'application/json',
          },
          ...putBody,
          ...LIMITS.put,
        },
        environment,
      )
      const read = readAnswer(answer)

      return abilities.showsServerMessage ? read : { ...read, message: undefined }
    } catch (cause) {
      if (cause instanceof PhoneError && cause.code === 'http.unreachable') return undefined
      throw cause
    }
  }

  const openRequest = (): Opened => {
    if (isDone) throw phoneError('phone.already-done', 'This request is done.')
    if (opened === undefined) throw phoneError('phone.nothing-opened', 'No request is open.')

    return opened
  }

  const keyFor = async (fault: FaultMode | undefined): Promise<CitizenKey> => {
    const which = keyOfFault(fault)
    if (fault === undefined || which === undefined) return options.key
    const key = await options.alternativeKey?.(which)
    if (key === undefined) throw notApplicable(fault, 'the citizen has no such key')

    return key
  }

  const outcomeOf = (answers: readonly (ReadAnswer | undefined)[]): SignOutcome => {
    const [first] = answers
    const kind = first === undefined ? 'no-answer' : kindOf(first.status)
    if (kind === 'accepted') {
      isDone = true
      // The documents may be large, and nothing can be done with them any more.
      opened = undefined
    }

    return { kind, answers: answers.filter((answer) => answer !== undefined) }
  }

  const cancelNow = async (mode: CancelMode): Promise<SignOutcome | undefined> => {
    const request = openRequest()
    if (mode === 'silent') {
      opened = undefined

      return undefined
    }
    const text = buildCancel(request.received, mode === 'with-status')
    const answer = await put(request, wholeBody(encode(text)), false)

    return outcomeOf([answer])
  }

  const signNow = async (fault: FaultMode | undefined): Promise<SignOutcome> => {
    const request = openRequest()
    const key = await keyFor(fault)
    // Loaded with the first signature: an idle sandbox keeps no cryptography in memory.
    const { signDocument } = await import('./sign-document.ts')
    const signAll = async (): Promise<Uint8Array> => {
      const results: string[] = []
      for (const document of request.received.documents) {
        results.push(await signDocument(document, { key, fault, now, tsa: options.tsa, random }))
      }

      return encode(buildPut(request.received, results, fault))
    }
    const bytes = await signAll()
    switch (fault) {
      case 'double-put':
        return outcomeOf([
          await put(request, wholeBody(bytes), false),
          await put(request, wholeBody(bytes), false),
        ])
      case 'double-put-at-once':
        return outcomeOf(
          await Promise.all([
            put(request, wholeBody(bytes), false),
            put(request, wholeBody(bytes), false),
          ]),
        )
      case 'double-put-changed': {
        const first = await put(request, wholeBody(bytes), false)

        return outcomeOf([first, await put(request, wholeBody(await signAll()), false)])
      }
      case 'slow-put':
        return outcomeOf([
          await put(request, slowBody(bytes, { pauseMs: slowPauseMs, delay }), false),
        ])
      case 'truncated-body':
        return outcomeOf([await put(request, truncatedBody(bytes), false)])
      case 'dropped-connection':
        return outcomeOf([await put(request, droppedBody(bytes), false)])
      default:
        return outcomeOf([await put(request, wholeBody(bytes), fault === 'wrong-token')])
    }
  }

  return {
    scan,
    sign: ({ fault } = {}) =>
      alone(async () => {
        if (fault === 'cancel' || fault === 'cancel-with-status') {
          const mode = fault === 'cancel' ? 'without-status' : 'with-status'

          return (await cancelNow(mode)) ?? { kind: 'no-answer', answers: [] }
        }

        return signNow(fault)
      }),
    cancel: (mode = 'with-status') => alone(() => cancelNow(mode)),
  }
}

function kindOf(status: number): SignOutcome['kind'] {
  if (status === 200) return 'accepted'

  return status === 403 ? 'refused' : 'failed'
}

function wholeBody(body: Uint8Array): PutBody {
  return { body, sentBytes: body.length }
}

function encode(text: string): Uint8Array {
  return Buffer.from(text, 'utf8')
}

function phoneError(
  code: 'phone.busy' | 'phone.already-done' | 'phone.nothing-opened',
  message: string,
): PhoneError {
  return new PhoneError({
    code,
    message,
    advice: 'Scan a code, then sign or decline it once.',
    data: { place: 'phone' },
  })
}
