import { readFile } from 'node:fs/promises'
import { writePkcs12 } from '@muhr/pki'
import { openSoftwareKey } from '@muhr/signer-key'
import { createTestAuthority, type TestAuthority } from '@muhr/signer-key/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { KeyBody } from '../http/schemas/key-schemas.ts'
import { bucketsOf, loadQuotas } from '../pacing/load-buckets.ts'
import { addSignerKey } from '../signer-keys/add-signer-key.ts'
import {
  attentionOf,
  createGoskeyWorld,
  fifteen,
  type GoskeyWish,
  type GoskeyWorld,
  goskeyRecipient,
  hasEnded,
  type ProblemBody,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
} from '../testing/index.ts'

let muhr: TestInstallation
let goskey: GoskeyWorld
let authority: TestAuthority
let organisation: string
let connection: string
/** The key of the sandbox's sender, with which everything is well. */
let goodKey: string

const hourMs = 3_600_000
const pin = 'Пин-12345678'
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

beforeAll(async () => {
  muhr = await startTestInstallation({ isClockStill: true })
  goskey = createGoskeyWorld(muhr)
  authority = await createTestAuthority()
  const session = await muhr.api.call<{ organisation: { id: string } }>('/v1/session')
  organisation = session.body.organisation.id
  const [row] = await muhr.sql<{ connection_id: string; signer_key_id: string }>(
    `select connection_id, signer_key_id from signer_key_choices where organisation_id = $1`,
    [organisation],
  )
  connection = row?.connection_id ?? ''
  goodKey = row?.signer_key_id ?? ''
})

afterAll(() => muhr.stop())

beforeEach(async () => {
  await goskey.begin()
  await goskey.sim.call('DELETE', 'tokens')
})

/** Every test, whatever it tried, let nothing reach ESIA or EPGU. */
afterEach(async ({ task }) => {
  if (!task.meta.isTwin) {
    expect(await goskey.newCalls()).toEqual([])
  }
})

declare module 'vitest' {
  interface TaskMeta {
    /** The valid twin of what is refused: it leaves. */
    isTwin?: boolean
  }
}

const post = <Body = KeyBody & ProblemBody>(path: string, json: object = {}) =>
  muhr.api.call<Body>(path, { method: 'POST', json })

const choose = (key: string) => post(`/v1/keys/${key}/choose`, { connection })

const sandboxKey = async (state: string): Promise<Uint8Array> => {
  const found = muhr.ready.keys.find(
    (each) => each.account === 'sender' && each.state === state && /\.p12$/.test(each.file),
  )

  return readFile(found?.file ?? '')
}

/** Nothing leaves; how the request ends is told by the code. */
async function attentionFor(wish?: GoskeyWish): Promise<string | undefined> {
  const id = await goskey.sent(wish)
  const envelope = await goskey.hurryUntil(id, (each) => attentionOf(each) !== undefined, 1_000)
  expect(envelope.state).toBe('sent')
  await post(`/v1/envelopes/${id}/void`, { reason: 'error' })

  return attentionOf(envelope)
}

describe('A signer key that may not seal for Goskey is refused when it is added', () => {
  const refusal = async (file: Uint8Array, secret: string) => {
    const { status, body } = await post('/v1/keys', {
      kind: 'pkcs12',
      file: base64(file),
      pin: secret,
    })

    return [status, body.code, ...(body.fields ?? []).map(({ field, code }) => `${field} ${code}`)]
  }

  it.each([
    ['expired', 'certificate signer-key.expired'],
    ['revoked', 'certificate signer-key.revoked'],
    ['no-organisation', 'certificate signer-key.no-organisation'],
  ])('%s', async (state, told) => {
    expect(await refusal(await sandboxKey(state), '12345678')).toEqual([422, 'key.refused', told])
  })

  it('wrong PIN', async () => {
    expect(await refusal(await sandboxKey('valid'), '87654321')).toEqual([
      422,
      'key.refused',
      'pin signer-key.wrong-pin',
    ])
  })
})

