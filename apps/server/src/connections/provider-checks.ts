import { randomBytes } from 'node:crypto'
import { checkEgovMobile } from '@muhr/provider-egov-mobile/doctor'
import { en, kk, ru, uz } from '@muhr/provider-egov-mobile/messages'
import { checkGoskey } from '@muhr/provider-goskey/doctor'
import {
  en as goskeyEn,
  kk as goskeyKk,
  ru as goskeyRu,
  uz as goskeyUz,
} from '@muhr/provider-goskey/messages/doctor'
import type { GoskeyConnection } from '@muhr/provider-goskey/server'
import { checkSignme } from '@muhr/provider-signme/doctor'
import {
  en as signmeEn,
  kk as signmeKk,
  ru as signmeRu,
  uz as signmeUz,
} from '@muhr/provider-signme/messages/doctor'
import type { SignmeConnection } from '@muhr/provider-signme/server'
import type { AppContext } from '../app-context.ts'
import { patienceMs } from '../doctor/finding.ts'
import { providerIo } from '../envelopes/provider-io.ts'
import { connectionAddress } from '../envelopes/request-addresses.ts'
import type { KeptSeals } from '../seals/kept-seals.ts'
import type { LoadedConnection } from './load-connection.ts'

/** Languages of what a check says. */
export type CheckLocale = 'ru' | 'kk' | 'uz' | 'en'

/** One thing that was looked at. */
export type ConnectionFinding = {
  /** What was looked at: `settings`, `signer-key`, `watch`, or as the provider calls it. */
  readonly check: string
  readonly result: 'passed' | 'notice' | 'warning' | 'failed'
  /** Stable; tells the finding from others. */
  readonly code: string
  /** One sentence, in the caller's language where the provider wrote it. */
  readonly message: string
  readonly advice?: string | undefined
}

/** What a check may use: it may have an API-Key signed, and nothing else. */
export type CheckingApp = Pick<AppContext, 'config' | 'store' | 'tokens'> & KeptSeals

type ProviderCheck = (
  app: CheckingApp,
  about: { readonly connection: LoadedConnection; readonly locale: CheckLocale },
) => Promise<readonly ConnectionFinding[]>

/** What each provider can look at without an effect: one line each. */
export const providerChecks: ReadonlyMap<string, ProviderCheck> = new Map<string, ProviderCheck>([
  ['egov-mobile', checkEgov],
  ['goskey', checkGoskeyConnection],
  ['signme', checkSignmeConnection],
])

const egovMobileTexts = { ru, kk, uz, en } as const

async function checkEgov(
  app: Pick<AppContext, 'config'>,
  { locale }: { readonly locale: CheckLocale },
): Promise<readonly ConnectionFinding[]> {
  const { publicUrl, mode } = app.config
  const findings = await checkEgovMobile({
    publicUrl,
    fetch,
    random: (bytes) => randomBytes(bytes),
    signal: AbortSignal.timeout(patienceMs),
  })

  return findings.map(({ check, result, message, detail }) => ({
    check,
    // The simulated phone is on this computer too.
    result: message === 'doctor.url.loopback' && mode === 'sandbox' ? 'notice' : result,
    code: message,
    message: `${egovMobileTexts[locale][message]}${detail === undefined ? '' : ` (${detail})`}`,
  }))
}

const goskeyTexts: Readonly<Record<CheckLocale, Readonly<Record<string, string>>>> = {
  ru: goskeyRu,
  kk: goskeyKk,
  uz: goskeyUz,
  en: goskeyEn,
}

/** A token, and a list of changes, for each of several employees. */
const goskeyPatienceMs = 30_000

async function checkGoskeyConnection(
  app: CheckingApp,
  about: { readonly connection: LoadedConnection; readonly locale: CheckLocale },
): Promise<readonly ConnectionFinding[]> {
  const { connection, locale } = about
  const findings = await checkGoskey({
    // Parsed by its own provider.
    connection: connection.settings as unknown as GoskeyConnection,
    io: providerIo(app, connection, AbortSignal.timeout(goskeyPatienceMs)),
  })

  const texts = goskeyTexts[locale]

  return findings.map(({ check, result, message, detail, code, advice: ours }) => {
    const words = [detail, code].filter((word) => word !== undefined).join(', ')
    const advice = texts[`advice.${code ?? ''}`] ?? ours

    return {
      check,
      result,
      code: code ?? message,
      message: `${texts[message]}${words === '' ? '' : ` (${words})`}`,
      ...(advice === undefined ? {} : { advice }),
    }
  })
}

const signmeTexts = { ru: signmeRu, kk: signmeKk, uz: signmeUz, en: signmeEn } as const

/** One call that has no effect. */
const signmePatienceMs = 30_000

async function checkSignmeConnection(
  app: CheckingApp,
  { connection, locale }: { readonly connection: LoadedConnection; readonly locale: CheckLocale },
): Promise<readonly ConnectionFinding[]> {
  const findings = await checkSignme({
    // Parsed by its own provider.
    connection: connection.settings as unknown as SignmeConnection,
    io: providerIo(app, connection, AbortSignal.timeout(signmePatienceMs)),
    addresses: {
      publicUrl: app.config.publicUrl,
      notification: connectionAddress(app, { id: connection.id, provider: 'signme' }),
    },
  })

  return findings.map(({ check, result, message, detail, code }) => {
    const words = [detail, code].filter((word) => word !== undefined).join(', ')

    return {
      check,
      result,
      code: code ?? message,
      message: `${signmeTexts[locale][message]}${words === '' ? '' : ` (${words})`}`,
    }
  })
}
