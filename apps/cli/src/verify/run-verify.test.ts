import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  makeEvidence,
  packZip,
  rootsPem,
  signWith,
  type TestEvidence,
  type TestPki,
  testPki,
  testTimes,
} from '@muhr/evidence/testing'
import { createSignedData, writePem } from '@muhr/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CommandRun, type CommandWorld, createCommandWorld } from '../command/testing.ts'
import { runVerify } from './run-verify.ts'

const world: CommandWorld = createCommandWorld(testTimes.now)
const content = Buffer.from('%PDF-1.7\nДоговор № 17\n%%EOF\n')
let pki: TestPki
let evidence: TestEvidence

beforeAll(async () => {
  pki = await testPki({ kind: 'rsa-2048', sandbox: true })
  evidence = await makeEvidence({ onlyRsa: true })
  const attached = await sign('attached')
  mkdirSync(join(world.folder, 'empty-folder'))
  world.write('договор.pdf', content)
  world.write('other.pdf', 'another document')
  world.write('attached.p7s', attached)
  world.write('detached.p7s', await sign('detached'))
  world.write('root.pem', rootsPem(pki))
  world.write('all.pem', rootsPem(pki) + writePem('CERTIFICATE', pki.authority.certificate.bytes))
  world.write('bundle.zip', evidence.bytes)
  world.write('attached.pem', writePem('CMS', attached))
  world.write(
    'attached.b64',
    `${Buffer.from(attached).toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`,
  )
  world.write(
    'attached.url',
    `data:application/pkcs7-signature;base64,${Buffer.from(attached).toString('base64')}`,
  )
})
afterAll(world.remove)

/** Without the authority's certificate inside, as KZ profile has it, so trust must hold it too. */
async function sign(form: 'attached' | 'detached'): Promise<Uint8Array> {
  return signWith(pki.person, { content, form, tsa: pki.tsa })
}

function verify(
  args: string,
  options: Parameters<CommandWorld['run']>[2] = {},
): Promise<CommandRun> {
  return world.run(
    runVerify,
    args.split(' ').filter((arg) => arg !== ''),
    options,
  )
}

const trusted = '--trust all.pem'

describe('exit code', () => {
  it.each([
    [0, `attached.p7s ${trusted}`],
    [0, `detached.p7s --content договор.pdf ${trusted}`],
    [0, `attached.p7s --content договор.pdf ${trusted}`],
    [0, `bundle.zip ${trusted}`],
    [0, `attached.pem ${trusted}`],
    [0, `attached.b64 ${trusted}`],
    [0, `attached.url ${trusted}`],
    [0, `attached.p7s bundle.zip attached.pem ${trusted}`],
    [0, `attached.p7s ${trusted} --at 2026-03-22T16:00:00+05:00`],
    [0, `attached.p7s ${trusted} --policy etsi-basic`],
    [1, `detached.p7s --content other.pdf ${trusted}`],
    [1, `attached.p7s --content other.pdf ${trusted}`],
    [2, `detached.p7s ${trusted}`],
    [2, 'attached.p7s'],
    [2, 'bundle.zip'],
    [2, `attached.p7s ${trusted} --policy kz-500`],
    [2, `attached.p7s ${trusted} --policy sandbox`],
    [64, ''],
    [64, `attached.p7s --trusted all.pem`],
    [64, `attached.p7s --trust`],
    [64, `attached.p7s --trust nowhere`],
    [64, `attached.p7s --trust договор.pdf`],
    [64, `attached.p7s --content nowhere ${trusted}`],
    [64, `bundle.zip --content договор.pdf ${trusted}`],
    [64, `attached.p7s --policy none ${trusted}`],
    [64, `attached.p7s --at yesterday ${trusted}`],
    [64, `attached.p7s --at 2026-02-30 ${trusted}`],
    [64, `attached.p7s --at 2026-03-22T10:00 ${trusted}`],
    [64, `attached.p7s --at 1 ${trusted}`],
    [64, `attached.p7s --at 2026-03-22 --at 2026-03-23 ${trusted}`],
    [64, `- - ${trusted}`],
    [65, `nowhere ${trusted}`],
    [2, `. ${trusted}`],
    [65, `empty-folder ${trusted}`],
    [65, `договор.pdf ${trusted}`],
    [65, `all.pem ${trusted}`],
    [65, `attached.p7s nowhere ${trusted}`],
    [1, `attached.p7s detached.p7s nowhere --content other.pdf ${trusted}`],
    [2, `attached.p7s detached.p7s ${trusted}`],
  ])('%i: muhr verify %s', async (code, args) => {
    const run = await verify(args)
    expect(`${run.code}`, run.stdout + run.stderr).toBe(`${code}`)
  })

  it('is the same with --json', async () => {
    for (const [code, args] of [
      [0, `attached.p7s ${trusted}`],
      [1, `detached.p7s --content other.pdf ${trusted}`],
      [2, 'attached.p7s'],
      [64, 'attached.p7s --no-such'],
      [65, 'договор.pdf'],
    ] as const) {
      expect((await verify(`${args} --json`)).code).toBe(code)
    }
  })

  it('reads standard input for -', async () => {
    expect((await verify(`- ${trusted}`, { stdin: await sign('attached') })).code).toBe(0)
    expect((await verify(`- ${trusted}`, { stdin: evidence.bytes })).code).toBe(0)
    expect((await verify(`- ${trusted}`)).code).toBe(65)
    const document = await verify(`detached.p7s --content - ${trusted}`, { stdin: content })
    expect(document.code).toBe(0)
  })
})

