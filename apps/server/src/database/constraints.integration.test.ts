import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  codeOf,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
  wishFor,
} from '../testing/index.ts'
import { availableEngines } from './testing/index.ts'

/** Codes of the schema's own rules (0001-constraints) and of PostgreSQL. */
const code = {
  appendOnly: 'MU001',
  neverBack: 'MU002',
  version: 'MU003',
  completed: 'MU004',
  signed: 'MU005',
  chain: 'MU006',
  received: 'MU007',
  check: '23514',
  unique: '23505',
  foreignKey: '23503',
  notNull: '23502',
} as const

describe.each(availableEngines())('the database by itself, on %s PostgreSQL', (engine) => {
  let muhr: TestInstallation
  /** Ids of one envelope in each stage. */
  let sent: string
  let viewed: string
  let held: string
  let completed: string

  beforeAll(async () => {
    muhr = await startTestInstallation({ engine })
    const open = async () => {
      const { body } = await muhr.api.upload(samplePdf())

      return (await muhr.api.create(wishFor(muhr.ready, [body.id]))).body
    }
    sent = (await open()).id
    const toView = await open()
    viewed = toView.id
    await muhr.phone.act(codeOf(toView), { fault: 'changed-id', algorithm: 'rsa-2048' })
    const toComplete = await open()
    completed = toComplete.id
    await muhr.phone.act(codeOf(toComplete), { algorithm: 'rsa-2048' })
    await muhr.phone.faults({ ocsp: 'try-later' })
    const toHold = await open()
    held = toHold.id
    await muhr.phone.act(codeOf(toHold), { algorithm: 'rsa-2048' })
    await muhr.phone.faults({ ocsp: 'none' })
    await muhr.api.until(completed, ({ evidence }) => evidence.timestamped)
    expect((await muhr.api.read(completed)).state).toBe('completed')
    expect((await muhr.api.read(held)).signings[0]?.state).toBe('held')
  })
  afterAll(() => muhr?.stop())

  /** What stands for the ids in a statement. */
  const fill = (text: string) =>
    text
      .replaceAll(':sent', `'${sent}'`)
      .replaceAll(':viewed', `'${viewed}'`)
      .replaceAll(':held', `'${held}'`)
      .replaceAll(':completed', `'${completed}'`)

  const codeOfFailure = async (text: string): Promise<string> =>
    muhr.sql(fill(text)).then(
      () => 'nothing',
      (error: { code?: string }) => error.code ?? String(error),
    )

  const refusals: readonly (readonly [string, string, string])[] = [
    [
      'a completed envelope without a signature',
      `update envelopes set state = 'completed', ended_at = now(), version = version + 1 where id = :sent`,
      code.completed,
    ],
    [
      'a completed envelope whose signing is only held',
      `update envelopes set state = 'completed', ended_at = now(), version = version + 1 where id = :held`,
      code.completed,
    ],
    [
      'a new envelope that is completed from its birth',
      `insert into envelopes select 'env_forged', organisation_id, title, 'completed', 1, created_at, created_by, sent_at, null, now(), null, search, now() from envelopes where id = :sent`,
      code.completed,
    ],
    [
      'a signed signing without an artifact',
      `update signings set state = 'signed' where envelope_id = :sent`,
      code.signed,
    ],
    [
      'a signed signing over a held artifact that nobody accepted',
      `update signings set state = 'signed' where envelope_id = :held`,
      code.signed,
    ],
    [
      'an accepted artifact without a verdict',
      `update artifacts set standing = 'accepted', verdict = null where envelope_id = :held`,
      code.check,
    ],
    [
      'an accepted artifact that is INDETERMINATE',
      `update artifacts set standing = 'accepted' where envelope_id = :held`,
      code.check,
    ],
    [
      'an accepted artifact by another person',
      `update artifacts set standing = 'accepted', verdict = verdict || '{"indication":"TOTAL-PASSED","identity":"mismatch"}' where envelope_id = :held`,
      code.check,
    ],
    [
      'an accepted artifact over other content',
      `update artifacts set standing = 'accepted', verdict = verdict || '{"indication":"TOTAL-PASSED","content":"mismatch"}' where envelope_id = :held`,
      code.check,
    ],
    [
      'a held artifact whose person is not known',
      `update artifacts set verdict = verdict || '{"identity":"unknown"}' where envelope_id = :held`,
      code.check,
    ],
    [
      'an accepted artifact that is pending again',
      `update artifacts set standing = 'pending', verdict = null where envelope_id = :completed`,
      code.neverBack,
    ],
    [
      'an accepted artifact that becomes late',
      `update artifacts set standing = 'late' where envelope_id = :completed`,
      code.neverBack,
    ],
    [
      'another container under an artifact',
      `update artifacts set sha256 = repeat('0', 64) where envelope_id = :completed`,
      code.received,
    ],
    [
      'an artifact of another content',
      `update artifacts set content_id = (select id from contents where envelope_id = :sent) where envelope_id = :held`,
      code.received,
    ],
    [
      'an envelope that goes back to draft',
      `update envelopes set state = 'draft', version = version + 1 where id = :sent`,
      code.neverBack,
    ],
    [
      'a completed envelope that is sent again',
      `update envelopes set state = 'sent', version = version + 1 where id = :completed`,
      code.neverBack,
    ],
    [
      'a completed envelope that is voided',
      `update envelopes set state = 'voided', version = version + 1 where id = :completed`,
      code.neverBack,
    ],
    [
      'an end at another time',
      `update envelopes set ended_at = now(), version = version + 1 where id = :completed`,
      code.neverBack,
    ],
    [
      'an unknown state',
      `update envelopes set state = 'archived', version = version + 1 where id = :sent`,
      code.neverBack,
    ],
    [
      'a signing that goes back',
      `update signings set state = 'sent' where envelope_id = :viewed`,
      code.neverBack,
    ],
    [
      'a signed signing that is declined',
      `update signings set state = 'declined' where envelope_id = :completed`,
      code.neverBack,
    ],
    [
      'a reason written into an ended signing',
      `update signings set reason = 'x' where envelope_id = :completed`,
      code.neverBack,
    ],
    [
      'an acceptance written into a signed signing',
      `update signings set accepted_by = '{"reason":"x"}' where envelope_id = :completed`,
      code.neverBack,
    ],
    [
      'a closed request that is open again',
      `update requests set state = 'open', outcome = null where envelope_id = :completed`,
      code.neverBack,
    ],
    [
      'a closed request without an outcome',
      `update requests set outcome = null where envelope_id = :completed`,
      code.check,
    ],
    [
      'a request under another token',
      `update requests set callback_hash = decode(repeat('00', 32), 'hex') where envelope_id = :sent`,
      code.received,
    ],
    [
      'a request of another signing',
      `update requests set signing_id = (select id from signings where envelope_id = :held) where envelope_id = :sent`,
      code.received,
    ],
    [
      'a version that stands still',
      `update envelopes set reason = 'x' where id = :sent`,
      code.version,
    ],
    [
      'a version that jumps',
      `update envelopes set version = version + 2 where id = :sent`,
      code.version,
    ],
    [
      'a version that goes back',
      `update envelopes set version = version - 1 where id = :sent`,
      code.version,
    ],
    [
      'an event that is changed',
      `update events set type = 'envelope.voided' where envelope_id = :sent and seq = 1`,
      code.appendOnly,
    ],
    ['an event that is deleted', `delete from events where envelope_id = :sent`, code.appendOnly],
    [
      'an event after a gap',
      `insert into events select envelope_id, seq + 2, organisation_id, at, type, actor, signing_id, request_id, artifact_id, data, hash, repeat('1', 64) from events where envelope_id = :sent order by seq desc limit 1`,
      code.chain,
    ],
    [
      'an event that does not continue the last',
      `insert into events select envelope_id, seq + 1, organisation_id, at, type, actor, signing_id, request_id, artifact_id, data, prev_hash, repeat('1', 64) from events where envelope_id = :sent order by seq desc limit 1`,
      code.chain,
    ],
    [
      'an event at a place that is taken',
      `insert into events select envelope_id, 1, organisation_id, at, type, actor, null, null, null, data, repeat('0', 64), repeat('1', 64) from events where envelope_id = :sent limit 1`,
      code.chain,
    ],
    [
      'a document with other bytes',
      `update documents set sha256 = repeat('0', 64)`,
      code.appendOnly,
    ],
    ['a document that is deleted', `delete from documents`, code.appendOnly],
    [
      'a document without bytes',
      `insert into documents select 'doc_x', organisation_id, sha256, 0, media_type, file_name from documents limit 1`,
      code.check,
    ],
    [
      'a document taken out of an envelope',
      `delete from envelope_documents where envelope_id = :sent`,
      code.appendOnly,
    ],
    [
      'a recipient with another number',
      `update recipients set identifiers = '{}' where envelope_id = :sent`,
      code.appendOnly,
    ],
    [
      'a content with other bytes',
      `update contents set sha256 = repeat('0', 64) where envelope_id = :sent`,
      code.appendOnly,
    ],
    ['a report that is changed', `update reports set indication = 'TOTAL-PASSED'`, code.appendOnly],
    ['a report that is deleted', `delete from reports`, code.appendOnly],
    [
      'a second artifact of one submission and content',
      `insert into artifacts select 'art_x', envelope_id, organisation_id, request_id, signing_id, content_id, sha256, size, format, detached, received_at, submission, standing, verdict from artifacts where envelope_id = :completed`,
      code.unique,
    ],
    [
      'a signing without a recipient',
      `insert into signings values ('sgn_x', :sent, (select organisation_id from envelopes where id = :sent), 'rcp_none', 'waiting', now(), 0, false, null, null, decode(repeat('00', 32), 'hex'))`,
      code.foreignKey,
    ],
    [
      'an artifact that is deleted',
      `delete from artifacts where envelope_id = :held`,
      code.appendOnly,
    ],
    [
      'a signing that is deleted',
      `delete from signings where envelope_id = :sent`,
      code.appendOnly,
    ],
    ['an envelope that is deleted', `delete from envelopes where id = :sent`, code.appendOnly],
    [
      'evidence that is deleted',
      `delete from evidence where envelope_id = :completed`,
      code.appendOnly,
    ],
    ['all events at once', `truncate events`, code.appendOnly],
    ['all artifacts at once', `truncate artifacts cascade`, code.appendOnly],
  ]

  it.each(refusals)('refuses %s', async (_, statement, expected) => {
    expect(await codeOfFailure(statement)).toBe(expected)
  })

  it('refuses that a security event is deleted', async () => {
    await fetch(`${muhr.server.url}/cb/egov-mobile/${crypto.randomUUID()}/mgovSign`)
    expect(await codeOfFailure('delete from security_events')).toBe(code.appendOnly)
  })

  it('refuses an attempt that goes back, and lets an unknown one be resolved', async () => {
    const columns = `id, envelope_id, organisation_id, request_id, action, state, since`
    await muhr.sql(
      fill(
        `insert into attempts (${columns}) select 'att_x', envelope_id, organisation_id, id, 'dispatch', 'recorded', now() from requests where envelope_id = :sent`,
      ),
    )
    const move = (state: string) =>
      codeOfFailure(`update attempts set state = '${state}' where id = 'att_x'`)
    expect(await move('done')).toBe(code.neverBack)
    expect(await move('claimed')).toBe('nothing')
    expect(await move('recorded')).toBe(code.neverBack)
    const deferred = `update attempts set state = 'recorded', code = 'busy', not_before = now() where id = 'att_x'`
    expect(await codeOfFailure(deferred)).toBe('nothing')
    expect(await move('claimed')).toBe('nothing')
    expect(await move('unknown')).toBe('nothing')
    expect(await move('claimed')).toBe(code.neverBack)
    expect(await move('done')).toBe('nothing')
    expect(await move('unknown')).toBe(code.neverBack)
  })

  it('refuses that a paced request goes out without the bucket of its slot', async () => {
    const paced = `update requests set traits = traits || '{"paced": true}' where envelope_id = :sent`
    expect(await codeOfFailure(fill(paced))).toBe('23514')
  })

  it('lets through what the product itself does: nothing above has changed anything', async () => {
    for (const id of [sent, viewed, held, completed]) {
      const { body } = await muhr.api.call<{ chain: object }>(`/v1/envelopes/${id}/events`)
      expect(body.chain).toEqual({ intact: true })
    }
    const open = await muhr.api.read(sent)
    const signed = await muhr.phone.act(codeOf(open), { algorithm: 'rsa-2048' })
    expect(signed.outcome?.kind).toBe('accepted')
    expect((await muhr.api.read(sent)).state).toBe('completed')
  })

  it('refuses a seal that is over something else than was asked for, or made in part', async () => {
    const columns = `id, envelope_id, organisation_id, signing_id, request_id, purpose, key, items, due, state, artifacts, built`
    const insert = (id: string, about: { readonly items: object; readonly state: string }) =>
      codeOfFailure(
        fill(`insert into seals (${columns})
          select '${id}', envelope_id, organisation_id, signing_id, id, 'package',
            ${about.state === 'planned' ? 'null' : `'attended'`}, '${JSON.stringify(about.items)}',
            ${about.state === 'planned' ? 'null' : 'now()'}, '${about.state}', '{}', true
          from requests where envelope_id = :sent`),
      )
    const items = [{ name: 'a', sha256: '0'.repeat(64), size: 1, format: 'CMS' }]
    expect(await insert('sea_full', { items, state: 'planned' })).toBe('23514')
    expect(await insert('sea_empty', { items: [], state: 'wanted' })).toBe('23514')
    expect(await insert('sea_x', { items, state: 'wanted' })).toBe('nothing')
    const other = JSON.stringify([{ ...items[0], sha256: '1'.repeat(64) }])
    expect(await codeOfFailure(`update seals set items = '${other}' where id = 'sea_x'`)).toBe(
      'MU009',
    )
    expect(await codeOfFailure(`update seals set state = 'made' where id = 'sea_x'`)).toBe('23514')
    expect(await codeOfFailure(`update seals set state = 'planned' where id = 'sea_x'`)).toBe(
      code.neverBack,
    )
  })
})
