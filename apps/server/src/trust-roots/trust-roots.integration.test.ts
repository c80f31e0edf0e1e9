import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { rootsPem, type TestPki, testPki } from '@muhr/evidence/testing'
import { writePem } from '@muhr/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TrustCandidateBody, TrustRootBody } from '../http/schemas/trust-schemas.ts'
import {
  createOtherOrganisation,
  logIn,
  type ProblemBody,
  type RestClient,
  startTestInstallation,
  type TestInstallation,
} from '../testing/index.ts'

const fixtures = resolve(
  process.env['MUHR_FIXTURES'] ?? resolve(import.meta.dirname, '../../../../../shared/fixtures'),
)

type List = {
  readonly items: readonly TrustRootBody[]
  readonly unreadable: readonly string[]
  readonly changeable: boolean
}

let muhr: TestInstallation
let owner: RestClient
let pki: TestPki

beforeAll(async () => {
  muhr = await startTestInstallation()
  pki = await testPki({ kind: 'rsa-2048', sandbox: false })
  const [own] = await muhr.sql<{ id: string }>('select id from organisations')
  owner = await logIn(muhr, { organisation: own?.id ?? '', role: 'owner' })
})
afterAll(() => muhr.stop())

const folder = () => muhr.config.trust.dir
const files = () => (existsSync(folder()) ? readdirSync(folder()).sort() : [])
const list = async () => (await owner.call<List>('/v1/trust')).body
const configured = async () =>
  (await list()).items.filter(({ source }) => source === 'configured').map(({ sha256 }) => sha256)
const base64 = (bytes: string | Uint8Array) => Buffer.from(bytes).toString('base64')
const add = (bytes: string | Uint8Array, more: object = {}) =>
  owner.call<ProblemBody & List>('/v1/trust', {
    method: 'POST',
    json: { file: base64(bytes), ...more },
  })
const codes = ({ body }: { readonly body: ProblemBody }) =>
  body.fields?.map(({ field, code }) => `${field} ${code}`)

