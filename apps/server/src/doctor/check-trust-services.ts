import { existsSync } from 'node:fs'
import type { Config } from '../config/index.ts'
import { type Finding, patienceMs } from './finding.ts'

const check = 'trust services'
const clockCheck = 'clock'
const worryingMs = 30_000
const wrongMs = 300_000

type Answer = { readonly url: string; readonly date: Date | undefined; readonly error?: string }

/**
 * Whether the configured OCSP and time-stamp services answer at all, and whether their clocks
 * and ours agree. Only configured addresses are asked; what they answer is not judged here.
 */
export async function checkTrustServices(
  config: Pick<Config, 'mode' | 'trust'>,
  options: { readonly fetch: typeof fetch; readonly now: () => Date },
): Promise<readonly Finding[]> {
  const urls = Object.values(config.trust.services).flatMap(({ ocspUrl, tsaUrl }) =>
    [ocspUrl, tsaUrl].filter((url) => url !== undefined),
  )
  const answers = await Promise.all(urls.map((url) => ask(url, options)))

  return [
    ...answers.map(describe),
    ...(config.mode === 'live' ? findMissing(config) : []),
    compareClocks(answers, options.now()),
  ]
}

async function ask(url: string, options: { readonly fetch: typeof fetch }): Promise<Answer> {
  try {
    const response = await options.fetch(url, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    })
    const date = new Date(response.headers.get('date') ?? '')

    return { url, date: Number.isNaN(date.getTime()) ? undefined : date }
  } catch (error) {
    const { cause, name } = error as { readonly cause?: { readonly code?: string }; name: string }

    return { url, date: undefined, error: cause?.code ?? name }
  }
}

function describe({ url, error }: Answer): Finding {
  return error === undefined
    ? { check, result: 'passed', message: `${url} answers.` }
    : {
        check,
        result: 'failed',
        message: `${url} does not answer (${error}).`,
        advice: 'Check the address, the name in DNS, and that the firewall lets Muhr out to it.',
      }
}

/** Without them every verdict stays INDETERMINATE: nothing is ever completed by itself. */
function findMissing({ trust }: Pick<Config, 'trust'>): readonly Finding[] {
  const { ocspUrl, tsaUrl } = trust.services.KZ
  const missing = [
    ...(ocspUrl === undefined ? ['MUHR_OCSP_URL_KZ'] : []),
    ...(tsaUrl === undefined ? ['MUHR_TSA_URL_KZ'] : []),
  ]

  return missing.length === 0
    ? []
    : [
        {
          check,
          result: 'warning',
          message: `${missing.join(' and ')} not set: Kazakh signatures are held as INDETERMINATE.`,
          advice:
            'Set them to the services of the National Certification Authority, http://ocsp.pki.gov.kz and http://tsp.pki.gov.kz.',
        },
      ]
}

function compareClocks(answers: readonly Answer[], now: Date): Finding {
  const skewsMs = answers
    .flatMap(({ date }) => (date === undefined ? [] : [date.getTime() - now.getTime()]))
    .sort((a, b) => a - b)
  const median = skewsMs[Math.floor(skewsMs.length / 2)]

  if (median === undefined) {
    return existsSync('/run/systemd/timesync/synchronized')
      ? { check: clockCheck, result: 'passed', message: 'The clock is set by NTP.' }
      : {
          check: clockCheck,
          result: 'notice',
          message: `It is ${now.toISOString()} here; there was nobody to compare with.`,
        }
  }

  const seconds = Math.round(Math.abs(median) / 1000)
  const message = `The clock differs from the trust services' by ${seconds} s.`

  // A header has whole seconds, and the answer took a while.
  if (Math.abs(median) < worryingMs) {
    return { check: clockCheck, result: 'passed', message }
  }

  return {
    check: clockCheck,
    result: Math.abs(median) < wrongMs ? 'warning' : 'failed',
    message,
    advice:
      'Set the clock by NTP (timedatectl set-ntp true): with a wrong one, good answers look stale.',
  }
}
