import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { rootsPem, signWith, type TestPki, testPki, testTimes } from '@muhr/evidence/testing'
import { decodeContainer, parseCertificate, writePem } from '@muhr/pki'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CommandWorld, createCommandWorld } from '../command/testing.ts'
import { runVerify } from '../verify/run-verify.ts'
import { runTrust } from './run-trust.ts'

let world: CommandWorld
let pki: TestPki

beforeAll(async () => {
  pki = await testPki({ kind: 'rsa-2048', sandbox: false })
})
beforeEach(() => {
  world = createCommandWorld(testTimes.now)
  world.write('root.pem', rootsPem(pki))
})
afterEach(() => world.remove())

const trust = (args: string, options: Parameters<CommandWorld['run']>[2] = {}) =>
  world.run(runTrust, args.split(' '), options)
const inFolder = (): readonly string[] => {
  const folder = join(world.folder, 'data/trust')

  return existsSync(folder) ? readdirSync(folder).sort() : []
}
const fingerprint = () => pki.root.certificate.sha256

describe('muhr trust add', () => {
  it('asks a person to compare the fingerprint, and adds on a yes alone', async () => {
    const no = await trust('add root.pem', { answers: ['y'] })
    expect(no).toMatchObject({ code: 65, stdout: '' })
    expect(no.questions[0]).toContain('Compare the SHA-256')
    expect(no.stderr).toContain(fingerprint().slice(0, 4))
    expect(inFolder()).toEqual([])
    const yes = await trust('add root.pem', { answers: ['yes'] })
    expect(yes).toMatchObject({ code: 0, stdout: expect.stringContaining('Trusted from now on') })
    expect(inFolder()).toEqual([`${fingerprint()}.pem`])
    const stored = readFileSync(join(world.folder, 'data/trust', `${fingerprint()}.pem`), 'utf8')
    expect(stored).toBe(rootsPem(pki))
  })

  it('without a person needs the fingerprint, in any spelling', async () => {
    expect((await trust('add root.pem')).code).toBe(65)
    expect((await trust(`add root.pem --sha256 ${'0'.repeat(64)}`)).code).toBe(65)
    expect(inFolder()).toEqual([])
    const spelled = fingerprint()
      .toUpperCase()
      .replace(/(..)(?=.)/g, '$1:')
    expect((await trust(`add root.pem --sha256 ${spelled}`)).code).toBe(0)
    expect(inFolder()).toHaveLength(1)
  })

  it('makes muhr verify pass by it, and remove takes that back', async () => {
    const content = Buffer.from('x')
    world.write('a.p7s', await signWith(pki.person, { content, form: 'attached', tsa: pki.tsa }))
    world.write(
      'both.pem',
      rootsPem(pki) + writePem('CERTIFICATE', pki.authority.certificate.bytes),
    )
    expect((await world.run(runVerify, ['a.p7s'])).code).toBe(2)
    const { sha256 } = pki.authority.certificate
    await trust(`add both.pem --sha256 ${fingerprint()} --sha256 ${sha256}`)
    expect((await world.run(runVerify, ['a.p7s'])).code).toBe(0)
    expect((await trust(`remove ${sha256}`)).code).toBe(0)
    expect((await trust(`remove ${fingerprint().slice(0, 12)}`)).code).toBe(0)
    expect((await world.run(runVerify, ['a.p7s'])).code).toBe(2)
  })

  it('of a file with two certificates adds both or none', async () => {
    world.write(
      'both.pem',
      rootsPem(pki) + writePem('CERTIFICATE', pki.authority.certificate.bytes),
    )
    expect((await trust(`add both.pem --sha256 ${fingerprint()}`)).code).toBe(65)
    expect(inFolder()).toEqual([])
  })

  it('refuses a sandbox, whatever is confirmed', async () => {
    const sandbox = await testPki({ kind: 'rsa-2048', sandbox: true })
    world.write('sandbox.pem', rootsPem(sandbox))
    const run = await trust(
      `add sandbox.pem --allow-test --sha256 ${sandbox.root.certificate.sha256}`,
      { answers: ['yes'] },
    )
    expect(run).toMatchObject({ code: 65, stderr: expect.stringContaining('--trust') })
    expect(inFolder()).toEqual([])
  })

  it('refuses the certificate of a person, and what is no certificate', async () => {
    world.write('person.pem', writePem('CERTIFICATE', pki.person.certificate.bytes))
    world.write('a.pdf', '%PDF-1.7')
    const { sha256 } = pki.person.certificate
    expect((await trust(`add person.pem --sha256 ${sha256}`)).code).toBe(65)
    expect(await trust('add a.pdf')).toMatchObject({
      code: 65,
      stderr: expect.stringContaining('a PDF document'),
    })
    expect(inFolder()).toEqual([])
  })
})

