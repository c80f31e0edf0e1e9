import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootsPem, signWith, type TestPki, testPki, testTimes } from '@muhr/evidence/testing'
import { createTrustStore, writePem } from '@muhr/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CommandRun, createCommandWorld } from '../command/testing.ts'
import { findTargets } from './find-targets.ts'
import { runVerify } from './run-verify.ts'
import { verifyMany } from './verify-many.ts'

const world = createCommandWorld(testTimes.now)
const document = (number: number) => Buffer.from(`Договор № ${number}\n`)
let pki: TestPki
const many = 60

beforeAll(async () => {
  pki = await testPki({ kind: 'rsa-2048', sandbox: true })
  world.write('all.pem', rootsPem(pki) + writePem('CERTIFICATE', pki.authority.certificate.bytes))
  for (const folder of ['box', 'box/deep', 'box/.hidden', 'pairs', 'many', 'plain']) {
    mkdirSync(join(world.folder, folder), { recursive: true })
  }
  const detached = await sign(1, 'detached')
  const attached = await sign(2, 'attached')
  world.write('box/contract.pdf', document(1))
  world.write('box/contract.pdf.sig', detached)
  world.write('box/no-name', attached)
  world.write('box/notes.txt', 'nothing')
  world.write('box/broken.p7s', 'nothing')
  world.write('box/deep/attached.p7m', attached)
  world.write('box/.hidden/attached.p7m', attached)
  symlinkSync(join(world.folder, 'box'), join(world.folder, 'box/deep/loop'))
  world.write('pairs/act.xml', document(1))
  world.write('pairs/act.json', document(3))
  world.write('pairs/act.sig', detached)
  world.write('pairs/changed.pdf', document(4))
  world.write('pairs/changed.pdf.sig', detached)
  world.write('pairs/lost.sig', detached)
  world.write('pairs/lost.txt', document(5))
  world.write('plain/notes.txt', 'nothing')
  for (let index = 0; index < many; index += 1) {
    const number = 100 + index
    writeFileSync(join(world.folder, `many/${number}.txt.p7s`), await sign(number, 'detached'))
    writeFileSync(join(world.folder, `many/${number}.txt`), document(index === 7 ? 0 : number))
  }
})
afterAll(world.remove)

const sign = (number: number, form: 'attached' | 'detached') =>
  signWith(pki.person, { content: document(number), form, tsa: pki.tsa })

type Entry = {
  readonly file: string
  readonly content?: string
  readonly indication?: string
  readonly subIndication?: string
  readonly error?: { readonly code: string }
}

const verify = (args: string): Promise<CommandRun> =>
  world.run(runVerify, `${args} --trust all.pem`.split(' '))
const entriesOf = async (args: string) =>
  JSON.parse((await verify(`${args} --json`)).stdout) as readonly Entry[]
const brief = (entries: readonly Entry[]) =>
  entries.map(({ file, content, indication, error }) => [
    file,
    content ?? null,
    indication ?? error?.code,
  ])

describe('a folder', () => {
  it('stands for every signature below it, by name or by what it holds', async () => {
    expect(brief(await entriesOf('box'))).toEqual([
      ['box/broken.p7s', null, 'cli.wrong-kind'],
      ['box/contract.pdf.sig', 'contract.pdf', 'TOTAL-PASSED'],
      ['box/deep/attached.p7m', null, 'TOTAL-PASSED'],
      ['box/no-name', null, 'TOTAL-PASSED'],
    ])
  })

  it('is told in a line each, with a summary, and ends with the worst code', async () => {
    const { code, stdout } = await verify('box')
    expect(code).toBe(65)
    expect(stdout).toMatch(/^NOT READ +box\/broken\.p7s/m)
    expect(stdout).toMatch(/^PROVEN +box\/contract\.pdf\.sig +\S/m)
    expect(stdout).toContain(
      '4 files, 3 signatures: 3 proven, 1 not read; 2 other files passed over',
    )
  })

  it('has signatures found whatever stands before their marks', async () => {
    mkdirSync(join(world.folder, 'starts'))
    const attached = await sign(2, 'attached')
    const base64 = Buffer.from(attached).toString('base64')
    const xml = `<a><!--${' '.repeat(2000)}--><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></a>`
    for (const [name, content] of [
      ['der', attached],
      ['base64', base64],
      ['pem', writePem('CMS', attached)],
      ['xml', xml],
      ['xml-after-mark', `\uFEFF\n ${xml}`],
      ['text', 'nothing '.repeat(500)],
      ['zeros', new Uint8Array(5000)],
      ['short', new Uint8Array([0x30])],
    ] as const) {
      world.write(`starts/${name}`, content)
    }
    expect((await entriesOf('starts')).map(({ file }) => file)).toEqual(
      ['base64', 'der', 'pem', 'xml', 'xml-after-mark'].map((name) => `starts/${name}`),
    )
  })

  it('without any signature is refused', async () => {
    const { code, stderr } = await verify('plain')
    expect(code).toBe(65)
    expect(stderr).toContain('no signature')
  })

  it('may stand beside files', async () => {
    const entries = await entriesOf('box/deep pairs/act.sig')
    expect(brief(entries)).toEqual([
      ['box/deep/attached.p7m', null, 'TOTAL-PASSED'],
      ['pairs/act.sig', 'act.xml', 'TOTAL-PASSED'],
    ])
  })
})