describe('trust', () => {
  it('of a folder is that of the certificates in it; other files are passed over', async () => {
    mkdirSync(join(world.folder, 'roots'))
    writeFileSync(join(world.folder, 'roots/root.cer'), pki.root.certificate.bytes)
    writeFileSync(
      join(world.folder, 'roots/ca.pem'),
      writePem('CERTIFICATE', pki.authority.certificate.bytes),
    )
    writeFileSync(join(world.folder, 'roots/notes.txt'), 'x')
    writeFileSync(join(world.folder, 'roots/broken.pem'), 'x')
    expect((await verify('attached.p7s --trust roots')).code).toBe(0)
    mkdirSync(join(world.folder, 'empty'))
    expect((await verify('attached.p7s --trust empty')).code).toBe(64)
  })

  it('adds up over several --trust', async () => {
    world.write('ca.pem', writePem('CERTIFICATE', pki.authority.certificate.bytes))
    const stranger = await testPki({ kind: 'rsa-2048', sandbox: false })
    world.write('stranger.pem', rootsPem(stranger))
    expect((await verify('attached.p7s --trust stranger.pem')).code).toBe(2)
    expect((await verify('attached.p7s --trust stranger.pem --trust all.pem')).code).toBe(0)
  })

  it('is not given by the certificate of the signer, which is no authority', async () => {
    world.write('leaf.pem', writePem('CERTIFICATE', pki.person.certificate.bytes))
    expect((await verify('attached.p7s --trust leaf.pem')).code).toBe(64)
  })

  it('of the installation serves real certificates, and never those of a sandbox', async () => {
    const real = await testPki({ kind: 'rsa-2048', sandbox: false })
    world.write(
      'real.p7s',
      await signWith(real.person, { content, form: 'attached', tsa: real.tsa }),
    )
    const folder = join(world.folder, 'installation/trust')
    mkdirSync(folder, { recursive: true })
    const anchors = [real.root, real.authority, pki.root, pki.authority]
    for (const { certificate } of anchors) {
      writeFileSync(
        join(folder, `${certificate.sha256}.pem`),
        writePem('CERTIFICATE', certificate.bytes),
      )
    }
    const env = { MUHR_DATA: 'installation' }
    expect((await verify('real.p7s', { env })).code).toBe(0)
    expect((await verify('attached.p7s', { env })).code).toBe(2)
    expect((await verify('bundle.zip', { env })).code).toBe(2)
    expect((await verify('real.p7s')).code).toBe(2)
    expect(
      (await verify('real.p7s', { env: { MUHR_DATA: 'x', MUHR_TRUST: 'installation/trust' } }))
        .code,
    ).toBe(0)
    writeFileSync(join(folder, 'broken.pem'), 'x')
    expect(await verify('real.p7s', { env })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('broken.pem: not a certificate'),
    })
  })
})

describe('JSON', () => {
  const json = async (args: string): Promise<unknown> =>
    JSON.parse((await verify(`${args} --json`)).stdout)

  it('of one signature is the report of the design, field by field', async () => {
    expect(await json(`detached.p7s --content договор.pdf ${trusted}`)).toEqual({
      indication: 'TOTAL-PASSED',
      policy: 'etsi-basic',
      validationTime: testTimes.now.toISOString(),
      sandbox: true,
      signatures: [
        {
          indication: 'TOTAL-PASSED',
          format: 'CAdES-T',
          country: 'KZ',
          signatureAlgorithm: { oid: '1.2.840.113549.1.1.11', name: expect.any(String) },
          digestAlgorithm: { oid: '2.16.840.1.101.3.4.2.1', name: expect.any(String) },
          cryptography: 'valid',
          contentDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
          level: 'unqualified',
          signer: {
            subject: expect.stringContaining('ТЕСТОВ ТЕСТ'),
            name: 'ТЕСТОВ ТЕСТ',
            serialNumber: pki.person.certificate.serialNumber,
            iin: '000140000017',
            role: '1.2.398.3.3.4.1.1',
          },
          chain: expect.arrayContaining([
            {
              subject: pki.person.certificate.subject.text,
              serialNumber: pki.person.certificate.serialNumber,
              sha256: pki.person.certificate.sha256,
            },
          ]),
          anchor: { subject: expect.any(String), sha256: expect.any(String) },
          revocation: expect.any(Array),
          signingTime: testTimes.signed.toISOString(),
          timestamps: [{ genTime: testTimes.stamped.toISOString(), valid: true }],
          checks: expect.arrayContaining([{ name: 'format', result: 'passed' }]),
        },
      ],
    })
  })

  it('of a bundle names paths and what was found about the bundle', async () => {
    expect(await json(`bundle.zip ${trusted}`)).toMatchObject({
      indication: 'TOTAL-PASSED',
      signatures: [{ path: 'signatures/01-Договор № 17.pdf.p7s' }, {}, {}],
      bundle: {
        envelope: { state: 'completed' },
        manifestTimestamp: { indication: 'TOTAL-PASSED' },
        checks: expect.arrayContaining([{ name: 'files', result: 'passed' }]),
      },
    })
  })

  it('of several files is a list that names them', async () => {
    expect(await json(`attached.p7s nowhere ${trusted}`)).toMatchObject([
      { file: 'attached.p7s', indication: 'TOTAL-PASSED' },
      { file: 'nowhere', error: { code: 'cli.unreadable' } },
    ])
  })

  it('of a refusal is its code and advice', async () => {
    expect(await json('договор.pdf')).toEqual({
      error: {
        code: 'cli.wrong-kind',
        message: 'This is not a signature: it is a PDF document.',
        advice: expect.stringContaining('--content'),
      },
    })
    expect(await json('договор.pdf --bogus')).toMatchObject({ error: { code: 'cli.usage' } })
  })
})

