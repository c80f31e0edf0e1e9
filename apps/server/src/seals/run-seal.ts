import {
  type EnvelopeAggregate,
  type Instant,
  instantOf,
  type Json,
  type PreparedSeal,
  type RequestView,
  requestView,
  type Seal,
  type SealId,
  type SealItem,
  type SealKey,
} from '@muhr/envelope'
import { MuhrError } from '@muhr/identifiers'
import type { AppContext } from '../app-context.ts'
import { type LoadedConnection, loadConnection } from '../connections/load-connection.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { providerIo } from '../envelopes/provider-io.ts'
import { callTimeoutOf } from '../jobs/run-attempt.ts'
import { expectedDispatches } from '../pacing/expect-dispatch.ts'
import { incomplete } from './kept-seals.ts'

/** Longest that a signer key may take over one seal, ms. */
const signTimeoutMs = 600_000

/** How long before its call is expected to leave a seal is made by a key that needs nobody, ms. */
export const sealAheadMs = 120_000

type Sealing = {
  readonly aggregate: EnvelopeAggregate
  readonly seal: Seal
  readonly connection: LoadedConnection
  readonly view: RequestView<Json>
}

/**
 * Builds what a seal is over where that is owed, and signs it where the key is unattended. Comes again
 * after a fall: what was built stands, what was signed in vain is signed once more.
 */
export async function runSeal(app: AppContext, envelopeId: string, id: SealId): Promise<void> {
  const sealing = await loadSealing(app, envelopeId, id)
  if (sealing === undefined) {
    return
  }
  if (sealing.seal.state === 'wanted') {
    await signSeal(app, envelopeId, sealing)
  } else if (await buildSeal(app, envelopeId, sealing)) {
    const built = await loadSealing(app, envelopeId, id)
    if (built?.seal.state === 'wanted') {
      await signSeal(app, envelopeId, built)
    }
  }
}

async function loadSealing(
  app: AppContext,
  envelopeId: string,
  id: SealId,
): Promise<Sealing | undefined> {
  const aggregate = await loadAggregate(app.db, { envelope: envelopeId })
  const seal = aggregate?.seals.find((candidate) => candidate.id === id)
  const request = aggregate?.requests.find((candidate) => candidate.id === seal?.request)
  if (aggregate === undefined || seal === undefined || request === undefined) {
    return undefined
  }
  if (seal.state !== 'planned' && seal.state !== 'wanted') {
    return undefined
  }
  const connection = await loadConnection(app, request.connection)
  const view = requestView(aggregate, request.id)
  if (connection === undefined || view === undefined) {
    await changeEnvelope(app, envelopeId, {
      kind: 'seal-failed',
      seal: id,
      code: 'connection-unusable',
    })

    return undefined
  }

  return { aggregate, seal, connection, view }
}

/** @returns true when the items are there */
async function buildSeal(app: AppContext, envelopeId: string, sealing: Sealing): Promise<boolean> {
  const { aggregate, seal, connection, view } = sealing
  const now = instantOf(app.now())
  const dispatchAt = await expectedOf(app, sealing, now)
  const prepared: PreparedSeal = (await connection.provider.prepareSeal?.({
    connection: connection.settings,
    sender: connection.sender,
    request: view,
    purpose: seal.purpose,
    now,
    dispatchAt,
    deadline: aggregate.envelope.deadline,
    io: providerIo(app, connection, AbortSignal.timeout(callTimeoutOf(connection.provider))),
  })) ?? { kind: 'refused', code: 'seal.not-built' }
  if (prepared.kind === 'refused') {
    await changeEnvelope(app, envelopeId, {
      kind: 'seal-refused',
      seal: seal.id,
      code: prepared.code,
    })

    return false
  }
  const key = await app.signerKeys.describe({
    organisationId: connection.organisationId,
    key: prepared.signerKey,
  })
  if (key === undefined) {
    await changeEnvelope(app, envelopeId, {
      kind: 'seal-failed',
      seal: seal.id,
      code: 'seal.no-key',
    })

    return false
  }
  if (key.kind === 'unattended' && Date.parse(dispatchAt) - Date.parse(now) > sealAheadMs) {
    // Its window begins when it is made, and its turn is far off: a sweep takes it up in time.
    return false
  }
  await recordItems(app, envelopeId, { sealing, prepared, key: key.kind })

  return true
}

async function expectedOf(
  app: AppContext,
  { seal, connection, view }: Sealing,
  now: Instant,
): Promise<Instant> {
  const { id, traits } = connection.provider.describe()
  if (traits.paced !== true || view.handle !== undefined) {
    return now
  }

  return (await expectedDispatches(app, id)).get(seal.request) ?? now
}

async function recordItems(
  app: AppContext,
  envelopeId: string,
  about: {
    readonly sealing: Sealing
    readonly prepared: Extract<PreparedSeal, { readonly kind: 'prepared' }>
    readonly key: SealKey
  },
): Promise<void> {
  const { sealing, prepared, key } = about
  const items: SealItem[] = []
  for (const item of prepared.items) {
    const { name, format } = item
    if ('bytes' in item) {
      items.push({ name, format, ...(await app.store.put(item.bytes)) })
    } else {
      const content = sealing.view.contents[item.content]
      if (content === undefined) {
        throw new Error('a provider built a seal over a content that its request does not have')
      }
      items.push({ name, format, sha256: content.sha256, size: content.size })
    }
  }
  const result = await changeEnvelope(app, envelopeId, {
    kind: 'seal-prepared',
    seal: sealing.seal.id,
    key,
    signerKey: prepared.signerKey,
    items,
    due: prepared.due,
    usableFrom: prepared.usableFrom,
  })
  if (result.kind === 'refused') {
    throw new Error(`a provider built a seal that is refused: ${result.refusal.code}`)
  }
}

/** Signs all items at once; a key that fails is told to people and tried again. */
async function signSeal(app: AppContext, envelopeId: string, sealing: Sealing): Promise<void> {
  const { seal, connection } = sealing
  if (seal.key !== 'unattended') {
    return
  }
  try {
    const signatures = await app.signerKeys.sign({
      organisationId: connection.organisationId,
      key: seal.signerKey ?? '',
      purpose: seal.purpose,
      items: seal.items.map(({ name, sha256, size }) => ({
        name,
        size,
        open: () => app.store.open(sha256),
      })),
      signal: AbortSignal.timeout(signTimeoutMs),
    })
    if (signatures.length !== seal.items.length) {
      throw incomplete(seal.signerKey ?? '', { made: signatures.length, of: seal.items.length })
    }
    const stored = await Promise.all(signatures.map((signature) => app.store.put(signature)))
    await changeEnvelope(app, envelopeId, {
      kind: 'seal-made',
      seal: seal.id,
      items: seal.items.map((item) => item.sha256),
      artifacts: stored.map(({ sha256 }) => sha256),
      actor: { kind: 'system' },
    })
  } catch (error) {
    const code = error instanceof MuhrError ? error.code : 'seal.failed'
    await changeEnvelope(app, envelopeId, { kind: 'seal-failed', seal: seal.id, code })
    throw error
  }
}