describe('A signer key that was chosen, and may not seal any more, lets nothing leave', () => {
  afterEach(() => choose(goodKey))

  /** A key as it would lie here if it had been stored before anybody looked at it. */
  async function storeUnchecked(file: Uint8Array, secret: string, stored = secret) {
    const { app } = muhr.server
    const files = new Map([['key', new Uint8Array(file)]])
    const { description } = await openSoftwareKey({ files, pin: secret })
    const id = await app.db.transaction().execute((tx) =>
      addSignerKey(app, tx, {
        caller: { organisationId: organisation, actor: { kind: 'system' }, name: '', scopes: [] },
        name: 'unchecked',
        prepared: {
          description,
          settings: { kind: 'pkcs12' },
          material: { pin: stored, files: { key: base64(file) } },
        },
        acknowledges: true,
      }),
    )
    await choose(id)
  }

  const issued = async (wish: Parameters<TestAuthority['issue']>[0]) => {
    const { pkcs8, certificate } = await authority.issue(wish)

    return writePkcs12({ password: pin, entries: [{ key: pkcs8, certificates: [certificate] }] })
  }

  it('its certificate ended between the choice and the sending', async () => {
    const notAfter = new Date(muhr.server.app.now().getTime() + hourMs)
    const { body } = await post('/v1/keys', {
      kind: 'pkcs12',
      file: base64(await issued({ notAfter })),
      pin,
    })
    await choose(body.id)
    await muhr.passTime(hourMs + 1_000)

    expect(await attentionFor()).toBe('signer-key.expired')
  })

  it('its certificate ended between the seal and the call', async () => {
    const { app } = muhr.server
    const notAfter = new Date(app.now().getTime() + hourMs)
    await storeUnchecked(await issued({ notAfter }), pin)
    // Its turn comes a little after the end: the seal is made before it.
    const turn = new Date(notAfter.getTime() + 60_000).toISOString()
    const quotas = await loadQuotas(app, [{ connection, method: 'UKEP' }])
    for (const { id } of bucketsOf(quotas)) {
      await muhr.sql(
        `insert into quota_buckets (provider, id, slots, window_ms, blocked_until)
          values ('goskey', $1, 20, 600000, $2)
          on conflict (provider, id) do update set blocked_until = excluded.blocked_until`,
        [id, turn],
      )
    }
    const sent = await goskey.sent()
    const seals = async () =>
      (
        await muhr.sql<{ state: string }>(
          `select state from seals where envelope_id = $1 order by id`,
          [sent],
        )
      ).map(({ state }) => state)
    expect(await seals()).toEqual(['planned'])
    await goskey.hurry(hourMs - 30_000)
    await goskey.untilQuiet()
    expect(await seals()).toEqual(['made'])

    const envelope = await goskey.hurryUntil(
      sent,
      (each) => attentionOf(each) !== undefined,
      60_000,
    )
    expect(attentionOf(envelope)).toBe('signer-key.expired')
    expect(await seals()).toEqual(['stale', 'planned'])
    await post(`/v1/envelopes/${sent}/void`, { reason: 'error' })
  })

  it('its certificate names no organisation', async () => {
    await storeUnchecked(await sandboxKey('no-organisation'), '12345678')
    expect(await attentionFor()).toBe('signer-key.no-organisation')
  })

  it('its certificate was revoked', async () => {
    await storeUnchecked(await sandboxKey('revoked'), '12345678')
    expect(await attentionFor()).toBe('signer-key.revoked')
  })

  it('the PIN that is kept does not open it', async () => {
    await storeUnchecked(await issued({}), pin, 'Пин-87654321')
    expect(await attentionFor()).toBe('signer-key.wrong-pin')
  })
})

