import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { writePkcs12 } from '@muhr/pki'
import { expect, it } from 'vitest'
import { createOpensslPeer, createTestAuthority, hasGostEngine } from './testing/index.ts'

const run = promisify(execFile)

it.skipIf(!hasGostEngine())(
  'the example of the README makes a seal that OpenSSL accepts',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'muhr-signer-key-readme-'))
    const peer = createOpensslPeer()
    try {
      const authority = await createTestAuthority()
      const { pkcs8, certificate } = await authority.issue()
      const entries = [{ key: pkcs8, certificates: [certificate] }]
      await writeFile(
        join(folder, 'organisation.p12'),
        writePkcs12({ password: 'Qwerty12', entries }),
      )
      await writeFile(join(folder, 'req.xml'), '<SignRequest/>')
      const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8')
      const example = /```ts example=sign\n(.*?)```/s.exec(readme)?.[1] ?? ''
      const entry = pathToFileURL(join(import.meta.dirname, 'index.ts')).href
      await writeFile(join(folder, 'sign.ts'), example.replace("'@muhr/signer-key'", `'${entry}'`))
      const { stdout } = await run(process.execPath, ['sign.ts'], { cwd: folder })
      expect(stdout).toContain('TEST Пример')
      const seal = new Uint8Array(await readFile(join(folder, 'req.xml.sig')))
      const content = new TextEncoder().encode('<SignRequest/>')
      expect(peer.accepts(seal, { content, authority: authority.certificate })).toBe(true)
    } finally {
      peer.remove()
      await rm(folder, { recursive: true, force: true })
    }
  },
)
