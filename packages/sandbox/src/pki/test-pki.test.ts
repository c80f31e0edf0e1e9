import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkIdentifier } from '@muhr/identifiers'
import {
  type Asn1Node,
  isUniversal,
  nationalIdentity,
  octetsOf,
  oidOf,
  parseCertificate,
  readDer,
  readPkcs12,
  sandboxPolicyOid,
  universalTag,
} from '@muhr/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestPki, testRandom } from '../testing/test-pki.ts'
import { accounts, CITIZEN_PASSWORD } from './profile.ts'
import { openPki, type TestPki } from './test-pki.ts'

let pki: TestPki
let dir: string
let remove: () => Promise<void>
beforeAll(async () => {
  ;({ pki, dir, remove } = await makeTestPki())
})
afterAll(() => remove())

const DAY_MS = 86_400_000
const certificates = () =>
  Promise.all(
    pki.manifest().certificates.map(async (record) => ({
      record,
      certificate: parseCertificate(await readFile(join(pki.folder, record.file))),
    })),
  )
const reopen = (now: Date, lines: string[] = []): Promise<TestPki> =>
  openPki({
    dir,
    trustUrl: 'http://127.0.0.1:8104',
    now: () => now,
    random: testRandom,
    log: (line) => lines.push(line),
  })

/** Every OID of a structure, those within extensions too. */
function oidsIn(node: Asn1Node): readonly string[] {
  const { children } = node
  if (isUniversal(node, universalTag.oid)) return [oidOf(node)]
  if (!isUniversal(node, universalTag.octetString)) return children.flatMap(oidsIn)
  try {
    return oidsIn(readDer(octetsOf(node)))
  } catch {
    // Octets that are no DER: a key identifier.
    return []
  }
}

describe('the test PKI', () => {
  it('cannot pass as real: TEST in every name, a critical test policy in every certificate', async () => {
    for (const { certificate } of await certificates()) {
      expect(certificate.subject.text).toContain('TEST')
      expect(certificate.issuer.text).toContain('TEST')
      const { certificatePolicies } = certificate.extensions
      expect(certificatePolicies?.critical).toBe(true)
      expect(certificatePolicies?.policies.map(({ oid }) => oid)).toContain(sandboxPolicyOid)
    }
  })

  it('has no OID with an arc above 31 bits, which Go up to 1.21 and JavaScript libraries cannot read', async () => {
    for (const { certificate } of await certificates()) {
      const oids = oidsIn(readDer(certificate.bytes))
      expect(oids).toContain(sandboxPolicyOid)
      const arcs = oids.flatMap((oid) => oid.split('.').map(Number))
      expect(Math.max(...arcs)).toBeLessThan(2 ** 31)
    }
  })

  it('has citizens of the NCA profile', async () => {
    const found = await certificates()
    const of = (name: string) => {
      const entry = found.find(({ record }) => record.name === name)
      if (entry === undefined) throw new Error(`no ${name}`)

      return entry.certificate
    }
    const head = of('head-gost')
    expect(nationalIdentity(head)).toMatchObject({
      country: 'KZ',
      iin: '000140000032',
      bin: '000040000019',
      organisation: 'ТОО "TEST ПРИМЕР"',
      roles: [{ name: 'legal-entity' }, { name: 'head' }],
    })
    expect(nationalIdentity(of('person-gost'))).toMatchObject({
      name: 'ҮЛГІҰЛЫ СЫНАҚ',
      iin: '000140000012',
      roles: [{ name: 'individual' }],
    })
    const usages = (name: string) => of(name).extensions.keyUsage?.usages
    expect(usages('person-gost')).toEqual(['digitalSignature', 'nonRepudiation', 'keyAgreement'])
    expect(usages('person-rsa')).toEqual(['digitalSignature', 'nonRepudiation'])
    expect(usages('person-rsa-authentication')).toEqual(['digitalSignature', 'keyEncipherment'])
    expect(head.extensions.authorityInfoAccess?.ocsp).toEqual(['http://127.0.0.1:8104/ocsp'])
    expect(head.extensions.freshestCrl?.points[0]?.urls).toEqual([
      'http://127.0.0.1:8104/crl/nca-gost-delta.crl',
    ])
    expect(of('tsa-gost').extensions.extKeyUsage).toEqual({
      critical: true,
      oids: ['1.3.6.1.5.5.7.3.8'],
    })
    expect(
      of('person-gost')
        .subject.attributes.slice(0, 4)
        .map(({ oid }) => oid),
    ).toEqual(['2.5.4.3', '2.5.4.4', '2.5.4.5', '2.5.4.6'])
  })

  it('gives people and organisations numbers with right check digits, of days that do not exist', () => {
    for (const { iin, organisation } of accounts) {
      expect(checkIdentifier('iin', iin)).toMatchObject({ level: 'ok' })
      expect(iin.slice(4, 6)).toBe('40')
      if (organisation === undefined) continue
      expect(checkIdentifier('bin', organisation.bin)).toMatchObject({ level: 'ok' })
      expect(organisation.bin.slice(2, 4)).toBe('00')
    }
  })

  it('issues a certificate that a fault needs once, even when asked twice at the same time', async () => {
    const spec = { account: 'second', algorithm: 'kz-2015-512', state: 'revoked' } as const
    const [first, second] = await Promise.all([pki.citizenKey(spec), pki.citizenKey(spec)])
    expect(first).toEqual(second)
    const certificate = parseCertificate(first.certificate)
    const again = await (await reopen(new Date())).citizenKey(spec)
    expect(parseCertificate(again.certificate).sha256).toBe(certificate.sha256)
    expect(pki.revokedBy('nca-gost').map(({ record }) => record.serialNumber)).toContain(
      certificate.serialNumber,
    )
  })

  it('opens every PKCS#12 file with the published password', async () => {
    for (const record of pki.manifest().certificates.filter(({ kind }) => kind === 'citizen')) {
      const [entry] = readPkcs12(await readFile(join(pki.folder, record.keyFile)), CITIZEN_PASSWORD)
      expect(parseCertificate(entry?.certificates[0] ?? new Uint8Array()).serialNumber).toBe(
        record.serialNumber,
      )
    }
  })
})

