import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildCertificate,
  buildCrl,
  buildExtension,
  buildName,
  buildOcspResponse,
  type Certificate,
  certIdOf,
  createSigningKey,
  der,
  extension,
  generateKey,
  parseCertificate,
  type SigningKey,
  writePem,
} from '@muhr/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CommandRun, type CommandWorld, createCommandWorld } from '../command/testing.ts'
import { runPath } from './run-path.ts'

const now = new Date('2026-06-01T12:00:00Z')
const world: CommandWorld = createCommandWorld(now)
afterAll(world.remove)

const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000)
type Entity = { readonly certificate: Certificate; readonly key: SigningKey }

const policy = '2.25.7'
let serial = 0x10n

async function issue(
  name: string,
  { issuer, extensions }: { issuer?: Entity; extensions: readonly Uint8Array[] },
): Promise<Entity> {
  const key = createSigningKey(generateKey('ru-2012-256'))
  const subject = buildName([
    ['CN', name],
    ['C', 'RU'],
  ])
  serial += 1n
  const bytes = await buildCertificate(
    {
      serialNumber: serial,
      issuer: issuer?.certificate.subject.bytes ?? subject,
      subject,
      notBefore: hours(-1000),
      notAfter: hours(1000),
      spki: key.spki,
      extensions,
    },
    issuer?.key ?? key,
  )

  return { certificate: parseCertificate(bytes), key }
}

const ca = [
  extension.basicConstraints({ ca: true }),
  extension.keyUsage(['keyCertSign', 'cRLSign']),
  extension.certificatePolicies([{ oid: policy }]),
]
const end = [
  extension.keyUsage(['digitalSignature']),
  extension.certificatePolicies([{ oid: policy, cps: 'http://127.0.0.1/cps' }]),
]

async function list(by: Entity, revoked: readonly Entity[] = []): Promise<Uint8Array> {
  return buildCrl(
    {
      issuer: by.certificate.subject.bytes,
      thisUpdate: hours(-1),
      nextUpdate: hours(1),
      crlNumber: 1n,
      entries: revoked.map(({ certificate: { serialNumber } }) => ({
        serialNumber,
        revokedAt: hours(-2),
        reason: 'keyCompromise',
      })),
    },
    by.key,
  )
}

beforeAll(async () => {
  const root = await issue('TEST root', { extensions: ca })
  const other = await issue('TEST other root', { extensions: ca })
  const sub = await issue('TEST CA', { issuer: root, extensions: ca })
  const leaf = await issue('ТЕСТОВ ТЕСТ', { issuer: sub, extensions: end })
  const strange = await issue('TEST strange', {
    issuer: sub,
    extensions: [...end, buildExtension('1.2.3.4', der.null(), { critical: true })],
  })
  const certificates = { root, other, sub, leaf, strange }
  for (const [name, { certificate }] of Object.entries(certificates)) {
    world.write(`${name}.crt`, certificate.bytes)
    world.write(`${name}.pem`, writePem('CERTIFICATE', certificate.bytes))
  }
  const pem = (...entities: readonly Entity[]): string =>
    entities.map(({ certificate }) => writePem('CERTIFICATE', certificate.bytes)).join('')
  world.write('chain.pem', pem(leaf, sub, root))
  world.write('both.pem', pem(root, other))
  const rootList = await list(root)
  const subList = await list(sub)
  world.write('root.crl', rootList)
  world.write('sub.crl', subList)
  world.write('lists.pem', writePem('X509 CRL', rootList) + writePem('X509 CRL', subList))
  world.write('sub-revoking.crl', await list(sub, [leaf]))
  world.write('root-revoking.crl', await list(root, [sub]))
  world.write('foreign.crl', await list(other))
  world.write('broken.crl', rootList.subarray(0, 50))
  world.write('text.txt', 'no certificate')
  for (const folder of ['certs', 'crls', 'empty']) {
    mkdirSync(join(world.folder, folder))
  }
  world.write('certs/sub.crt', sub.certificate.bytes)
  world.write('certs/note.txt', 'no certificate')
  world.write('crls/root.crl', rootList)
  world.write('crls/sub.crl', subList)
  const answer = async (subject: Entity, issuer: Entity, status: 'good' | 'unknown') =>
    buildOcspResponse(
      {
        responder: issuer.certificate,
        producedAt: hours(-1),
        responses: [
          {
            certId: certIdOf(
              { certificate: subject.certificate, issuer: issuer.certificate },
              '1.2.643.7.1.1.2.2',
            ),
            certStatus: { status },
            thisUpdate: hours(-1),
            nextUpdate: hours(1),
          },
        ],
      },
      issuer.key,
    )
  world.write('leaf.ocsp', await answer(leaf, sub, 'good'))
  world.write('sub.ocsp', await answer(sub, root, 'good'))
  world.write('unknown.ocsp', await answer(leaf, sub, 'unknown'))
})

