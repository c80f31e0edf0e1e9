import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { rootsPem, signWith, type TestPki, testPki, testTimes } from '@muhr/evidence/testing'
import { createXmlSignature, writePem } from '@muhr/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CommandRun, createCommandWorld } from '../command/testing.ts'
import { runInspect } from '../inspect/run-inspect.ts'
import { runVerify } from './run-verify.ts'

const world = createCommandWorld(testTimes.now)
const octets = (text: string): Uint8Array => new TextEncoder().encode(text)
const document = octets('<contract><sum>100</sum></contract>')
let pki: TestPki

beforeAll(async () => {
  pki = await testPki({ kind: 'rsa-2048', sandbox: true })
  const signer = pki.person
  const enveloped = await createXmlSignature({ form: 'enveloped', document, profile: 'kz', signer })
  const text = new TextDecoder().decode(enveloped)
  world.write('all.pem', rootsPem(pki) + writePem('CERTIFICATE', pki.authority.certificate.bytes))
  world.write('contract.xml', document)
  world.write('enveloped.xml', enveloped)
  world.write('changed.xml', text.replace('100', '900'))
  world.write('doctype.xml', text.replace('<contract>', '<!DOCTYPE contract><contract>'))
  world.write('other.xml', '<contract><sum>900</sum></contract>')
  world.write('act.txt', 'act')
  world.write(
    'beside.xml',
    await createXmlSignature({ form: 'external', octets: octets('act'), uri: 'act.txt', signer }),
  )
  world.write(
    'xades.xml',
    await createXmlSignature({
      form: 'enveloped',
      document,
      signer,
      id: 's',
      xades: { signingTime: testTimes.now },
    }),
  )
  world.write('attached.p7s', await signWith(pki.person, { content: document, form: 'attached' }))
})
afterAll(world.remove)

const verify = (args: string): Promise<CommandRun> =>
  world.run(runVerify, `${args} --trust all.pem --policy etsi-basic`.split(' '))

describe('muhr verify of XML', () => {
  it.each([
    [0, 'enveloped.xml'],
    [0, 'xades.xml'],
    [0, 'enveloped.xml --content contract.xml'],
    [0, 'beside.xml --content act.txt'],
    [1, 'enveloped.xml --content other.xml'],
    [1, 'beside.xml --content contract.xml'],
    [1, 'changed.xml'],
    [1, 'doctype.xml'],
    [2, 'beside.xml'],
    [65, 'contract.xml'],
  ])('ends with %i: %s', async (code, args) => {
    const run = await verify(args)
    expect(`${run.code}`, run.stdout + run.stderr).toBe(`${code}`)
  })

  it('says its format in JSON', async () => {
    const formatOf = async (file: string): Promise<unknown> => {
      const { stdout } = await verify(`${file} --json`)
      return JSON.parse(stdout).signatures[0].format
    }
    expect(await formatOf('enveloped.xml')).toBe('XMLDSig')
    expect(await formatOf('xades.xml')).toBe('XAdES-B')
  })

  it('is what muhr inspect advises', async () => {
    const { stdout } = await world.run(runInspect, ['enveloped.xml'])
    expect(stdout).toContain('muhr verify')
  })
})

describe('libxml2', () => {
  /** Says on standard error when the module is loaded. */
  const watch =
    'data:text/javascript,import{registerHooks}from"node:module";registerHooks({load(url,context,next){' +
    'if(url.includes("libxml2-wasm"))process.stderr.write("LOADED ");return next(url,context)}})'
  const run = (file: string) =>
    spawnSync(
      process.execPath,
      [
        '--import',
        watch,
        join(import.meta.dirname, '../main.ts'),
        'verify',
        file,
        '--trust',
        'all.pem',
        '--policy',
        'etsi-basic',
        '--at',
        testTimes.now.toISOString(),
      ],
      { cwd: world.folder, encoding: 'utf8' },
    )

  it('is not loaded for CMS, and is for XML', () => {
    const cms = run('attached.p7s')
    expect([cms.status, cms.stderr]).toEqual([0, ''])
    const xml = run('enveloped.xml')
    expect(xml.status).toBe(0)
    expect(xml.stderr).toContain('LOADED')
  })
})
