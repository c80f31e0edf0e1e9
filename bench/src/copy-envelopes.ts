import type { TestInstallation } from '@muhr/server/testing'

/** Columns that hold an id of the envelope or of one of its parts; arrays of ids; values that must be unique. */
const tables = [
  { name: 'envelopes', ids: ['id'] },
  { name: 'envelope_documents', ids: ['envelope_id'] },
  { name: 'recipients', ids: ['id', 'envelope_id'] },
  { name: 'signings', ids: ['id', 'envelope_id', 'recipient_id'], hash: 'signer_hash' },
  { name: 'contents', ids: ['id', 'envelope_id'] },
  {
    name: 'requests',
    ids: ['id', 'envelope_id', 'signing_id'],
    arrays: ['contents'],
    hash: 'callback_hash',
  },
  { name: 'attempts', ids: ['id', 'envelope_id', 'request_id'] },
  { name: 'seals', ids: ['id', 'envelope_id', 'signing_id', 'request_id'] },
] as const satisfies readonly {
  readonly name: string
  readonly ids: readonly string[]
  readonly arrays?: readonly string[]
  readonly hash?: string
}[]

/** Rows of one statement: what its triggers have still to do is held in memory. */
const atOnce = 100_000

/**
 * Copies an envelope with an open request so often by SQL: sending as many would take hours. Every constraint and
 * trigger of the product holds for them. Its events are left out.
 *
 * @param copy `request`: what stands in columns of each request, in SQL over `t`, the row that is copied, and `n`,
 * the number of the copy from 0 on
 */
export async function copyEnvelope(
  muhr: TestInstallation,
  copy: {
    readonly envelope: string
    readonly count: number
    readonly request: Readonly<Record<string, string>>
  },
): Promise<void> {
  for (const table of tables) {
    const key = table.name === 'envelopes' ? 'id' : 'envelope_id'
    const columns = await muhr.sql<{ name: string }>(
      `select column_name as name from information_schema.columns
        where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER'`,
      [table.name],
    )
    const names = columns.map(({ name }) => name)
    const own = table.name === 'requests' ? copy.request : {}
    const values = names.map((name) => own[name] ?? copiedValue(table, name))
    for (let from = 0; from < copy.count; from += atOnce) {
      await muhr.sql(
        `insert into ${table.name} (${names.map((name) => `"${name}"`).join(', ')})
          select ${values.join(', ')} from ${table.name} t, generate_series($2::int, $3::int - 1) n
          where t.${key} = $1`,
        [copy.envelope, from, Math.min(copy.count, from + atOnce)],
      )
    }
    await muhr.sql(`analyze ${table.name}`)
  }
}

function copiedValue(table: (typeof tables)[number], name: string): string {
  const column = `t."${name}"`
  if (table.ids.some((id) => id === name)) return `${column} || '_' || n`
  if ('arrays' in table && table.arrays.some((array) => array === name)) {
    return `array(select each || '_' || n from unnest(${column}) with ordinality u(each, place) order by place)`
  }
  if ('hash' in table && table.hash === name) return `sha256(${column} || n::text::bytea)`

  return column
}
