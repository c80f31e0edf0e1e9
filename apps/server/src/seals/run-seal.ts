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
  type Sha256Hex,
} from '@muhr/envelope'
import { MuhrError } from '@muhr/identifiers'
import type { SignerKeyErrorCode } from '@muhr/signer-key'
import type { AppContext } from '../app-context.ts'
import { type LoadedConnection, loadConnection } from '../connections/load-connection.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { providerIo } from '../envelopes/provider-io.ts'
import { callTimeoutOf } from '../jobs/run-attempt.ts'
import { expectedDispatches } from '../pacing/expect-dispatch.ts'
import { noKey } from './error.ts'
import type { FoundSignerKey } from './signer-keys.ts'

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
  const key = await findKey(app, envelopeId, { sealing, key: prepared.signerKey })
  if (key === undefined) {
    return false
  }
  if (key.attendance === 'unattended' && Date.parse(dispatchAt) - Date.parse(now) > sealAheadMs) {
    // Its window begins when it is made, and its turn is far off: a sweep takes it up in time.
    return false
  }
  if (key.until !== undefined && key.until <= now) {
    await changeEnvelope(app, envelopeId, {
      kind: 'seal-failed',
      seal: seal.id,
      code: 'signer-key.expired' satisfies SignerKeyErrorCode,
    })

    return false
  }
  await recordItems(app, envelopeId, { sealing, prepared, key })

  return true
}

/** The key that is to sign; where there is none, or it does not open, people are told. */
async function findKey(
  app: AppContext,
  envelopeId: string,
  about: { readonly sealing: Sealing; readonly key: string | undefined },
): Promise<FoundSignerKey | undefined> {
  const { seal, connection } = about.sealing
  try {
    const key = await app.signerKeys.find({
      organisationId: connection.organisationId,
      connectionId: connection.id,
      key: about.key,
    })
    if (key === undefined) {
      throw noKey(connection.id)
    }

    return key
  } catch (error) {
    await changeEnvelope(app, envelopeId, {
      kind: 'seal-failed',
      seal: seal.id,
      code: codeOf(error),
    })

    return undefined
  }
}

function codeOf(error: unknown): string {
  return error instanceof MuhrError ? error.code : 'seal.failed'
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
    readonly key: FoundSignerKey
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
    key: key.attendance,
    signerKey: key.id,
    items,
    // A package may not leave under a certificate that has ended meanwhile.
    due: key.until !== undefined && key.until < prepared.due ? key.until : prepared.due,
    usableFrom: prepared.usableFrom,
  })
  if (result.kind === 'refused') {
    throw new Error(`a provider built a seal that is refused: ${result.refusal.code}`)
  }
}

/** Signs all items, each as a stream; a key that fails is told to people and tried again. */
async function signSeal(app: AppContext, envelopeId: string, sealing: Sealing): Promise<void> {
  const { seal } = sealing
  if (seal.key !== 'unattended') {
    return
  }
  const found = await findKey(app, envelopeId, { sealing, key: seal.signerKey })
  if (found === undefined) {
    return
  }
  try {
    const signatures = await app.signerKeys.sign({
      organisationId: sealing.connection.organisationId,
      key: found.id,
      purpose: seal.purpose,
      items: seal.items.map(({ name, sha256, size }) => ({
        name,
        size,
        open: () => app.store.open(sha256),
      })),
      signal: AbortSignal.timeout(signTimeoutMs),
    })
    const artifacts: Sha256Hex[] = []
    for (const signature of signatures) {
      artifacts.push((await app.store.put(signature)).sha256)
    }
    await changeEnvelope(app, envelopeId, {
      kind: 'seal-made',
      seal: seal.id,
      items: seal.items.map((item) => item.sha256),
      artifacts,
      actor: { kind: 'system' },
    })
  } catch (error) {
    await changeEnvelope(app, envelopeId, {
      kind: 'seal-failed',
      seal: seal.id,
      code: codeOf(error),
    })
    throw error
  }
}
