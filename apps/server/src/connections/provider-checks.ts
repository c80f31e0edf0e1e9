import { randomBytes } from 'node:crypto'
import { checkEgovMobile } from '@muhr/provider-egov-mobile/doctor'
import { en, kk, ru, uz } from '@muhr/provider-egov-mobile/messages'
import type { AppContext } from '../app-context.ts'
import { patienceMs } from '../doctor/finding.ts'
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

type ProviderCheck = (
  app: Pick<AppContext, 'config'>,
  about: { readonly connection: LoadedConnection; readonly locale: CheckLocale },
) => Promise<readonly ConnectionFinding[]>

/** What each provider can look at without an effect: one line each. */
export const providerChecks: ReadonlyMap<string, ProviderCheck> = new Map<string, ProviderCheck>([
  ['egov-mobile', checkEgov],
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
