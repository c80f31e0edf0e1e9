import { randomBytes } from 'node:crypto'
import type { ProviderIo } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import { type KeptSeals, keptSeal, type SealedConnection } from '../seals/kept-seals.ts'
import { contentMd5 } from '../store/content-md5.ts'

/** The outer world as the adapter of a connection is given it. */
export function providerIo(
  app: Pick<AppContext, 'db' | 'store'> & KeptSeals,
  connection: SealedConnection,
  signal: AbortSignal,
): ProviderIo {
  return {
    fetch,
    now: app.now,
    random: (bytes) => randomBytes(bytes),
    read: (sha256) => app.store.read(sha256),
    open: (sha256) => app.store.open(sha256),
    md5: (sha256) => contentMd5(app, sha256),
    keptSeal: (wanted) => keptSeal(app, connection, wanted),
    signal,
  }
}