describe('the anchors of an installation', () => {
  it('are those of the sandbox at first, marked so, and cannot be taken out', async () => {
    const { items, changeable } = await list()

    expect(changeable).toBe(true)
    expect(items.length).toBeGreaterThan(0)
    expect(items.every(({ source }) => source === 'sandbox')).toBe(true)
    const answer = await owner.call(`/v1/trust/${items[0]?.sha256}`, { method: 'DELETE' })
    expect(answer.status).toBe(404)
  })

  it('are added only with the fingerprint that was compared, and say who added them', async () => {
    const { sha256 } = pki.root.certificate
    const pem = rootsPem(pki)
    const read = await owner.call<{ items: readonly TrustCandidateBody[] }>('/v1/trust/file', {
      method: 'POST',
      json: { file: base64(pem) },
    })
    expect(read.body.items).toMatchObject([{ sha256, known: false }])

    expect(codes(await add(pem))).toEqual(['file[0] trust.unconfirmed'])
    expect(codes(await add(pem, { sha256: ['0'.repeat(64)] }))).toEqual([
      'file[0] trust.unconfirmed',
    ])
    expect(files()).toEqual([])

    const spelled = sha256.toUpperCase().replace(/(..)(?=.)/g, '$1:')
    const added = await add(pem, { sha256: [spelled] })
    expect(added.status).toBe(201)
    expect(files()).toEqual([`${sha256}.pem`])
    expect(added.body.items[0]).toMatchObject({
      sha256,
      source: 'configured',
      added: { name: 'ТЕСТОВ ТЕСТ', actor: { kind: 'user' } },
    })
  })

  it('are removed, and the history keeps both', async () => {
    const { sha256 } = pki.root.certificate
    expect((await owner.call(`/v1/trust/${sha256}`, { method: 'DELETE' })).status).toBe(204)
    expect(files()).toEqual([])
    expect((await owner.call(`/v1/trust/${sha256}`, { method: 'DELETE' })).status).toBe(404)
    const rows = await muhr.sql<{ type: string }>('select type from trust_root_events order by id')
    expect(rows.map(({ type }) => type)).toEqual(['added', 'removed'])
    await expect(muhr.sql('delete from trust_root_events')).rejects.toThrow()
  })

  it('are never of a sandbox, of a person, or no certificate at all; half a file is not added', async () => {
    const sandbox = await testPki({ kind: 'rsa-2048', sandbox: true })
    const { person, root } = pki
    const all = [person, root, sandbox.root].map(({ certificate }) => certificate.sha256)
    const answer = await add(
      rootsPem(pki) + writePem('CERTIFICATE', person.certificate.bytes) + rootsPem(sandbox),
      { sha256: all, allowTest: true },
    )

    expect(codes(answer)).toEqual(['file[1] trust.not-authority', 'file[2] trust.sandbox'])
    expect(codes(await add('%PDF-1.7'))).toEqual(['file trust.not-certificate'])
    expect(files()).toEqual([])
  })

  it('that an operator put there by hand are told, faults and all', async () => {
    const sandbox = await testPki({ kind: 'rsa-2048', sandbox: true })
    await add(rootsPem(pki), { sha256: [pki.root.certificate.sha256] })
    writeFileSync(join(folder(), 'by-hand.pem'), rootsPem(sandbox))
    writeFileSync(join(folder(), 'broken.pem'), 'x')
    const { items, unreadable } = await list()

    expect(unreadable).toEqual(['broken.pem'])
    expect(items.find(({ sha256 }) => sha256 === sandbox.root.certificate.sha256)).toMatchObject({
      source: 'configured',
      fault: 'sandbox',
    })
  })

  it.skipIf(!existsSync(resolve(fixtures, 'ru')))(
    'that are published need no fingerprint; those of a test environment need a word',
    async () => {
      const russian = readFileSync(
        resolve(fixtures, 'ru/authority/anchors/root-mincifry-2022-01-08.der'),
      )
      const added = await add(russian)
      expect(added.status).toBe(201)
      expect(added.body.items.find(({ authority }) => authority?.country === 'RU')).toMatchObject({
        authority: { kind: 'root', environment: 'production' },
      })

      const test = readFileSync(resolve(fixtures, 'kz/ca-test/root_test_gost_2022.cer'))
      expect(codes(await add(test))).toEqual(['file[0] trust.test-environment'])
      expect((await add(test, { allowTest: true })).status).toBe(201)
    },
  )

  it('are read by everybody of the house, and changed by its owner alone', async () => {
    const [own] = await muhr.sql<{ id: string }>('select id from organisations')
    for (const role of ['viewer', 'sender', 'auditor'] as const) {
      const client = await logIn(muhr, { organisation: own?.id ?? '', role })
      expect((await client.call('/v1/trust')).status).toBe(200)
      const refused = await client.call('/v1/trust', {
        method: 'POST',
        json: { file: base64(rootsPem(pki)), sha256: [pki.root.certificate.sha256] },
      })
      expect(refused.body.code).toBe('auth.forbidden')
    }
  })

  it('serve all organisations: where there are several, none of them changes them', async () => {
    const before = await configured()
    const other = await createOtherOrganisation(muhr)
    const stranger = await other.withRole('owner')
    const wish = { file: base64(rootsPem(pki)), sha256: [pki.root.certificate.sha256] }
    for (const client of [owner, stranger]) {
      expect((await client.call('/v1/trust', { method: 'POST', json: wish })).body.code).toBe(
        'trust.shared',
      )
      const removal = await client.call(`/v1/trust/${before[0]}`, { method: 'DELETE' })
      expect(removal.body.code).toBe('trust.shared')
    }
    expect((await list()).changeable).toBe(false)
    expect(await configured()).toEqual(before)
  })
})
