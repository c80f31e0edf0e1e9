import { randomBytes } from 'node:crypto'
import type { ProviderIo } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'

/** The outer world as adapters are given it. */
export function providerIo(
  app: Pick<AppContext, 'now' | 'store'>,
  signal: AbortSignal,
): ProviderIo {
  return {
    fetch,
    now: app.now,
    random: (bytes) => randomBytes(bytes),
    read: (sha256) => app.store.read(sha256),
    signal,
  }
}
