import { randomBytes } from 'node:crypto'
import { checkEgovMobile } from '@muhr/provider-egov-mobile/doctor'
import { en } from '@muhr/provider-egov-mobile/messages'
import type { Config } from '../config/index.ts'
import { type Finding, patienceMs } from './finding.ts'

/** What each provider can look at from here: addresses, and the way to us from outside. */
export async function checkProviders(
  config: Pick<Config, 'mode' | 'publicUrl'>,
  options: { readonly fetch: typeof fetch; readonly isRunning: boolean },
): Promise<readonly Finding[]> {
  const check = 'eGov Mobile'
  const findings = await checkEgovMobile({
    publicUrl: config.publicUrl,
    fetch: options.fetch,
    random: (bytes) => randomBytes(bytes),
    signal: AbortSignal.timeout(patienceMs),
  })

  return findings.map((finding) =>
    finding.check === 'callback-path' && !options.isRunning
      ? {
          check,
          result: 'notice',
          message: 'Muhr does not run, so the way to it from outside was not tried.',
        }
      : {
          check,
          // The simulated phone is on this computer too.
          result:
            isOnlyLocal(finding.message) && config.mode === 'sandbox' ? 'notice' : finding.result,
          message: `${en[finding.message]}${finding.detail === undefined ? '' : ` (${finding.detail})`}`,
        },
  )
}

function isOnlyLocal(message: string): boolean {
  return message === 'doctor.url.loopback'
}
