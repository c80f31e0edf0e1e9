import { timingSafeEqual } from 'node:crypto'
import { SandboxError } from '../error.ts'
import type { SimHandler, SimRequest } from './sim-http.ts'

/**
 * Refuses a request whose Host is not one of ours, so that a name of somebody else's that resolves to loopback
 * (DNS rebinding) reaches nothing (design rule 12).
 *
 * @throws {SandboxError} `sandbox.forbidden-host`
 */
export function checkHostHeader(request: SimRequest, hosts: readonly string[]): void {
  if (hosts.includes(request.headers['host']?.toLowerCase() ?? '')) return
  throw new SandboxError({
    code: 'sandbox.forbidden-host',
    message: 'The sandbox does not answer under this host name.',
    advice: 'Open it under 127.0.0.1 or localhost.',
  })
}

/** A handler that answers under our own host names alone. */
export function underOwnHosts(handler: SimHandler, hosts: () => readonly string[]): SimHandler {
  return async (request) => {
    checkHostHeader(request, hosts())

    return handler(request)
  }
}

/**
 * Refuses a call that a page of another origin makes. Browsers send Origin with every cross-origin call and with
 * every call that is not GET; tools send none.
 *
 * @throws {SandboxError} `sandbox.forbidden-origin`
 */
export function checkOrigin(request: SimRequest, hosts: readonly string[]): void {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const isOwnOrigin = origin === undefined || hosts.some((host) => origin === `http://${host}`)
  // `none` is the address bar. `same-site` is another port of this machine: not our page.
  const isOwnSite = site === undefined || site === 'same-origin' || site === 'none'
  if (isOwnOrigin && isOwnSite) return
  throw new SandboxError({
    code: 'sandbox.forbidden-origin',
    message: 'A page of another origin may not use the sandbox.',
    advice: 'Open the phone page itself.',
  })
}

/** Header that carries the secret of this start. */
export const SECRET_HEADER = 'x-muhr-sim-secret'

/**
 * Refuses a control call without the secret of this start.
 *
 * @throws {SandboxError} `sandbox.wrong-secret`
 */
export function checkSecret(request: SimRequest, secret: string): void {
  const given = Buffer.from(request.headers[SECRET_HEADER] ?? '')
  const wanted = Buffer.from(secret)
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return
  throw new SandboxError({
    code: 'sandbox.wrong-secret',
    message: 'The control of the sandbox needs the secret of this start.',
    advice: `Send it as ${SECRET_HEADER}; \`muhr sandbox --json\` prints it.`,
  })
}
