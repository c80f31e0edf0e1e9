/** Channel on which every change of an envelope is told when its transaction commits. */
export const changeChannel = 'muhr_changes'

/** What may change in a row that exists; everything else is written once. Parents before children. */
const mutable = {
  signings: ['state', 'since', 'round', 'planning', 'reason', 'accepted_by'],
  contents: [],
  requests: [
    'state',
    'outcome',
    'handle',
    'opens_at',
    'expires_at',
    'attention',
    'seen',
    'ending',
    'since',
    'bucket',
  ],
  attempts: ['state', 'since', 'code', 'not_before'],
  seals: ['state', 'artifacts', 'key', 'signer_key', 'items', 'due', 'usable_from'],
  artifacts: ['standing', 'verdict'],
} as const satisfies { readonly [part: string]: readonly string[] }

/** A table of rows that belong to an envelope and may be added to. */
export type Part = keyof typeof mutable

export const parts = Object.keys(mutable) as readonly Part[]

/** Rows of one table out of a parameter; none unless the part named `gate` has its row. */
function insertText(table: string, parameter: number, gate: string): string {
  return `insert into ${table} select r.* from ${gate},
    jsonb_populate_recordset(null::${table}, $${parameter}::jsonb) r`
}

function upsertText(part: Part, parameter: number, gate: string): string {
  const columns = mutable[part].map((column) => `${column} = excluded.${column}`)
  const action = columns.length === 0 ? 'nothing' : `update set ${columns.join(', ')}`

  return `${insertText(part, parameter, gate)} on conflict (id) do ${action}`
}

const named = (name: string, text: string) => `${name} as (${text})`

/** The end of every statement: the change is told, and its row says that it happened. */
const tellText = (gate: string) =>
  `select pg_notify('${changeChannel}', organisation_id || ' ' || id || ' ' || version || ' ' || state)
    from ${gate}`

/**
 * The statements by which envelopes are written: each is one round trip and one transaction, and its
 * text is always the same, whatever it carries, so that it is prepared once. Lists travel as JSON.
 */
export const statements = {
  /** $1 envelope, $2 documents, $3 recipients, $4… the parts in their order, last the events. */
  insert: `with ${[
    named(
      'made',
      `insert into envelopes select * from jsonb_populate_record(null::envelopes, $1::jsonb)
        returning id, organisation_id, version, state`,
    ),
    named('new_documents', insertText('envelope_documents', 2, 'made')),
    named('new_recipients', insertText('recipients', 3, 'made')),
    ...parts.map((part, index) => named(`new_${part}`, insertText(part, 4 + index, 'made'))),
    named('new_events', insertText('events', 4 + parts.length, 'made')),
  ].join(', ')} ${tellText('made')}`,

  /** $1 id, $2 state and $3 version as read, $4…$8 what the envelope becomes, then parts and events. */
  update: `with ${[
    named(
      'moved',
      `update envelopes set state = $4, version = $5, sent_at = $6, ended_at = $7, reason = $8,
          updated_at = now()
        where id = $1 and state = $2 and version = $3
        returning id, organisation_id, version, state`,
    ),
    ...parts.map((part, index) => named(`new_${part}`, upsertText(part, 9 + index, 'moved'))),
    named('new_events', insertText('events', 9 + parts.length, 'moved')),
  ].join(', ')} ${tellText('moved')}`,

  /**
   * $1 id, $2 state and $3 version as read, $4 events. Locks the envelope without moving it, so that
   * events without a change keep one chain as well.
   */
  note: `with ${[
    named(
      'held',
      `select id, organisation_id, version, state from envelopes
        where id = $1 and state = $2 and version = $3 for update`,
    ),
    named('new_events', insertText('events', 4, 'held')),
  ].join(', ')} ${tellText('held')}`,
} as const