describe('words', () => {
  it('say who signed, the five answers and the sandbox, without colours', async () => {
    const { stdout, stderr } = await verify(`detached.p7s --content договор.pdf ${trusted}`)
    expect(stderr).toBe('')
    for (const words of [
      'SANDBOX · TEST KEYS',
      'SIGNATURE IS VALID  TOTAL-PASSED',
      'ТЕСТОВ ТЕСТ',
      'IIN 000140000017',
      'yes      Document unchanged',
      'yes      Made by this key',
      'yes      Certificate trusted',
      'unknown  Not revoked then',
      'yes      Time proven',
    ]) {
      expect(stdout).toContain(words)
    }
    expect(stdout).not.toContain('\u001b')
    const coloured = await verify(`attached.p7s ${trusted}`, { isColoured: true })
    expect(coloured.stdout).toContain('\u001b[32m')
  })

  it('ask for the document of a detached signature', async () => {
    const run = await verify(`detached.p7s ${trusted} --json`)
    expect(JSON.parse(run.stdout)).toMatchObject({ subIndication: 'SIGNED_DATA_NOT_FOUND' })
    expect((await verify(`detached.p7s ${trusted}`)).stdout).toContain(
      'muhr verify detached.p7s --content DOCUMENT',
    )
  })

  it('say of a sandbox how its keys may be trusted', async () => {
    const env = { MUHR_DATA: 'installation' }
    expect((await verify('attached.p7s', { env })).stdout).toContain(
      'Test keys are trusted only where you say so',
    )
    expect((await verify(`attached.p7s ${trusted}`)).stdout).not.toContain('Test keys are trusted')
  })

  it('say that nothing is trusted yet', async () => {
    const { stdout } = await verify('attached.p7s')
    expect(stdout).toContain('No root certificate is trusted yet')
    expect((await verify('attached.p7s --trust stranger.pem')).stdout).not.toContain(
      'No root certificate',
    )
  })

  it('of a certificate move no cursor and forge no line', async () => {
    const hostile = await createSignedData({
      content,
      form: 'attached',
      signers: [{ ...pki.person, signingTime: testTimes.signed }],
    })
    world.write('name\u001b[2Jx.p7s', hostile)
    const run = await world.run(runVerify, ['name\u001b[2Jx.p7s', 'no\nsuch\u009b'])
    expect(run.stdout + run.stderr).not.toMatch(/(?!\n)\p{Cc}/u)
    expect(run.stderr).toContain('no·such·: There is no such file.')
  })
})

describe('what is no signature', () => {
  it.each([
    ['a.pdf', Buffer.from('%PDF-1.7'), 'a PDF document'],
    [
      'a.docx',
      packZip([{ path: '[Content_Types].xml', bytes: Buffer.from('<x/>') }]),
      'an office document',
    ],
    ['a.zip', packZip([{ path: 'a.txt', bytes: Buffer.from('x') }]), 'a zip archive'],
    ['a.xml', Buffer.from('<?xml version="1.0"?><a/>'), 'an XML document'],
    [
      'signed.xml',
      Buffer.from('<a><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></a>'),
      'an XML document with a signature inside',
    ],
    ['a.json', Buffer.from('{"a":1}'), 'JSON text'],
    ['a.txt', Buffer.from('Договор'), 'text'],
    ['a.png', Buffer.from('\x89PNG\r\n', 'latin1'), 'an image'],
    ['a.bin', Buffer.from([1, 2, 3, 0xff, 0xfe]), 'data of a kind that is not known here'],
    ['a.empty', Buffer.alloc(0), 'an empty file'],
  ])('%s is told by what it is', async (name, bytes, words) => {
    world.write(name, bytes)
    const run = await verify(name)
    expect(run.code).toBe(65)
    expect(run.stderr).toContain(`it is ${words}`)
  })
})
