import { sql } from 'kysely'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Saving, TokenHashes } from './save-aggregate.ts'

/**
 * Histories are worth what they can find. Each guard is taken away by putting another module in its
 * place, never by a switch in the product, and then the history must fail.
 */
describe('a history fails', () => {
  afterEach(() => {
    vi.doUnmock('./save-aggregate.ts')
    vi.doUnmock('../verification/compare-identity.ts')
    vi.doUnmock('../jobs/run-attempt.ts')
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  /** The product with the modules that are mocked now. */
  async function load() {
    vi.resetModules()
    const { startTestInstallation } = await import('../testing/index.ts')
    const { runHistory } = await import('../testing/histories/run-history.ts')

    return { startTestInstallation, runHistory }
  }

  it('without the compare-and-set', async () => {
    const real = await vi.importActual<typeof import('./save-aggregate.ts')>('./save-aggregate.ts')
    const { loadWithHead } =
      await vi.importActual<typeof import('./load-aggregate.ts')>('./load-aggregate.ts')
    // Writes what it wants over whatever is there: reads the version only to please the statement.
    const overwrite = async (
      db: Parameters<typeof real.saveAggregate>[0],
      saving: Saving,
      hashes: TokenHashes,
    ): Promise<boolean> => {
      const { previous, next } = saving
      // Long enough for another writer to come in between, however few cores there are.
      await sql`select pg_sleep(0.01)`.execute(db)
      const now = await loadWithHead(db, { envelope: previous.envelope.id })
      if (now === undefined) {
        return false
      }
      const { version, state } = now.aggregate.envelope

      return real.saveAggregate(
        db,
        {
          ...saving,
          previous: { ...previous, envelope: { ...previous.envelope, version, state } },
          next: { ...next, envelope: { ...next.envelope, version: version + 1 } },
          head: now.head,
        },
        hashes,
      )
    }
    vi.doMock('./save-aggregate.ts', () => ({ ...real, saveAggregate: overwrite }))
    const { startTestInstallation, runHistory } = await load()
    const muhr = await startTestInstallation({ env: { MUHR_SESSION_TTL_HOURS: '8760' } })
    try {
      // The database would refuse what the missing guard lets through: it is silenced as well.
      for (const table of ['envelopes', 'signings', 'requests', 'artifacts']) {
        await muhr.sql(`alter table ${table} disable trigger user`)
      }
      const found: string[] = []
      for (let seed = 1; seed <= 5 && found.length === 0; seed++) {
        const { problems } = await runHistory(muhr, { seed, steps: 300 })
        found.push(...problems)
      }
      expect(found).not.toEqual([])
    } finally {
      await muhr.stop()
    }
  })

  it('without the identity check', async () => {
    vi.doMock('../verification/compare-identity.ts', () => ({
      compareIdentity: () => ({ identity: 'match' }),
    }))
    const { startTestInstallation, runHistory } = await load()
    const muhr = await startTestInstallation({ env: { MUHR_SESSION_TTL_HOURS: '8760' } })
    try {
      const { problems } = await runHistory(muhr, { seed: 1, steps: 300 })
      expect(problems.join('\n')).toMatch(/thanked for a wrong signature|without a signature over/)
    } finally {
      await muhr.stop()
    }
  })

  it('without the attempt row', async () => {
    const real =
      await vi.importActual<typeof import('../jobs/run-attempt.ts')>('../jobs/run-attempt.ts')
    const { requestView } = await import('@muhr/envelope')
    const { loadAggregate } = await import('./load-aggregate.ts')
    const { loadConnection } = await import('../connections/load-connection.ts')
    const { providerIo } = await import('./provider-io.ts')
    const { requestAddresses } = await import('./request-addresses.ts')
    // Calls first and tells afterwards, as one would who trusts the queue to deliver once.
    const callFirst: typeof real.runAttempt = async (app, envelopeId, attemptId) => {
      const aggregate = await loadAggregate(app.db, { envelope: envelopeId })
      const attempt = aggregate?.attempts.find(({ id }) => id === attemptId)
      const request = aggregate?.requests.find(({ id }) => id === attempt?.request)
      const view = aggregate && request && requestView(aggregate, request.id)
      const connection = request && (await loadConnection(app, request.connection))
      if (request !== undefined && view !== undefined && connection !== undefined) {
        const step = connection.provider.advance({
          connection: connection.settings,
          sender: connection.sender,
          request: view,
          now: aggregate?.envelope.createdAt ?? ('' as never),
        })
        if (step.kind === 'call') {
          await step.run(
            providerIo(app, connection, AbortSignal.timeout(5_000)),
            requestAddresses(app, request),
          )
        }
      }
      await real.runAttempt(app, envelopeId, attemptId)
    }
    vi.doMock('../jobs/run-attempt.ts', () => ({ ...real, runAttempt: callFirst }))
    const { startTestInstallation } = await load()
    const { connectService, createCalledService, routeFetch, runCalls } = await import(
      '../testing/histories/calls.ts'
    )
    const service = createCalledService()
    vi.stubGlobal('fetch', routeFetch(service, fetch))
    const muhr = await startTestInstallation({ providers: [service.provider] })
    try {
      await connectService(muhr, service)
      const { mostAsked } = await runCalls(muhr, service, { seed: 1, rounds: 3 })
      expect(mostAsked).toBeGreaterThan(1)
    } finally {
      await muhr.stop()
    }
  })
})
