import { type CodeEntry, epguCodes, esiaCodes } from '@muhr/epgu'
import type { AppContext } from '../app-context.ts'
import { json } from '../database/open-database.ts'
import { Problem } from '../http/problems.ts'

/** What a call asks for. */
export type CallOperation =
  | 'token'
  | 'reserve'
  | 'push'
  | 'push-chunk'
  | 'order-details'
  | 'orders-status'
  | 'updated-after'
  | 'cancel'
  | 'download'
  | 'dictionary'
  | 'other'

/** A request as it is kept: secrets in it are replaced by their names in braces. */
export type KeptRequest = {
  readonly headers: Readonly<Record<string, string>>
  /** Text of the body, where it is text. */
  readonly body?: string | undefined
  /** Of a multipart body: its fields, and the file without its bytes. */
  readonly fields?: readonly {
    readonly name: string
    readonly value: string
    readonly contentType?: string | undefined
  }[]
  readonly file?:
    | { readonly name: string; readonly fileName: string; readonly contentType: string }
    | undefined
  readonly bytes?: number | undefined
}

/** One call to ESIA or the portal, and what came of it. */
export type RecordedCall = {
  readonly account: string
  readonly order: string | undefined
  readonly operation: CallOperation
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly request: KeptRequest
  readonly at: Date
  readonly elapsedMs: number
  /** Undefined: no answer came, and `fault` tells why. */
  readonly status: number | undefined
  readonly fault: string | undefined
  readonly mediaType: string | undefined
  readonly answerBytes: number | undefined
  /** Text of the answer, its beginning where it is long; undefined for files. */
  readonly answer: string | undefined
}

/** Lines that are kept for each organisation. */
const keptLines = 500
/** The oldest are removed after so many new ones, and at start. */
const sweepEvery = 25

export type CallRow = {
  readonly id: string
  readonly account_id: string
  readonly order_id: string | null
  readonly operation: string
  readonly method: string
  readonly url: string
  readonly request: KeptRequest
  readonly at: string
  readonly elapsed_ms: number
  readonly status: number | null
  readonly fault: string | null
  readonly media_type: string | null
  readonly answer_bytes: number | null
}

const columns = [
  'id',
  'account_id',
  'order_id',
  'operation',
  'method',
  'url',
  'request',
  'at',
  'elapsed_ms',
  'status',
  'fault',
  'media_type',
  'answer_bytes',
] as const

/** The journal of calls of one process: writing it never delays or fails a call. */
export type CallJournal = {
  readonly write: (organisationId: string, call: RecordedCall) => void
  /** Resolves when all that was told so far is written. */
  readonly settled: () => Promise<void>
}

const contextOf = (organisationId: string, id: string): string => `${organisationId}/${id}/answer`

type Writer = Pick<AppContext, 'db' | 'ids' | 'secrets' | 'log'>

export function createCallJournal(app: Writer): CallJournal {
  let last: Promise<void> = Promise.resolve()
  let written = 0

  return {
    write: (organisationId, call) => {
      last = last.then(async () => {
        try {
          await insertCall(app, organisationId, call)
          if (written % sweepEvery === 0) {
            await removeOldest(app, organisationId)
          }
          written += 1
        } catch (error) {
          app.log.warn({ reason: (error as Error).name }, 'a call of the workbench was not noted')
        }
      })
    },
    settled: () => last,
  }
}

async function insertCall(
  { db, ids, secrets }: Writer,
  organisationId: string,
  call: RecordedCall,
): Promise<void> {
  const id = ids.own('workbench-call')
  const sealed =
    call.answer === undefined
      ? undefined
      : secrets.seal(Buffer.from(call.answer), contextOf(organisationId, id))
  await db
    .insertInto('workbench_calls')
    .values({
      id,
      organisation_id: organisationId,
      account_id: call.account,
      order_id: call.order ?? null,
      operation: call.operation,
      method: call.method,
      url: call.url,
      request: json(call.request),
      at: call.at,
      elapsed_ms: call.elapsedMs,
      status: call.status ?? null,
      fault: call.fault ?? null,
      media_type: call.mediaType ?? null,
      answer_bytes: call.answerBytes ?? null,
      answer: sealed === undefined ? null : Buffer.from(sealed.bytes),
      answer_sealed_by: sealed?.keyId ?? null,
    })
    .execute()
}

async function removeOldest({ db }: Writer, organisationId: string): Promise<void> {
  await db
    .deleteFrom('workbench_calls')
    .where('organisation_id', '=', organisationId)
    .where('id', '<=', (query) =>
      query
        .selectFrom('workbench_calls')
        .select('id')
        .where('organisation_id', '=', organisationId)
        .orderBy('id', 'desc')
        .offset(keptLines)
        .limit(1),
    )
    .execute()
}

/** Calls of an organisation, newest first; of one order, where it is named. */
export async function listCalls(
  { db }: Pick<AppContext, 'db'>,
  organisationId: string,
  wish: {
    readonly order?: string | undefined
    readonly before?: string | undefined
    readonly limit: number
  },
): Promise<readonly CallRow[]> {
  const { order, before, limit } = wish
  const rows = await db
    .selectFrom('workbench_calls')
    .select(columns)
    .where('organisation_id', '=', organisationId)
    .$if(order !== undefined, (query) => query.where('order_id', '=', order ?? ''))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

  return rows as unknown as readonly CallRow[]
}

export type LoadedCall = CallRow & {
  /** Undefined: none was kept, or it lies under a secret key that is not set. */
  readonly answer: string | undefined
  readonly told: (CodeEntry & { readonly code: string }) | undefined
}

/** A call with its answer. @throws Problem `request.not-found` */
export async function loadCall(
  { db, secrets }: Pick<AppContext, 'db' | 'secrets'>,
  organisationId: string,
  id: string,
): Promise<LoadedCall> {
  const row = await db
    .selectFrom('workbench_calls')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) {
    throw new Problem('request.not-found', 'There is no such call; old ones are removed.')
  }
  const opened =
    row.answer === null || row.answer_sealed_by === null
      ? undefined
      : secrets.open(
          { bytes: row.answer, keyId: row.answer_sealed_by },
          contextOf(organisationId, id),
        )
  const answer = opened === undefined ? undefined : Buffer.from(opened).toString('utf8')

  return { ...(row as unknown as CallRow), answer, told: toldBy(row.status, answer) }
}

/** What the code in a refusal means, out of the tables of ESIA and the gateway. */
function toldBy(status: number | null, answer: string | undefined): LoadedCall['told'] {
  if (status === null || status < 400 || answer === undefined) {
    return undefined
  }
  const code = codeIn(answer)
  const entries: Readonly<Record<string, CodeEntry>> = { ...epguCodes, ...esiaCodes }
  const entry = code !== undefined && Object.hasOwn(entries, code) ? entries[code] : undefined

  return code === undefined || entry === undefined ? undefined : { ...entry, code }
}

function codeIn(answer: string): string | undefined {
  try {
    const read: unknown = JSON.parse(answer)
    const code: unknown = typeof read === 'object' && read !== null ? Reflect.get(read, 'code') : ''

    return typeof code === 'string' ? code : undefined
  } catch {
    return undefined
  }
}