describe('the document beside a detached signature', () => {
  it('is found by its digest among the files of the same stem', async () => {
    expect(brief(await entriesOf('pairs'))).toContainEqual([
      'pairs/act.sig',
      'act.xml',
      'TOTAL-PASSED',
    ])
  })

  it('that bears the name of the signature and is not the signed one fails', async () => {
    const { code, stdout } = await verify('pairs/changed.pdf.sig')
    expect(code).toBe(1)
    expect(stdout).toContain('HASH_FAILURE')
    expect(stdout).toContain('changed.pdf (found beside the signature)')
  })

  it('is not taken for changed when only a stranger to it is there', async () => {
    expect((await verify('pairs/lost.sig')).code).toBe(2)
  })

  it('is not told of when the signature holds its own, or cannot be read', async () => {
    const detached = await sign(1, 'detached')
    const attached = await sign(1, 'attached')
    for (const [name, bytes] of [
      ['own.pdf.sig', attached],
      ['cut.pdf.sig', detached.subarray(0, -1)],
      // The tag of its certificates: the headers before them are whole.
      ['torn.pdf.sig', detached.with(detached.indexOf(0xa0, 40), 0xa5)],
    ] as const) {
      world.write(`pairs/${name}`, bytes)
      world.write(`pairs/${name.slice(0, -'.sig'.length)}`, document(1))
    }
    expect(
      brief(await entriesOf('pairs/own.pdf.sig pairs/cut.pdf.sig pairs/torn.pdf.sig')),
    ).toEqual([
      ['pairs/own.pdf.sig', null, 'TOTAL-PASSED'],
      ['pairs/cut.pdf.sig', null, 'TOTAL-FAILED'],
      ['pairs/torn.pdf.sig', null, 'TOTAL-FAILED'],
    ])
  })

  it('is left aside when a document is named', async () => {
    expect((await verify('pairs/changed.pdf.sig --content box/contract.pdf')).code).toBe(0)
  })
})

describe('a file too large to be read at once', () => {
  const large = Buffer.alloc(3 * 1024 * 1024, 'Договор ')
  const changed = Buffer.from(large)
  changed[2_000_000] = (changed[2_000_000] ?? 0) ^ 1
  beforeAll(async () => {
    mkdirSync(join(world.folder, 'large'))
    for (const form of ['attached', 'detached'] as const) {
      const container = await signWith(pki.person, { content: large, form, tsa: pki.tsa })
      world.write(`large/${form}.p7s`, container)
      const damaged = Buffer.from(container)
      const at = container.length >> 1
      damaged[at] = (damaged[at] ?? 0) ^ 1
      world.write(`large/damaged-${form}.p7s`, damaged)
    }
    world.write(
      'large/attached.pem',
      writePem('CMS', readFileSync(join(world.folder, 'large/attached.p7s'))),
    )
    world.write('large/document.bin', large)
    world.write('large/changed.bin', changed)
  })

  it.each([
    [0, 'attached.p7s'],
    [0, 'attached.p7s --content large/document.bin'],
    [1, 'attached.p7s --content large/changed.bin'],
    [0, 'attached.pem'],
    [0, 'detached.p7s --content large/document.bin'],
    [1, 'detached.p7s --content large/changed.bin'],
    [2, 'detached.p7s'],
    [1, 'damaged-attached.p7s'],
    [1, 'damaged-detached.p7s --content large/document.bin'],
    [65, 'document.bin'],
  ])('%i: muhr verify large/%s', async (code, args) => {
    const run = await verify(`large/${args}`)
    expect(`${run.code}`, run.stdout + run.stderr).toBe(`${code}`)
  })

  it('is read by every thread that needs it', async () => {
    const entries = await entriesOf(
      'large/detached.p7s large/detached.p7s --content large/document.bin',
    )
    expect(entries.map(({ indication }) => indication)).toEqual(['TOTAL-PASSED', 'TOTAL-PASSED'])
  })
})

describe('many files', () => {
  const context = () => ({
    policy: 'etsi-basic' as const,
    trust: {
      store: createTrustStore(
        [pki.root, pki.authority].map(({ certificate }) => ({ certificate, origin: 'explicit' })),
      ),
      helpers: [],
      unreadable: [],
    },
    content: undefined,
    now: testTimes.now,
  })
  const io = {
    stdout: () => undefined,
    stderr: () => undefined,
    writeBytes: () => undefined,
    readStdin: async () => new Uint8Array(),
    env: {},
    cwd: world.folder,
    now: () => testTimes.now,
    isColoured: false,
  }

  it('have the same results in the same order with one thread and with three', async () => {
    const { targets, passedOver } = await findTargets(['many'], io)
    expect([targets.length, passedOver]).toEqual([many, many])
    const counts: number[] = []
    const alone = await verifyMany(targets, { context: context(), io, threads: 1 })
    const together = await verifyMany(targets, {
      context: context(),
      io,
      threads: 3,
      onResult: (_, done) => counts.push(done),
    })
    expect(together).toEqual(alone)
    expect(counts).toEqual(Array.from({ length: many }, (_, index) => index + 1))
    expect(alone.map((result) => ('report' in result ? result.report.indication : 'none'))).toEqual(
      Array.from({ length: many }, (_, index) => (index === 7 ? 'TOTAL-FAILED' : 'TOTAL-PASSED')),
    )
  })
})
