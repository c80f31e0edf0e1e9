import type { EnvelopeAggregate, Seal, SealItem, Sha256Hex } from '@muhr/envelope'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'

/** A wanted kept seal that nobody asked for in this time is no task any more, ms. */
const askedWithinMs = 24 * 3_600_000

/** What waits for a clerk's signer key, as a list shows it. */
export type SealTask = {
  readonly id: string
  /**
   * `request`: of a request that waits for it. `connection`: a credential that serves for a while.
   * `order`: the package of a workbench order. `account`: the API-Key of a workbench account.
   */
  readonly kind: 'request' | 'connection' | 'order' | 'account'
  readonly purpose: string
  readonly signerKey: string | undefined
  /** When it must be signed at the latest; absent where the sooner is the better. */
  readonly due: string | undefined
  /** Of a request or a connection. */
  readonly connection?: { readonly id: string; readonly name: string } | undefined
  readonly order?:
    | { readonly id: string; readonly title: string; readonly number: string | undefined }
    | undefined
  /** Whose API-Key it is, or the order goes through. */
  readonly account?: { readonly name: string } | undefined
  readonly envelope?: { readonly id: string; readonly title: string } | undefined
  readonly recipient?: string | undefined
  readonly items: readonly SealItem[]
}

type Row = {
  readonly id: string
  readonly kind: SealTask['kind']
  readonly purpose: string
  readonly signer_key: string | null
  readonly due: string | null
  readonly connection_id: string
  readonly connection_name: string
  readonly envelope_id: string | null
  readonly title: string | null
  readonly recipient: string | null
  readonly items: readonly SealItem[]
}

/** What waits for the signer keys of an organisation's clerks, what is due first first. */
export async function listSealTasks(
  app: Pick<AppContext, 'db' | 'now'>,
  organisation: string,
): Promise<readonly SealTask[]> {
  const now = app.now()
  const asked = new Date(now.getTime() - askedWithinMs).toISOString()
  const { rows } = await sql<Row>`
    select s.id, 'request' as kind, s.purpose, s.signer_key, s.due, c.id as connection_id,
      c.name as connection_name, e.id as envelope_id, e.title, p.name as recipient, s.items
    from seals s
    join requests r on r.id = s.request_id
    join connections c on c.id = r.connection_id
    join envelopes e on e.id = s.envelope_id
    join signings g on g.id = s.signing_id
    join recipients p on p.id = g.recipient_id
    where s.organisation_id = ${organisation} and s.state = 'wanted' and s.key = 'attended'
      and s.due > ${now.toISOString()}
    union all
    select k.id, 'connection', k.purpose, k.signer_key,
      (select max(m.usable_until) from kept_seals m where m.state = 'made'
        and m.connection_id = k.connection_id and m.purpose = k.purpose
        and m.sha256 = k.sha256 and m.signer_key = k.signer_key),
      c.id, c.name, null, null, null,
      jsonb_build_array(jsonb_build_object('name', k.purpose, 'sha256', k.sha256, 'size', k.size,
        'format', k.format))
    from kept_seals k join connections c on c.id = k.connection_id
    where k.organisation_id = ${organisation} and k.state = 'wanted' and k.asked_at > ${asked}
    order by 5 nulls first, 1`.execute(app.db)

  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    purpose: row.purpose,
    signerKey: row.signer_key ?? undefined,
    due: row.due ?? undefined,
    connection: { id: row.connection_id, name: row.connection_name },
    envelope:
      row.envelope_id === null ? undefined : { id: row.envelope_id, title: row.title ?? '' },
    recipient: row.recipient ?? undefined,
    items: row.items,
  }))
}

/** A seal that a clerk may sign, whatever became of it. */
export type FoundSeal = {
  readonly id: string
  readonly connection: string
  readonly signerKey: string | undefined
  readonly state: Seal['state']
  readonly due: Date | undefined
  readonly items: readonly SealItem[]
  readonly open: (sha256: Sha256Hex) => AsyncIterable<Uint8Array>
} & (
  | { readonly kind: 'request'; readonly seal: Seal; readonly aggregate: EnvelopeAggregate }
  | { readonly kind: 'connection'; readonly usableMs: number }
)

/** A seal of an organisation by its id; undefined when there is none that a clerk signs. */
export async function findSeal(
  app: Pick<AppContext, 'db' | 'store' | 'sealer'>,
  organisation: string,
  id: string,
): Promise<FoundSeal | undefined> {
  return (
    (await findRequestSeal(app, organisation, id)) ?? (await findKeptSeal(app, organisation, id))
  )
}

async function findRequestSeal(
  app: Pick<AppContext, 'db' | 'store'>,
  organisation: string,
  id: string,
): Promise<FoundSeal | undefined> {
  const row = await app.db
    .selectFrom('seals')
    .select('envelope_id')
    .where('id', '=', id)
    .where('organisation_id', '=', organisation)
    .executeTakeFirst()
  const aggregate =
    row === undefined
      ? undefined
      : await loadAggregate(app.db, { envelope: row.envelope_id, organisation })
  const seal = aggregate?.seals.find((candidate) => candidate.id === id)
  const request = aggregate?.requests.find((candidate) => candidate.id === seal?.request)
  if (aggregate === undefined || seal?.key !== 'attended' || request === undefined) {
    return undefined
  }

  return {
    kind: 'request',
    id,
    seal,
    aggregate,
    connection: request.connection,
    signerKey: seal.signerKey,
    state: seal.state,
    due: seal.due === undefined ? undefined : new Date(seal.due),
    items: seal.items,
    open: (sha256) => app.store.open(sha256),
  }
}

async function findKeptSeal(
  app: Pick<AppContext, 'db' | 'sealer'>,
  organisation: string,
  id: string,
): Promise<FoundSeal | undefined> {
  const row = await app.db
    .selectFrom('kept_seals')
    .selectAll()
    .where('id', '=', id)
    .where('organisation_id', '=', organisation)
    .where('key', '=', 'attended')
    .executeTakeFirst()
  if (row === undefined) {
    return undefined
  }

  return {
    kind: 'connection',
    id,
    connection: row.connection_id,
    signerKey: row.signer_key,
    state: row.state,
    usableMs: row.usable_ms,
    due: undefined,
    items: [
      {
        name: row.purpose,
        sha256: row.sha256 as Sha256Hex,
        size: row.size,
        format: row.format,
      },
    ],
    open: async function* () {
      yield Buffer.from(app.sealer.open(row.octets), 'base64')
    },
  }
}