function path(args: string, stdin?: Uint8Array): Promise<CommandRun> {
  return world.run(runPath, args.split(' '), stdin === undefined ? {} : { stdin })
}

const trusted = '--trust root.crt --cert sub.crt'

describe('exit code', () => {
  it.each([
    [0, `leaf.crt ${trusted}`],
    [0, 'leaf.crt --trust root.pem --cert certs'],
    [0, 'leaf.crt --trust both.pem --cert sub.pem'],
    [0, 'chain.pem --trust root.crt'],
    [0, 'leaf.pem --trust sub.crt'],
    [0, 'sub.crt --trust other.crt --trust root.crt'],
    [0, `leaf.crt ${trusted} --crl root.crl --crl sub.crl`],
    [0, `leaf.crt ${trusted} --crl crls`],
    [0, `leaf.crt ${trusted} --crl lists.pem --crl foreign.crl --crl broken.crl`],
    [0, `leaf.crt ${trusted} --ocsp leaf.ocsp --ocsp sub.ocsp`],
    [0, `leaf.crt ${trusted} --ocsp leaf.ocsp --crl root.crl`],
    [0, `leaf.crt ${trusted} --at 2026-06-01T15:00:00+03:00`],
    [0, `leaf.crt ${trusted} --policy ${policy} --explicit-policy`],
    [0, `leaf.crt ${trusted} --explicit-policy --inhibit-any-policy --inhibit-policy-mapping`],
    [1, `leaf.crt ${trusted} --policy 2.25.8 --explicit-policy`],
    [1, `leaf.crt ${trusted} --crl root.crl --crl sub-revoking.crl`],
    [1, `leaf.crt ${trusted} --crl root-revoking.crl --crl sub.crl`],
    [1, `leaf.crt ${trusted} --crl sub-revoking.crl`],
    [1, `leaf.crt ${trusted} --ocsp leaf.ocsp --crl root.crl --crl sub-revoking.crl`],
    [1, `leaf.crt ${trusted} --at 2030-01-01`],
    [1, `leaf.crt ${trusted} --at 2020-01-01`],
    [1, 'strange.crt --trust root.crt --cert sub.crt'],
    [1, 'leaf.crt --trust other.crt --cert sub.crt --cert root.crt'],
    [1, 'root.crt --trust other.crt'],
    [2, 'leaf.crt --trust root.crt'],
    [2, `leaf.crt ${trusted} --crl sub.crl`],
    [2, `leaf.crt ${trusted} --crl root.crl`],
    [2, `leaf.crt ${trusted} --crl foreign.crl`],
    [2, `leaf.crt ${trusted} --crl broken.crl`],
    [2, `leaf.crt ${trusted} --crl empty`],
    [2, `leaf.crt ${trusted} --check-revocation`],
    [2, `leaf.crt ${trusted} --ocsp leaf.ocsp`],
    [2, `leaf.crt ${trusted} --ocsp unknown.ocsp --ocsp sub.ocsp`],
    [2, `leaf.crt ${trusted} --crl crls --at 2026-06-02T12:00:00Z`],
    [2, `leaf.crt ${trusted} --crl crls --at 2026-06-01T10:00:00Z`],
    [64, ''],
    [64, 'leaf.crt'],
    [64, 'leaf.crt sub.crt --trust root.crt'],
    [64, 'leaf.crt --trust nowhere'],
    [64, 'leaf.crt --trust text.txt'],
    [64, 'leaf.crt --trust empty'],
    [64, `leaf.crt ${trusted} --cert nowhere`],
    [64, `leaf.crt ${trusted} --crl nowhere`],
    [64, `leaf.crt ${trusted} --at yesterday`],
    [64, `leaf.crt ${trusted} --policy any`],
    [64, `leaf.crt ${trusted} --no-such`],
    [65, 'nowhere --trust root.crt'],
    [65, 'text.txt --trust root.crt'],
    [65, 'sub.crl --trust root.crt'],
    [65, 'certs --trust root.crt'],
  ])('%i: muhr path %s', async (code, args) => {
    const run = await path(args)
    expect(`${run.code}`, run.stdout + run.stderr).toBe(`${code}`)
  })

  it('is the same with --json, and for a certificate from standard input', async () => {
    expect((await path(`leaf.crt ${trusted} --json`)).code).toBe(0)
    expect((await path(`leaf.crt ${trusted} --crl sub.crl --json`)).code).toBe(2)
    expect((await path('text.txt --trust root.crt --json')).code).toBe(65)
    expect((await path('- --trust root.crt', new TextEncoder().encode('x'))).code).toBe(65)
  })
})

