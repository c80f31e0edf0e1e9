import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const room = resolve(import.meta.dirname, '..')
const readme = readFileSync(join(room, 'README.md'), 'utf8')

/** The code of the README that names itself so in its first line. */
const exampleOf = (name: string): string =>
  [...readme.matchAll(/```ts\n(.*?)```/gs)]
    .map(([, code = '']) => code)
    .find((code) => code.startsWith(`// ${name}\n`)) ?? ''

describe('the README', () => {
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'muhr-readme-'))
    symlinkSync(resolve(room, '../../node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each([
    { name: 'example.ts', prints: 'wasm-relaxed-simd 128 true\n' },
    { name: 'pool.ts', prints: 'true 1000\n' },
  ])('$name runs under Node and prints what it says', ({ name, prints }) => {
    writeFileSync(join(folder, name), exampleOf(name))
    const { stdout, stderr } = spawnSync(process.execPath, [name], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    })
    expect(stderr).toBe('')
    expect(stdout).toBe(prints)
  })

  it('names every function that the package exports', async () => {
    const exported = Object.entries(await import('./index.ts'))
    const text = readme.replaceAll(/`(\w+?)256\/512`/g, '`$1256` `$1512`')
    const missing = exported
      .filter(([, value]) => typeof value === 'function')
      .map(([name]) => name)
      .filter((name) => !text.includes(name))
    expect(missing).toEqual([])
  })
})
