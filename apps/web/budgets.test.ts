import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const dist = fileURLToPath(new URL('./dist/', import.meta.url))
const isBuilt = existsSync(`${dist}index.html`)
const gzipKb = (path: string) => gzipSync(readFileSync(path)).length / 1000

type Chunk = {
  readonly file: string
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
}

const manifest: Readonly<Record<string, Chunk>> = isBuilt
  ? JSON.parse(readFileSync(`${dist}manifest.json`, 'utf8'))
  : {}

/** Every chunk that must be here before these modules run. */
function closure(modules: readonly string[]): readonly Chunk[] {
  const seen = new Map<string, Chunk>()
  const open = [...modules]

  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const chunk = manifest[name]

    if (chunk === undefined) throw new TypeError(`the build has no ${name}`)
    if (!seen.has(name)) {
      seen.set(name, chunk)
      open.push(...(chunk.imports ?? []))
    }
  }

  return [...seen.values()]
}

const total = (files: readonly string[]) =>
  [...new Set(files)].reduce((sum, file) => sum + gzipKb(`${dist}${file}`), 0)
const scriptKb = (modules: readonly string[]) => total(closure(modules).map(({ file }) => file))

/** The largest language of a page, with the texts of the services. */
const inRussian = (page: 'sign-page' | 'app-page') => [
  `src/i18n/${page}/ru.ts`,
  '../../providers/egov-mobile/web/messages/ru.ts',
]

/** ui.md §17, kilobytes of gzip with everything that must load before the page is of use. */
describe.skipIf(!isBuilt)('budgets of the built pages', () => {
  it('signer page: JavaScript ≤ 150 KB with one language, aim 90', () => {
    const kb = scriptKb(['sign.html', ...inRussian('sign-page')])
    console.log(`signer page: ${kb.toFixed(1)} KB JavaScript gzip`)

    expect(kb).toBeLessThanOrEqual(150)
  })

  it('signer page: ≤ 12 KB CSS', () => {
    const kb = total(closure(['sign.html']).flatMap(({ css }) => css ?? []))
    console.log(`signer page: ${kb.toFixed(1)} KB CSS gzip`)

    expect(kb).toBeGreaterThan(1)
    expect(kb).toBeLessThanOrEqual(12)
  })

  it('application shell and list: JavaScript ≤ 180 KB with one language', () => {
    const kb = scriptKb([
      'index.html',
      'src/screens/envelopes/envelopes-screen.tsx',
      ...inRussian('app-page'),
    ])
    console.log(`shell and list: ${kb.toFixed(1)} KB JavaScript gzip`)

    expect(kb).toBeLessThanOrEqual(180)
  })

  it('verify page: JavaScript within the shell’s budget', () => {
    const kb = scriptKb([
      'index.html',
      'src/screens/verify/verify-screen.tsx',
      ...inRussian('app-page'),
    ])
    console.log(`verify page: ${kb.toFixed(1)} KB JavaScript gzip`)

    expect(kb).toBeLessThanOrEqual(180)
  })

  it('the XML editor comes by itself, ≤ 150 KB, and no first load has it', () => {
    const editor = 'src/screens/workbench/editor/create-editor.ts'
    const shared = new Set(closure(['index.html']).map(({ file }) => file))
    const own = closure([editor]).filter(({ file }) => !shared.has(file))
    const kb = total(own.map(({ file }) => file))
    console.log(`XML editor: ${kb.toFixed(1)} KB JavaScript gzip`)

    expect(kb).toBeGreaterThan(50)
    expect(kb).toBeLessThanOrEqual(150)
    expect(shared).not.toContain(manifest[editor]?.file)
  })

  it('no page asks another host for anything', () => {
    const hosts = readdirSync(`${dist}assets`)
      .filter((name) => name.endsWith('.css'))
      .flatMap(
        (name) => readFileSync(`${dist}assets/${name}`, 'utf8').match(/url\(["']?https?:/g) ?? [],
      )
    const pages = ['index.html', 'sign.html'].flatMap(
      (page) => readFileSync(`${dist}${page}`, 'utf8').match(/(?:src|href)="https?:/g) ?? [],
    )

    expect([...hosts, ...pages]).toEqual([])
  })

  it('pages run no inline script', () => {
    for (const page of ['index.html', 'sign.html']) {
      expect(readFileSync(`${dist}${page}`, 'utf8')).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/)
    }
  })

  it('sign.html keeps the place for the text of the server', () => {
    const page = readFileSync(`${dist}sign.html`, 'utf8')

    expect(page).toContain('<div id="root"><!--muhr:view--></div>')
    expect(page).toContain('<html lang="ru" data-mode="live">')
  })
})
