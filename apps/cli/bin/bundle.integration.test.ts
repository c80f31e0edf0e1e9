import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Checkout, makeCheckout, runBin } from './checkout.fixture.ts'

const source = path.resolve(import.meta.dirname, '../../..')
let checkout: Checkout
beforeEach(() => {
  checkout = makeCheckout()
  writeWord('first')
  checkout.write('apps/cli/src/verify/verify-thread.ts', 'export {}')
})
afterEach(() => checkout.remove())

/** A command that says where it runs from, and a word of a file that it imports. */
function writeWord(word: string) {
  checkout.write(
    'apps/cli/src/main.ts',
    `import { word } from './word.ts'
     console.log(JSON.stringify({ isBundle: import.meta.url.includes('/dist/'), word, args: process.argv.slice(2) }))`,
  )
  checkout.write('apps/cli/src/word.ts', `export const word: string = '${word}'`)
}

async function muhr(...args: readonly string[]) {
  const { out, err, status } = await runBin(checkout, 'muhr.js', { args }).ended
  expect({ err: err.replace(/^Install.*\n/gm, ''), status }).toEqual({ err: '', status: 0 })

  return JSON.parse(out) as { isBundle: boolean; word: string; args: readonly string[] }
}

/** The real bundler, beside the stand-ins that the checkout installs. */
function linkBundler() {
  for (const name of ['rolldown', '@rolldown', '@oxc-project']) {
    fs.symlinkSync(
      path.join(source, 'node_modules', name),
      path.join(checkout.root, 'node_modules', name),
    )
  }
}

const place = (name: string) => path.join(checkout.root, name)

describe('a command that reads files', () => {
  it('runs from its sources where no bundle can be made', async () => {
    expect(await muhr('verify', 'x')).toEqual({
      isBundle: false,
      word: 'first',
      args: ['verify', 'x'],
    })
  })

  it('runs from a bundle as soon as one can be made, and never from an older one', async () => {
    await muhr('verify')
    linkBundler()
    expect(await muhr('verify', '--json')).toEqual({
      isBundle: true,
      word: 'first',
      args: ['verify', '--json'],
    })
    writeWord('other')
    expect(await muhr('verify')).toMatchObject({ isBundle: true, word: 'other' })

    // The same size and the same times, as far as anybody may set them.
    const { atime, mtime } = fs.statSync(place('apps/cli/src/word.ts'))
    writeWord('OTHER')
    fs.utimesSync(place('apps/cli/src/word.ts'), atime, mtime)
    expect(await muhr('verify')).toMatchObject({ isBundle: true, word: 'OTHER' })

    fs.rmSync(place('node_modules/rolldown'))
    expect(await muhr('verify')).toMatchObject({ isBundle: true, word: 'OTHER' })
    writeWord('last')
    expect(await muhr('verify')).toMatchObject({ isBundle: false, word: 'last' })
    writeWord('OTHER')
    expect(await muhr('verify')).toMatchObject({ isBundle: true, word: 'OTHER' })
  })

  it('knows its bundle by the octets of the sources where their times are others', async () => {
    await muhr('verify')
    linkBundler()
    await muhr('verify')
    fs.rmSync(place('node_modules/rolldown'))
    const past = new Date('2020-01-01T00:00:00Z')
    fs.utimesSync(place('apps/cli/src/word.ts'), past, past)
    const stamp = () => fs.readFileSync(place('apps/cli/dist/bundle.json'), 'utf8')
    const before = stamp()
    expect(await muhr('verify')).toMatchObject({ isBundle: true })
    expect(stamp()).not.toBe(before)
  })

  it('runs from its sources when the bundle was taken away or its stamp is damaged', async () => {
    await muhr('verify')
    linkBundler()
    await muhr('verify')
    fs.rmSync(place('node_modules/rolldown'))
    const stamp = fs.readFileSync(place('apps/cli/dist/bundle.json'), 'utf8')
    checkout.write('apps/cli/dist/bundle.json', stamp.slice(0, 40))
    expect(await muhr('verify')).toMatchObject({ isBundle: false })

    checkout.write('apps/cli/dist/bundle.json', stamp)
    expect(await muhr('verify')).toMatchObject({ isBundle: true })
    const { digest } = JSON.parse(stamp) as { digest: string }
    fs.rmSync(place(`apps/cli/dist/${digest}`), { recursive: true })
    expect(await muhr('verify')).toMatchObject({ isBundle: false })
  })

  it('is not made by two processes at once', async () => {
    await muhr('verify')
    linkBundler()
    const runs = await Promise.all([muhr('verify'), muhr('verify'), muhr('verify')])
    expect(runs.map(({ word }) => word)).toEqual(['first', 'first', 'first'])
    expect(fs.readdirSync(place('apps/cli/dist'))).toHaveLength(2)
  })
})

it('a key of this installation is opened by the sources, whose server no bundle has', async () => {
  await muhr('verify')
  linkBundler()
  expect(await muhr('epgu', 'token', '--key', 'x')).toMatchObject({ isBundle: true })
  for (const args of [['--stored-key', 'x'], ['--stored-key=x']]) {
    expect(await muhr('epgu', 'token', ...args)).toMatchObject({ isBundle: false })
  }
})

it('other commands run from the sources', async () => {
  await muhr('verify')
  linkBundler()
  expect(await muhr('doctor')).toMatchObject({ isBundle: false })
  expect(await muhr()).toMatchObject({ isBundle: false })
})

it('the muhr command of this checkout answers from its bundle as from its sources', async () => {
  const run = (file: string, ...args: readonly string[]) => {
    try {
      return execFileSync(process.execPath, [path.join(source, file), ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      })
    } catch (error) {
      const { status, stdout, stderr } = error as Record<'status' | 'stdout' | 'stderr', unknown>

      return { status, stdout, stderr }
    }
  }
  const samples = fs.mkdtempSync(path.join(checkout.root, 'samples-'))
  fs.writeFileSync(path.join(samples, 'broken.p7s'), 'nothing')
  fs.writeFileSync(path.join(samples, 'signed.xml'), xml)
  for (const command of [['verify', '--at', '2026-06-01T00:00:00Z'], ['inspect']]) {
    const args = [...command, path.join(samples, 'signed.xml'), path.join(samples, 'broken.p7s')]
    const bundled = run('apps/cli/bin/muhr.js', ...args)
    expect(bundled).toEqual(run('apps/cli/src/main.ts', ...args))
  }
})

const xml =
  '<a><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/><SignatureValue/></Signature></a>'
