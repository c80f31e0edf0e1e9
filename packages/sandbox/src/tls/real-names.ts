import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writePem } from '@muhr/pki'
import type { SimHandler } from '../http/sim-http.ts'
import type { TestPki } from '../pki/test-pki.ts'

/** Which simulator answers under which real name (ru-epgu-goskey §0, ru-signme §1). */
const REAL_NAMES = {
  'esia.gosuslugi.ru': 'esia',
  'esia-portal1.test.gosuslugi.ru': 'esia',
  'www.gosuslugi.ru': 'epgu',
  'lk.gosuslugi.ru': 'epgu',
  'svcdev-beta.test.gosuslugi.ru': 'epgu',
  'svcdev-gostapi.test.gosuslugi.ru': 'epgu',
  'sign.me': 'signme',
  'sandbox.sign.me': 'signme',
  'test.sign.me': 'signme',
} as const

/** DNS names in the certificate of the TLS port. */
export const TLS_NAMES: readonly string[] = Object.freeze([...Object.keys(REAL_NAMES), 'localhost'])

/**
 * One handler for all simulators: by the name that the client asks for, and under 127.0.0.1 or localhost by
 * the path, since those of the services differ.
 */
export function byRealName(
  handlers: Readonly<Record<'esia' | 'epgu' | 'signme' | 'trust', SimHandler>>,
): SimHandler {
  return async (request) => {
    const name = (request.headers['host'] ?? '').replace(/:\d+$/, '').toLowerCase()
    const simulator = Object.entries(REAL_NAMES).find(([known]) => known === name)?.[1]
    if (simulator !== undefined) return handlers[simulator](request)
    for (const handler of [handlers.esia, handlers.epgu, handlers.signme, handlers.trust]) {
      const response = await handler(request)
      if (response !== undefined) return response
    }

    return undefined
  }
}

/** The key of the TLS port with its chain, PEM; the certificate names every host of {@link TLS_NAMES}. */
export async function openTlsKey(
  pki: TestPki,
): Promise<{ readonly key: string; readonly cert: string }> {
  const { privateKey, certificate } = await pki.tlsKey(TLS_NAMES)
  const issuer = await readFile(join(pki.folder, 'ca', 'nca-rsa.cer'))

  return {
    key: writePem('PRIVATE KEY', privateKey),
    cert: writePem('CERTIFICATE', certificate) + writePem('CERTIFICATE', issuer),
  }
}