describe('muhr trust list and remove', () => {
  it('show what is trusted, and what should not be', async () => {
    expect((await trust('list')).stdout).toContain('Nothing is trusted')
    await trust(`add root.pem --sha256 ${fingerprint()}`)
    const sandbox = await testPki({ kind: 'rsa-2048', sandbox: true })
    writeFileSync(join(world.folder, 'data/trust/by-hand.pem'), rootsPem(sandbox))
    writeFileSync(join(world.folder, 'data/trust/broken.pem'), 'x')
    const { stdout, stderr, code } = await trust('list')
    expect(code).toBe(0)
    expect(stdout).toContain(pki.root.certificate.subject.text)
    expect(stdout).toContain('Warning:   This is the certificate of a Muhr sandbox')
    expect(stderr).toContain('broken.pem: not a certificate')
    expect(JSON.parse((await trust('list --json')).stdout)).toHaveLength(2)
  })

  it('remove one of several in a file, and leave the others', async () => {
    const gost = await testPki({ kind: 'kz-2015-512', sandbox: false })
    mkdirSync(join(world.folder, 'data/trust'), { recursive: true })
    writeFileSync(join(world.folder, 'data/trust/several.pem'), rootsPem(pki, gost))
    expect((await trust(`remove ${fingerprint()}`)).code).toBe(0)
    expect(inFolder()).toEqual([`${gost.root.certificate.sha256}.pem`])
  })

  it('remove nothing by too short or unknown a fingerprint', async () => {
    await trust(`add root.pem --sha256 ${fingerprint()}`)
    expect((await trust(`remove ${fingerprint().slice(0, 7)}`)).code).toBe(64)
    expect((await trust(`remove ${'f'.repeat(64)}`)).code).toBe(64)
    expect((await trust('remove')).code).toBe(64)
    expect(inFolder()).toHaveLength(1)
  })

  it('leave no temporary files, and a folder that others may read', async () => {
    await trust(`add root.pem --sha256 ${fingerprint()}`)
    expect(inFolder()).toEqual([`${fingerprint()}.pem`])
    expect(statSync(join(world.folder, 'data/trust')).mode & 0o444).toBe(0o444)
  })
})

describe('usage', () => {
  it.each([
    '',
    'adds root.pem',
    'add',
    'add a b',
    'add root.pem --bogus',
    'list x',
    'constructor x',
  ])('ends with 64 for %j', async (args) => {
    expect((await trust(args)).code).toBe(64)
  })
})

const fixtures = resolve(
  process.env['MUHR_FIXTURES'] ?? resolve(import.meta.dirname, '../../../../../shared/fixtures'),
)

describe.skipIf(!existsSync(resolve(fixtures, 'kz')))('published national authorities', () => {
  const place = (path: string): string => {
    world.write('national.cer', readFileSync(resolve(fixtures, path)))

    return parseCertificate(decodeContainer(readFileSync(resolve(fixtures, path)))).sha256
  }

  it.each([
    ['ru/authority/anchors/root-mincifry-2022-01-08.der', 'RU, root, production: Минцифры России'],
    ['uz/certs/root-2020-mitc-uz.pem', 'UZ, root, production: mitc.uz'],
    ['uz/certs/root-2016.der', 'UZ, root, production: ERI markazlarini'],
    ['kz/ca-prod/root_rsa_2020.cer', 'KZ, root, production: НЕГІЗГІ КУӘЛАНДЫРУШЫ'],
  ])('%s is recognised by its name', async (path, published) => {
    place(path)
    expect(await trust('add national.cer')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`Published: ${published}`),
    })
  })

  it('are known by their fingerprint: nothing is left to compare', async () => {
    const sha256 = place('kz/ca-prod/root_gost_2022.cer')
    const run = await trust('add national.cer')
    expect(run).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Published: KZ, root, production'),
    })
    expect(inFolder()).toEqual([`${sha256}.pem`])
    const asked = await trust('add national.cer', { answers: ['no'] })
    expect(asked.code).toBe(65)
    expect(asked.questions[0]).toContain('Trust everything')
  })

  it('of a test environment are refused unless it is said', async () => {
    const sha256 = place('kz/ca-test/root_test_gost_2022.cer')
    expect((await trust(`add national.cer --sha256 ${sha256}`)).code).toBe(65)
    expect(inFolder()).toEqual([])
    expect((await trust('add national.cer --allow-test')).code).toBe(0)
    expect(inFolder()).toHaveLength(1)
  })
})
