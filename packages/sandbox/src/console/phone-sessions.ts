import type { AppVersion } from '../egov-mobile/app-version.ts'
import { askTsaOverHttp } from '../egov-mobile/ask-tsa.ts'
import type { PhoneCall } from '../egov-mobile/call-service.ts'
import type { KeyAlgorithm } from '../egov-mobile/citizen-key.ts'
import type { AlternativeKey } from '../egov-mobile/fault-modes.ts'
import type { OpenedView } from '../egov-mobile/opened-view.ts'
import { createPhone, type Phone, type PhoneLanguage } from '../egov-mobile/phone.ts'
import { SandboxError } from '../error.ts'
import { shortenPath } from '../journal.ts'
import { type AccountId, accounts, type CitizenSpec } from '../pki/profile.ts'
import type { World } from '../world.ts'

export type PhoneSettings = {
  readonly account: AccountId
  readonly algorithm: KeyAlgorithm
  readonly language: PhoneLanguage
  readonly appVersion: AppVersion
}

/** A phone that a browser tab, or a caller of the control, holds. */
export type PhoneSession = {
  readonly id: string
  readonly settings: PhoneSettings
  readonly phone: Phone
  view: OpenedView | undefined
}

export type PhoneSessions = {
  readonly open: (settings: PhoneSettings) => Promise<PhoneSession>
  /** @throws {SandboxError} `sandbox.unknown-phone` */
  readonly get: (id: string) => PhoneSession
  readonly close: (id: string) => void
}

export type PhoneSessionOptions = {
  readonly world: World
  readonly trustUrl: string
  readonly fetch: typeof fetch
  readonly allowedHosts: readonly string[]
}

/** An open phone may hold 160 MiB of documents: the oldest makes room. */
const MAX_PHONES = 8

/** Phones of the console; each knows a gateway only from what it scans. */
export function createPhoneSessions(options: PhoneSessionOptions): PhoneSessions {
  const { world } = options
  const sessions = new Map<string, PhoneSession>()

  const journal = (id: string) => (call: PhoneCall) => {
    world.journal.add({
      simulator: 'egov-mobile',
      direction: 'out',
      method: call.method,
      path: shortenPath(call.url),
      status: call.status,
      durationMs: call.durationMs,
      sentBytes: call.sentBytes,
      receivedBytes: call.receivedBytes,
      note: noteOf(call),
      phone: id,
    })
  }

  return {
    open: async (settings) => {
      const id = Buffer.from(world.random(18)).toString('base64url')
      const { account, algorithm } = settings
      const phone = createPhone({
        key: await world.pki.citizenKey({ account, algorithm, state: 'valid' }),
        alternativeKey: (which) => world.pki.citizenKey(alternativeSpec(settings, which)),
        language: settings.language,
        appVersion: settings.appVersion,
        fetch: options.fetch,
        now: world.clock.now,
        random: world.random,
        tsa: askTsaOverHttp({ url: `${options.trustUrl}/tsp`, fetch: options.fetch }),
        allowedHosts: options.allowedHosts,
        onCall: journal(id),
      })
      const session: PhoneSession = { id, settings, phone, view: undefined }
      const [oldest] = sessions.keys()
      if (sessions.size >= MAX_PHONES && oldest !== undefined) sessions.delete(oldest)
      sessions.set(id, session)

      return session
    },
    close: (id) => {
      sessions.delete(id)
    },
    get: (id) => {
      const session = sessions.get(id)
      if (session === undefined) {
        throw new SandboxError({
          code: 'sandbox.unknown-phone',
          message: 'This phone is no longer held.',
          advice: 'Open a phone anew and scan again.',
        })
      }
      // Moved to the end: the least recently used goes first.
      sessions.delete(id)
      sessions.set(id, session)

      return session
    },
  }
}

/** The key that a fault signs with, of the same person but where the fault is the person. */
function alternativeSpec(
  { account, algorithm }: PhoneSettings,
  which: AlternativeKey,
): CitizenSpec {
  switch (which) {
    case 'expired':
    case 'revoked':
    case 'foreign':
      return { account, algorithm, state: which }
    case 'authentication':
      // Only RSA keys are split into signing and authentication (kz-egov-mobile §4.1).
      return { account, algorithm: 'rsa-2048', state: 'authentication' }
    case 'other-person': {
      const other = accounts.find(
        ({ id, organisation }) => id !== account && organisation === undefined,
      )

      return { account: other?.id ?? 'second', algorithm, state: 'valid' }
    }
  }
}

function noteOf(call: PhoneCall): string {
  const parts = [
    { api1: 'API № 1', api2: 'API № 2', put: 'API № 2' }[call.step],
    call.acceptLanguage === undefined ? undefined : `Accept-Language: ${call.acceptLanguage}`,
    call.hasBearer ? 'Bearer' : undefined,
  ]

  return parts.filter((part) => part !== undefined).join(' · ')
}
