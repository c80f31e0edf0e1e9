import { findUrlFault, isLoopbackHost, refusals } from '@muhr/egov-mobile'
import type { EgovMobileMessageKey } from '../messages/index.ts'

/** What was looked at. */
export type EgovMobileCheck = 'public-url' | 'callback-path' | 'allow-list'

export type EgovMobileFinding = {
  readonly check: EgovMobileCheck
  /** `notice`: cannot be checked from here, and is worth knowing. */
  readonly result: 'passed' | 'notice' | 'warning' | 'failed'
  /** Key of the text, in `messages/`. */
  readonly message: Extract<EgovMobileMessageKey, `doctor.${string}`>
  /** HTTP status or error code, where there was one. */
  readonly detail?: string
}

export type CheckOptions = {
  /** `MUHR_PUBLIC_URL`. */
  readonly publicUrl: string
  readonly fetch: typeof fetch
  readonly random: (bytes: number) => Uint8Array
  readonly signal: AbortSignal
}

/**
 * Checks from here what a phone would meet: an https address (or loopback, for the simulator) that
 * can stand in a QR code, and behind it this installation, without a redirect. The probe asks for a
 * request that cannot exist and expects our own 404, in Kazakh: nobody else answers so.
 *
 * The server has to be running for the second check.
 */
export async function checkEgovMobile(
  options: CheckOptions,
): Promise<readonly EgovMobileFinding[]> {
  const token = Buffer.from(options.random(16)).toString('hex')
  const probe = `${options.publicUrl.replace(/\/$/, '')}/cb/egov-mobile/${token}/mgovSign`
  const url = checkUrl(probe)
  if (url.result === 'failed') return [url]

  const path = await checkPath(probe, options)

  return url.result === 'passed'
    ? [url, path, { check: 'allow-list', result: 'notice', message: 'doctor.allow-list' }]
    : [url, path]
}

function checkUrl(probe: string): EgovMobileFinding {
  const fault = findUrlFault(probe)
  const check = 'public-url'

  if (fault === 'scheme') return { check, result: 'failed', message: 'doctor.url.scheme' }
  if (fault !== undefined) {
    return { check, result: 'failed', message: 'doctor.url.invalid', detail: fault }
  }

  return isLoopbackHost(new URL(probe).hostname)
    ? { check, result: 'warning', message: 'doctor.url.loopback' }
    : { check, result: 'passed', message: 'doctor.url.passed' }
}

async function checkPath(probe: string, options: CheckOptions): Promise<EgovMobileFinding> {
  const check = 'callback-path'

  try {
    const response = await options.fetch(probe, {
      headers: { 'accept-language': 'kk' },
      redirect: 'manual',
      signal: options.signal,
    })
    const detail = String(response.status)

    if (response.status >= 300 && response.status < 400) {
      return { check, result: 'failed', message: 'doctor.path.redirect', detail }
    }

    return response.status === 404 && (await messageOf(response)) === ourMessage
      ? { check, result: 'passed', message: 'doctor.path.passed' }
      : { check, result: 'failed', message: 'doctor.path.other', detail }
  } catch (error) {
    const code = codeOf(error)

    return {
      check,
      result: 'failed',
      message: isTlsCode(code) ? 'doctor.path.tls' : 'doctor.path.unreachable',
      ...(code === undefined ? {} : { detail: code }),
    }
  }
}

const ourMessage = refusals['unknown-session'].text.kk

async function messageOf(response: Response): Promise<unknown> {
  try {
    const body: unknown = await response.json()

    return typeof body === 'object' && body !== null && 'message' in body ? body.message : undefined
  } catch {
    return undefined
  }
}

/** `fetch` hides the reason in `cause`. */
function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined

  return typeof cause === 'object' && cause !== null && 'code' in cause
    ? String(cause.code)
    : undefined
}

/** Codes that OpenSSL and Node give a certificate that was not accepted. */
function isTlsCode(code: string | undefined): boolean {
  return code !== undefined && /CERT|TLS|SSL|LEAF_SIGNATURE|ISSUER/.test(code)
}