describe('opening it again', () => {
  it('changes nothing while certificates are fresh', async () => {
    const lines: string[] = []
    const before = await readFile(join(pki.folder, 'pki.json'), 'utf8')
    await reopen(new Date(Date.now() + 300 * DAY_MS), lines)
    expect(await readFile(join(pki.folder, 'pki.json'), 'utf8')).toBe(before)
    expect(lines).toEqual([])
  })

  it('issues every leaf anew that is about to expire, and keeps what it issued before', async () => {
    const lines: string[] = []
    const later = new Date(Date.now() + 340 * DAY_MS)
    const old = pki.manifest().certificates
    const renewed = (await reopen(later, lines)).manifest().certificates
    expect(renewed.slice(0, old.length)).toEqual(old)
    const names = renewed.slice(old.length).map(({ name }) => name)
    expect(names).toContain('person-gost')
    expect(names).not.toContain('person-gost-expired')
    expect(names.every((name) => !name.startsWith('root'))).toBe(true)
    const person = renewed.findLast(({ name }) => name === 'person-gost')
    expect(person?.keyFile).toBe('citizens/person-gost-2.p12')
    const key = await (await reopen(later)).citizenKey({
      account: 'person',
      algorithm: 'kz-2015-512',
      state: 'valid',
    })
    expect(parseCertificate(key.certificate).serialNumber).toBe(person?.serialNumber)
  })

  it('refuses a PKI whose CA has expired, and one that cannot be read, by code', async () => {
    await expect(reopen(new Date(Date.now() + 16 * 365 * DAY_MS))).rejects.toMatchObject({
      code: 'sandbox.pki-expired',
    })
    const broken = await mkdtemp(join(tmpdir(), 'muhr-sandbox-'))
    try {
      const other = await makeAt(broken)
      await writeFile(join(other.folder, 'pki.json'), '{"format":1')
      await expect(makeAt(broken)).rejects.toMatchObject({ code: 'sandbox.pki-unreadable' })
    } finally {
      await rm(broken, { recursive: true, force: true })
    }
  })

  it('lets two first starts at once end with one PKI', async () => {
    const shared = await mkdtemp(join(tmpdir(), 'muhr-sandbox-'))
    try {
      const [first, second] = await Promise.all([makeAt(shared), makeAt(shared)])
      expect(first.manifest()).toEqual(second.manifest())
      expect(await readdir(shared)).toEqual(['pki'])
    } finally {
      await rm(shared, { recursive: true, force: true })
    }
  })
})

const makeAt = (folder: string): Promise<TestPki> =>
  openPki({
    dir: folder,
    trustUrl: 'http://127.0.0.1:8104',
    now: () => new Date(),
    random: testRandom,
    log: () => undefined,
  })
