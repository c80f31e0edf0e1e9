import { gost94, streebog256 } from '@muhr/gost'
import { isLoopback } from '../egov-mobile/check-host.ts'
import { shortenPath } from '../journal.ts'
import type { SignFile, SignRequest } from './request.ts'
import { keepLast, nowOf, runApart, type SignmeState } from './state.ts'
import type { Switches } from './switches.ts'

const TIMEOUT_MS = 10_000

/** What comes back to the sender's URL (seed 7). */
export const ERRNO = {
  ok: 0,
  wrongPassword: 1,
  wrongSms: 2,
  noRight: 3,
  firstSignatureForbidden: 4,
  rejected: 5,
  internal: 6,
  otherCompany: 7,
} as const
export type Errno = (typeof ERRNO)[keyof typeof ERRNO]

/** A return address with what happened: after `&` when it has a `?` anywhere, whatever else it has (T12). */
export function returnUrl(url: string, errno: Errno): string {
  const added = errno === 0 ? 'signed=true' : `signed=false&error=${errno}`

  return `${url}${url.includes('?') ? '&' : '?'}${added}`
}

/**
 * Makes the push of a request, when it has one: a GET that follows no redirect. Who is to be told is told even
 * when nobody listens.
 */
export function push(
  state: SignmeState,
  request: SignRequest,
  { errno, times = 1 }: { readonly errno: Errno; readonly times?: number },
): Promise<unknown> {
  const { url } = request
  if (url === undefined || !request.isPush) return Promise.resolve()

  return runApart(state, async () => {
    for (let i = 0; i < times; i++) {
      await call(state, { kind: 'push', url: returnUrl(url, errno), rid: request.id })
    }
  })
}

/** Tells the site of a signature, when the request asked for it with `IF` (seed 1.1, footnotes). */
export function notify(
  state: SignmeState,
  request: SignRequest,
  {
    file,
    times = 1,
    apiKey = request.siteKey,
  }: {
    readonly file: SignFile
    readonly times?: number
    readonly apiKey?: string
  },
): Promise<unknown> {
  const url = state.accounts.site(request.siteKey)?.notificationUrl
  if (url === undefined || !request.isNotified) return Promise.resolve()

  return runApart(state, async () => {
    const content = await state.store.readFile(file.sha256)
    const query = new URLSearchParams({
      apikey: apiKey,
      md5hash: file.md5,
      gosthash: gostHash(content, state.switches.gostHash),
    })
    for (let i = 0; i < times; i++) {
      await call(state, {
        kind: 'notification',
        url: `${url}${url.includes('?') ? '&' : '?'}${query}`,
        rid: file.rid,
      })
    }
  })
}

/** `gosthash`: which hash it is, and its octet order, is not documented (ru-signme §6.3). */
export function gostHash(content: Uint8Array, variant: Switches['gostHash']): string {
  if (variant === '94') {
    return Buffer.from(gost94(content, { sbox: 'cryptopro' })).toString('hex')
  }
  const digest = Buffer.from(streebog256(content))

  return (variant === '2012-256' ? digest : digest.reverse()).toString('hex')
}

/** One GET, made again as often as the settings say while it is not answered with 2xx. */
async function call(
  state: SignmeState,
  { kind, url, rid }: { kind: 'push' | 'notification'; url: string; rid: number },
): Promise<void> {
  for (let tries = 0; tries <= state.settings.pushRetries; tries++) {
    const startedAt = performance.now()
    const { status, note } = await get(state, url)
    const number = state.nextCall++
    const at = new Date(nowOf(state)).toISOString()
    keepLast(state.outgoing, { number, at, kind, url, rid, status })
    state.world.journal.add({
      simulator: 'signme',
      direction: 'out',
      method: 'GET',
      path: shortenPath(url),
      status,
      durationMs: Math.round(performance.now() - startedAt),
      note: `${kind} of ${rid}${note}`,
    })
    if (typeof status === 'number' && status >= 200 && status < 300) return
  }
}

async function get(
  state: SignmeState,
  text: string,
): Promise<{ readonly status: number | 'none'; readonly note: string }> {
  const url = URL.parse(text)
  if (url === null) return { status: 'none', note: ': no URL' }
  const isAllowed =
    isLoopback(url.hostname) ||
    state.allowedHosts.includes(url.host) ||
    state.allowedHosts.includes(url.hostname)
  if (!isAllowed) return { status: 'none', note: ': host not allowed' }
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { 'user-agent': 'Sign.Me TEST' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await response.body?.cancel()

    return { status: response.status, note: '' }
  } catch {
    return { status: 'none', note: ': no answer' }
  }
}