describe('--json', () => {
  const json = async (args: string) => JSON.parse((await path(`${args} --json`)).stdout)

  it('tells chain, anchor, checks, policies and revocation', async () => {
    const result = await json(`leaf.crt ${trusted} --crl crls`)
    expect(result).toMatchObject({
      status: 'valid',
      validationTime: now.toISOString(),
      chain: [
        { subject: 'C=RU,CN=ТЕСТОВ ТЕСТ' },
        { subject: 'C=RU,CN=TEST CA' },
        { subject: 'C=RU,CN=TEST root' },
      ],
      anchor: { subject: 'C=RU,CN=TEST root' },
      policies: { explicit: false, authority: [policy], user: [{ oid: policy }] },
      revocation: [
        { subject: 'C=RU,CN=ТЕСТОВ ТЕСТ', source: 'crl', status: 'good' },
        { subject: 'C=RU,CN=TEST CA', source: 'crl', status: 'good' },
      ],
    })
    expect(result.code).toBeUndefined()
    expect(result.policies.user[0].qualifiers).toHaveLength(1)
    expect(new Set(result.checks.map(({ name }: { name: string }) => name))).toEqual(
      new Set([
        'signature',
        'algorithm',
        'name-chaining',
        'validity',
        'critical-extensions',
        'name-constraints',
        'policy',
        'basic-constraints',
        'key-cert-sign',
        'path-length',
      ]),
    )
  })

  it.each([
    [`leaf.crt ${trusted} --crl root.crl --crl sub-revoking.crl`, 'invalid', 'revoked'],
    [`leaf.crt ${trusted} --check-revocation`, 'indeterminate', 'no-revocation-data'],
    [`leaf.crt ${trusted} --crl foreign.crl`, 'indeterminate', 'issuer-mismatch'],
    [`leaf.crt ${trusted} --crl broken.crl`, 'indeterminate', 'unreadable'],
    [`leaf.crt ${trusted} --crl crls --at 2026-06-02T12:00:00Z`, 'indeterminate', 'stale'],
    [`leaf.crt ${trusted} --ocsp unknown.ocsp --ocsp sub.ocsp`, 'indeterminate', 'unknown'],
    [`leaf.crt ${trusted} --ocsp leaf.ocsp`, 'indeterminate', 'other-certificate'],
    ['leaf.crt --trust root.crt', 'indeterminate', 'issuer-not-found'],
    ['root.crt --trust other.crt', 'invalid', 'untrusted-root'],
    [`strange.crt ${trusted}`, 'invalid', 'unknown-critical-extension'],
    [`leaf.crt ${trusted} --at 2030-01-01`, 'invalid', 'expired'],
  ])('of %s: %s by %s', async (args, status, code) => {
    expect(await json(args)).toMatchObject({ status, code })
  })

  it('names files that hold nothing of what they were named for', async () => {
    const { unreadable } = await json('leaf.crt --trust root.crt --cert certs')
    expect(unreadable).toEqual([join(world.folder, 'certs/note.txt')])
  })
})

describe('the words', () => {
  it('say what was found, and what to do', async () => {
    const valid = await path(`leaf.crt ${trusted}`)
    expect(valid.stdout).toContain('leaf.crt: PATH VALID')
    expect(valid.stdout).toContain('Revocation was not looked up')
    const open = await path('leaf.crt --trust root.crt')
    expect(open.stdout).toContain('NOT ENOUGH DATA  issuer-not-found')
    expect(open.stdout).toContain('What to do: Name it with --cert')
    const revoked = await path(`leaf.crt ${trusted} --crl sub-revoking.crl`)
    expect(revoked.stdout).toContain('PATH NOT VALID  revoked')
    expect(revoked.stdout).toContain('keyCompromise')
  })
})