describe('A package that Goskey would refuse is refused by the name of the rule', () => {
  const refused = async (wish: GoskeyWish | Parameters<typeof goskey.send>[0]) => {
    const { status, body } = await goskey.send(wish)

    return [status, ...(body.fields ?? []).map(({ field, code }) => `${field} ${code}`)]
  }
  const ivan = () => goskeyRecipient(muhr.ready, 'ivan', 'UKEP_LEGAL').identifiers

  it('sixteen documents', async () => {
    const names = [...fifteen, 'document_16.pdf']
    expect(await refused({ names })).toEqual([422, 'documents documents-count'])
  })

  it.each([
    ['договор.pdf', 'name-characters'],
    ['contract-1.pdf', 'name-characters'],
    [`${'a'.repeat(47)}.pdf`, 'name-length'],
    ['contract.doc', 'type-extension'],
    ['req.xml', 'name-reserved'],
  ])('the name %s', async (name, rule) => {
    expect(await refused({ names: [name] })).toEqual([422, `documents[0] ${rule}`])
  })

  it('two names that are equal but for case', async () => {
    expect(await refused({ names: ['a.pdf', 'A.PDF'] })).toEqual([
      422,
      'documents[1] name-duplicate',
    ])
  })

  it('a SNILS of digits alone', async () => {
    expect(await refused({ identifiers: { snils: '00000000202' } })).toEqual([
      422,
      'recipients[0].identifiers.snils snils-form',
    ])
  })

  it('a SNILS with other check digits', async () => {
    // Numbers up to 001-001-998 have none to check.
    expect(await refused({ identifiers: { snils: '112-233-445 96' } })).toEqual([
      422,
      'recipients[0].identifiers.snils identifier.check-digit',
    ])
  })

  it('a legal entity without its OGRN, and a person with one', async () => {
    expect(await refused({ recipient: 'boris', method: 'UKEP_LEGAL' })).toEqual([
      422,
      'recipients[0].identifiers.ogrn ogrn-form',
    ])
    expect(await refused({ recipient: 'boris', identifiers: ivan() })).toEqual([
      422,
      'recipients[0].identifiers.ogrn recipient-kind',
    ])
  })

  it('a file that is not what its name says: seen when it is to be sealed', async () => {
    const { body } = await muhr.api.upload(Buffer.from('plain'), { fileName: 'scan.tiff' })
    const created = await muhr.api.create({
      title: 'Договор 17',
      documents: [{ id: body.id }],
      recipients: [goskeyRecipient(muhr.ready, 'boris')],
      send: true,
    })
    const envelope = await goskey.ended(created.body.id)
    expect([envelope.state, envelope.signings[0]?.reason]).toEqual(['failed', 'type-content'])
  })
})

describe('100,000,000 octets are a package, one more is none', () => {
  /** Uploads so many octets without holding them. */
  async function uploadLarge(bytes: number, fileName: string): Promise<string> {
    const head = samplePdf({ bytes: 64 })
    const megabyte = new Uint8Array(1_000_000)
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(head),
      pull: (controller) => {
        const left = bytes - sent
        const piece = megabyte.subarray(0, Math.min(left, megabyte.byteLength))
        sent += piece.byteLength
        controller.enqueue(piece)
        if (sent === bytes) {
          controller.close()
        }
      },
    })
    let sent = head.byteLength
    const response = await fetch(`${muhr.server.url}/v1/documents?fileName=${fileName}`, {
      method: 'POST',
      headers: { ...muhr.api.headers, 'content-type': 'application/pdf' },
      body,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(201)
    const document = (await response.json()) as { readonly id: string; readonly size: number }
    expect(document.size).toBe(bytes)

    return document.id
  }
  const asked = (documents: readonly string[], path = '') =>
    post<ProblemBody & { readonly obstacles?: readonly object[] }>(`/v1/envelopes${path}`, {
      title: 'Договор 17',
      documents: documents.map((id) => ({ id })),
      recipients: [goskeyRecipient(muhr.ready, 'boris')],
      ...(path === '' ? { send: true } : {}),
    })

  it('in one document, and in two', async () => {
    const over = await uploadLarge(100_000_001, 'large.pdf')
    const { status, body } = await asked([over])
    expect([status, body.fields?.map(({ field, code }) => `${field} ${code}`)]).toEqual([
      422,
      ['documents documents-size'],
    ])

    const [half, rest, one] = [
      await uploadLarge(60_000_000, 'half.pdf'),
      await uploadLarge(40_000_000, 'rest.pdf'),
      await uploadLarge(40_000_001, 'one_more.pdf'),
    ]
    expect((await asked([half, one], '/preflight')).body.obstacles).toMatchObject([
      { field: 'documents', code: 'documents-size' },
    ])
    expect((await asked([half, rest], '/preflight')).body.obstacles).toEqual([])
  }, 60_000)
})

describe('Its valid twin', () => {
  it('leaves, and is signed', { meta: { isTwin: true } }, async () => {
    const envelope = await goskey.hurryUntil(await goskey.sent({ names: fifteen }), hasEnded, 6_000)
    expect(envelope.state).toBe('completed')
    expect(await goskey.pushed()).toHaveLength(1)
  })
})
