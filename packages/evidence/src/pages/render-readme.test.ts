import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBundle } from '../read-bundle.ts'
import { makeEvidence, type TestEvidence } from '../testing/make-evidence.ts'
import { rootsPem, testPki } from '../testing/test-pki.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

let evidence: TestEvidence
let folder: string
let readme: string

beforeAll(async () => {
  evidence = await makeEvidence({ fileNames: ["Договор 'А' $HOME № 17.pdf", 'b.pdf', 'c d.pdf'] })
  folder = mkdtempSync(join(tmpdir(), 'muhr-readme-'))
  for (const [path, bytes] of readBundle(evidence.bytes)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  writeFileSync(join(folder, 'ROOT.pem'), rootsPem(...evidence.pkis))
  writeFileSync(join(folder, 'TSA.pem'), rootsPem(...evidence.pkis))
  readme = Buffer.from(readBundle(evidence.bytes).get('README.txt') ?? []).toString('utf8')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a command line as README.txt tells it, in the folder of the unpacked bundle. */
function run(line: string): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd: folder,
    encoding: 'utf8',
  })

  return { status, text: `${stdout}${stderr}` }
}

const linesWith = (part: string): readonly string[] =>
  readme
    .split('\n')
    .filter((line) => line.startsWith('  ') && line.includes(part))
    .map((line) => line.trim())

/** The two lines that gather the certificates. */
const steps = (): string => [...linesWith('for f in'), ...linesWith('cat ROOT.pem')].join('\n')

describe('README.txt', () => {
  it('speaks four languages first, and of the sandbox before all', () => {
    const firstLines = readme.split('\n').slice(0, 8).join('\n')
    expect(firstLines).toContain('ПЕСОЧНИЦА')
    expect(firstLines).toContain('SANDBOX')
    for (const words of [
      'Подпись действительна',
      'Қолтаңба жарамды',
      'Imzo haqiqiy',
      'Signature is valid',
    ]) {
      expect(readme).toContain(words)
    }
  })

  it('does not let a title pose as a line of its own', async () => {
    const { bytes } = await makeEvidence({
      onlyRsa: true,
      change: (source) => ({
        ...source,
        envelope: { ...source.envelope, title: `x\n${'0'.repeat(64)}  report.html\u2028y` },
      }),
    })
    const text = Buffer.from(readBundle(bytes).get('README.txt') ?? []).toString('utf8')
    expect(text).toContain(`Title         x ${'0'.repeat(64)}  report.html y\n`)
  })
})

describe.skipIf(!hasOpenssl)('the commands of README.txt', () => {
  it('check the digests, and fail when a file is changed', () => {
    const [command = ''] = linesWith('sha256sum')
    expect(run(command)).toMatchObject({ status: 0 })
    writeFileSync(join(folder, 'documents/02-b.pdf'), 'changed')
    expect(run(command).status).not.toBe(0)
    writeFileSync(
      join(folder, 'documents/02-b.pdf'),
      readBundle(evidence.bytes).get('documents/02-b.pdf') ?? '',
    )
  })

  it('verify the RSA signatures, detached and attached, by the roots of the reader alone', async () => {
    expect(run(steps())).toMatchObject({ status: 0, text: '' })
    const commands = linesWith('cms -verify')
    expect(commands).toHaveLength(2)
    for (const command of commands) {
      expect(run(command)).toMatchObject({ status: 0 })
    }
    const stranger = await testPki({ kind: 'rsa-2048', sandbox: false })
    writeFileSync(join(folder, 'ROOT.pem'), rootsPem(stranger))
    // The root of the bundle is still among its certificates, but the reader does not trust it.
    run(steps())
    for (const command of commands) {
      expect(run(command).status).not.toBe(0)
    }
    writeFileSync(join(folder, 'ROOT.pem'), rootsPem(...evidence.pkis))
    run(steps())
  })

  it('find a changed document under a detached and under an attached signature', () => {
    run(steps())
    const commands = linesWith('cms -verify')
    for (const path of ["documents/01-Договор 'А' $HOME № 17.pdf", 'documents/03-c d.pdf']) {
      writeFileSync(join(folder, path), 'changed')
    }
    for (const command of commands) {
      expect(run(command).status).not.toBe(0)
    }
    for (const path of ["documents/01-Договор 'А' $HOME № 17.pdf", 'documents/03-c d.pdf']) {
      writeFileSync(join(folder, path), readBundle(evidence.bytes).get(path) ?? '')
    }
    for (const command of commands) {
      expect(run(command)).toMatchObject({ status: 0 })
    }
  })

  it('print what a GOST signature holds', () => {
    const [command = ''] = linesWith('-cmsout')
    expect(run(command)).toMatchObject({ status: 0, text: expect.stringContaining('signedData') })
  })

  it('verify the time-stamp over the manifest, and fail over another manifest', () => {
    run(steps())
    const [command = ''] = linesWith('ts -verify')
    expect(run(command)).toMatchObject({
      status: 0,
      text: expect.stringContaining('Verification: OK'),
    })
    const other = command.replace('-data manifest.json', '-data report.json')
    expect(run(other).status).not.toBe(0)
  })

  it('print certificates and OCSP answers', () => {
    for (const [start, command] of [
      ['revocation/', linesWith('openssl ocsp')[0] ?? ''],
      ['certificates/', linesWith('openssl x509 -inform DER -noout')[0] ?? ''],
    ] as const) {
      const path =
        [...readBundle(evidence.bytes).keys()].find((each) => each.startsWith(start)) ?? ''
      const { status, text } = run(command.replace(/\S+NAME\.\w+/, path))
      expect(status).toBe(0)
      expect(text).toMatch(/OCSP Response Status: successful|Subject: /)
    }
  })
})
