import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCommandWorld } from '../command/testing.ts'
import { runVerify } from '../verify/run-verify.ts'
import { runSignme } from './run-signme.ts'
import { startSignme, type TestSignme } from './testing.ts'

const page = readFileSync(new URL('../../../../docs/signme.md', import.meta.url), 'utf8')
const lines = (page.split('```sh example=signme\n')[1]?.split('```')[0] ?? '').trim().split('\n')
const world = createCommandWorld(new Date())
let signme: TestSignme

beforeAll(async () => {
  signme = await startSignme(world.folder)
  world.write('contract.pdf', '%PDF-1.4 TEST\n')
  world.write('annex.pdf', '%PDF-1.4 TEST annex\n')
  copyFileSync(signme.sandbox.ready.caFile, join(world.folder, 'sandbox-ca.pem'))
})
afterAll(async () => {
  await signme?.sandbox.stop()
  world.remove()
})

const command = /^(?:(\w+)=\$\()?npx muhr (signme|verify) (.*?)\)?$/

describe('docs/signme.md', () => {
  it('has commands that work', async () => {
    const env: Record<string, string> = {}
    const variables: Record<string, string> = {}
    const printed: string[] = []
    for (const line of lines) {
      for (const [, name = '', value = ''] of line.startsWith('export')
        ? line.matchAll(/(\w+)=(\S+)/g)
        : []) {
        env[name] = value
      }
      const [, variable, program, words] = command.exec(line) ?? []
      if (words === undefined) continue
      const args = words.split(' ').map((word) => variables[word.replace('$', '')] ?? word)
      const run = (given: readonly string[]) =>
        world.run(program === 'verify' ? runVerify : runSignme, given, {
          now: new Date(),
          env: { ...env, MUHR_SIGNME_URL: signme.url },
        })
      // Whoever types is slower than somebody who signs at once.
      while (args[0] === 'check' && (await run(['check', 'contract.pdf'])).code === 1);
      const ran = await run(args)
      expect(ran.code, `${line}\n${ran.stderr}`).toBe(0)
      printed.push(ran.stdout)
      if (variable !== undefined) variables[variable] = ran.stdout.trim()
    }
    expect(printed).toHaveLength(7)
    expect(printed.at(-1)).toMatch(/^rejected/)
  })

  it('tells of every question that the text of Sign.Me leaves open', () => {
    const table = page.split('## What to ask Sign.Me')[1] ?? ''
    for (const word of ['rate', 'HTTP status', 'without a key', 'poemail', 'sigdate', 'BES']) {
      expect(table).toContain(word)
    }
    for (const word of ['gosthash', 'source addresses', 'several files', 'signed request']) {
      expect(table).toContain(word)
    }
    for (const word of ['kept', 'GOST TLS', 'expire']) expect(table).toContain(word)
  })
})
