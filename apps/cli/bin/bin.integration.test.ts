import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { variables } from '../../server/src/config/variables.ts'
import { type Checkout, makeCheckout, runBin } from './checkout.fixture.ts'
import { ports } from './ports.js'

const oldNode = ['/usr/bin/node', '/usr/local/bin/node'].find(
  (file) => fs.existsSync(file) && majorOf(file) >= 18 && majorOf(file) < 24,
)
const isRoot = process.geteuid?.() === 0
let checkout: Checkout
let env: Record<string, string>

beforeEach(async () => {
  checkout = makeCheckout()
  const free = await findFreePorts(ports.length)
  env = Object.fromEntries(ports.map(({ variable }, index) => [variable, String(free[index])]))
})

afterEach(() => checkout.remove())

function majorOf(file: string): number {
  return Number.parseInt(execFileSync(file, ['--version'], { encoding: 'utf8' }).slice(1), 10)
}

async function findFreePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = net.createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

      return server
    }),
  )
  const found = servers.map((server) => (server.address() as net.AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))

  return found
}

async function until(isTrue: () => boolean): Promise<void> {
  const endMs = Date.now() + 20_000
  while (!isTrue()) {
    expect(Date.now()).toBeLessThan(endMs)
    await delay(10)
  }
}

const runtimes = [
  { name: 'the Node.js of the packages', node: process.execPath },
  ...(oldNode === undefined ? [] : [{ name: 'an older Node.js', node: oldNode }]),
]

describe.each(runtimes)('npm start under $name', ({ node }) => {
  const start = (args: readonly string[] = []) => runBin(checkout, 'start.js', { node, env, args })

  it('installs and builds once, then runs the sandbox under Node.js 24', async () => {
    const first = await start().ended
    expect(first).toMatchObject({ status: 0, signal: null })
    expect(JSON.parse(first.out)).toMatchObject({
      args: ['serve', '--sandbox'],
      version: process.versions.node,
    })
    expect(first.err).toMatch(
      /^Installing packages …\nInstalled packages in \d+ s\.\nBuilding the pages …\nBuilt the pages in \d+ s\.\n$/,
    )
    expect(checkout.takeNpmCalls()).toEqual(['ci true', 'run false'])

    const second = await start(['--open']).ended
    expect(JSON.parse(second.out).args).toEqual(['serve', '--sandbox', '--open'])
    expect(second.err).toBe('')
    expect(checkout.takeNpmCalls()).toEqual([])
  })

  it('installs anew when the lock changed, builds anew when a page changed', async () => {
    await start().ended
    checkout.takeNpmCalls()
    checkout.write('apps/web/src/page.tsx', 'page 2')
    await start().ended
    expect(checkout.takeNpmCalls()).toEqual(['run false'])

    checkout.writeLock('1.0.1')
    await start().ended
    expect(checkout.takeNpmCalls()).toEqual(['ci true', 'run false'])
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'hands %s on, and ends as the program does',
    async (name) => {
      const running = start(['--wait'])
      await until(() => running.output.out.includes('\n'))
      running.child.kill(name)

      const { status, out } = await running.ended
      expect(out).toContain(`got ${name}`)
      expect(status).toBe(name === 'SIGINT' ? 7 : 8)
    },
  )

  it('ends in order when npm and its shell were ended alone', async () => {
    const running = runBin(checkout, 'start.js', {
      node,
      env: { ...env, npm_lifecycle_event: 'start' },
      args: ['--wait'],
      isByShell: true,
    })
    await until(() => running.output.out.includes('\n'))
    running.child.kill('SIGTERM')

    expect((await running.ended).out).toContain('got SIGTERM')
  })

  it('ends with the exit code or the signal of the program', async () => {
    expect((await start(['--fail']).ended).status).toBe(9)
    expect((await start(['--die']).ended).signal).toBe('SIGKILL')
  })
})

describe('npm start', () => {
  const start = (options = {}) => runBin(checkout, 'start.js', { env, ...options })

  it('takes what somebody installed by hand, when it is what the lock asks for', async () => {
    const installed = path.join(checkout.root, 'node_modules/.package-lock.json')
    await start().ended
    checkout.takeNpmCalls()
    checkout.writeLock('2.0.0')
    fs.copyFileSync(path.join(checkout.root, 'package-lock.json'), installed)
    await start().ended
    expect(checkout.takeNpmCalls()).toEqual(['run false'])

    checkout.writeLock('3.0.0')
    await start().ended
    expect(checkout.takeNpmCalls()).toEqual(['ci true', 'run false'])
  })

  it('mends an installation that was killed half-way', async () => {
    checkout.setNpm('hang')
    const killed = start()
    await until(() => fs.existsSync(path.join(checkout.root, 'node_modules/left-pad')))
    killed.child.kill('SIGKILL')
    await killed.ended
    checkout.setNpm('')
    checkout.takeNpmCalls()

    const { status } = await start().ended
    expect(status).toBe(0)
    expect(checkout.takeNpmCalls()).toEqual(['ci true', 'run false'])
  })

  it('mends an installation from which a package was taken away', async () => {
    await start().ended
    fs.rmSync(path.join(checkout.root, 'node_modules/left-pad'), { recursive: true })
    checkout.takeNpmCalls()

    expect((await start().ended).status).toBe(0)
    expect(checkout.takeNpmCalls()).toEqual(['ci true'])
  })

  it('ends npm when it is stopped while installing', async () => {
    checkout.setNpm('hang')
    const running = start()
    await until(() => fs.existsSync(path.join(checkout.root, 'node_modules/left-pad')))
    running.child.kill('SIGINT')

    const { status, err } = await running.ended
    expect(status).toBe(130)
    expect(err).toContain('Stopped. The same command goes on from here.')
  })

  it('shows what npm says when it fails, after a second try with the registry', async () => {
    checkout.setNpm('fail')
    const { status, err } = await start().ended

    expect(status).toBe(1)
    expect(err).toContain('  npm error no such package: left-pad')
    expect(err).toContain('npm ping')
    expect(err).not.toContain('.js:')
    expect(checkout.takeNpmCalls()).toEqual(['ci true', 'ci false'])
  })

  it('shows why the pages could not be built, and tries again next time', async () => {
    checkout.setNpm('fail-build')
    const { status, err } = await start().ended
    expect(status).toBe(1)
    expect(err).toContain('  error: unexpected token in page.tsx')

    checkout.setNpm('')
    expect((await start().ended).status).toBe(0)
  })

  it('says where Muhr runs already, and ends', async () => {
    const running = start({ args: ['--wait'] })
    await until(() => running.output.out.includes('\n'))
    const second = await start().ended

    expect(second.status).toBe(1)
    expect(second.err).toContain(
      `Muhr is already running at http://127.0.0.1:${env['MUHR_PORT']} (process ${running.child.pid},`,
    )
    running.child.kill('SIGKILL')
    await running.ended
    expect((await start().ended).status).toBe(0)
  })

  it('says that another one is still installing, and ends', async () => {
    checkout.setNpm('hang')
    const running = start()
    await until(() => fs.existsSync(path.join(checkout.root, 'node_modules/left-pad')))
    const second = await start().ended

    expect(second.status).toBe(1)
    expect(second.err).toContain(
      `being started already, by process ${running.child.pid} (installing packages)`,
    )
    running.child.kill('SIGTERM')
    await running.ended
  })

  it('names the port that is taken, by whom, and what to change', async () => {
    const server = net.createServer()
    await new Promise<void>((resolve) =>
      server.listen(Number(env['MUHR_SANDBOX_CA_PORT']), '127.0.0.1', resolve),
    )
    const { status, err } = await start().ended
    await new Promise((resolve) => server.close(resolve))

    expect(status).toBe(1)
    expect(err).toContain(
      `Port ${env['MUHR_SANDBOX_CA_PORT']}, for the test certification authority (MUHR_SANDBOX_CA_PORT), is taken by process ${process.pid}:`,
    )
    expect(err).toMatch(/Free it, or choose another: MUHR_SANDBOX_CA_PORT=\d+ npm start\n$/)
    expect((await start().ended).status).toBe(0)
  })

  it('knows the same ports as the table of variables', () => {
    for (const { variable, standard } of ports) {
      expect(variables[variable as 'MUHR_PORT'].default).toBe(String(standard))
    }
    expect(ports.map(({ variable }) => variable)).toEqual(
      Object.keys(variables).filter((name) => name.endsWith('_PORT')),
    )
  })

  it.runIf(isRoot)('tells an ordinary user that the folder is not theirs', async () => {
    const elsewhere = { ...env, MUHR_DATA: path.join(checkout.root, 'their-data') }
    fs.mkdirSync(elsewhere.MUHR_DATA)
    fs.chownSync(elsewhere.MUHR_DATA, 1, 1)
    const noFolder = await start({ uid: 1 }).ended
    const noInstall = await start({ uid: 1, env: elsewhere }).ended

    expect(noFolder).toMatchObject({ status: 1, out: '' })
    expect(noFolder.err).toContain(`Muhr cannot write to ${checkout.root}/data (EACCES).`)
    expect(noFolder.err).toContain('belongs to root; this is daemon.')
    expect(noInstall).toMatchObject({ status: 1, out: '' })
    expect(noInstall.err).toContain(`Muhr cannot write to ${checkout.root} (EACCES).`)

    // What root installed and built, the ordinary user can run.
    await start().ended
    expect(await start({ uid: 1, env: elsewhere }).ended).toMatchObject({ status: 0, err: '' })
  })
})

describe('npx muhr', () => {
  it('hands everything to the command, and its exit code back', async () => {
    const args = ['verify', 'файл с пробелом.p7s', '--json', '--fail']
    const { status, out } = await runBin(checkout, 'muhr.js', { args }).ended

    expect(JSON.parse(out).args).toEqual(args)
    expect(status).toBe(9)
    expect(checkout.takeNpmCalls()).toEqual(['ci true'])
  })

  it('works through the link that npm makes, from another folder', async () => {
    await runBin(checkout, 'muhr.js').ended
    const link = path.join(checkout.root, 'node_modules/.bin-muhr')
    fs.symlinkSync(path.join(checkout.root, 'apps/cli/bin/muhr.js'), link)
    const out = execFileSync(process.execPath, [link, 'doctor'], { cwd: '/', encoding: 'utf8' })

    expect(JSON.parse(out).args).toEqual(['doctor'])
  })

  it('stops the sandbox when npx and its shell were ended alone', async () => {
    const running = runBin(checkout, 'muhr.js', {
      env: { npm_lifecycle_event: 'npx' },
      args: ['sandbox', '--wait'],
      isByShell: true,
    })
    await until(() => running.output.out.includes('\n'))
    running.child.kill('SIGTERM')

    expect((await running.ended).out).toContain('got SIGTERM')
  })

  it('builds the pages for a server', async () => {
    await runBin(checkout, 'muhr.js', { args: ['serve'] }).ended
    expect(checkout.takeNpmCalls()).toEqual(['ci true', 'run false'])
  })
})

describe('npm test and npm run bench', () => {
  it('run the everyday tests or the long ones, with the fixtures when they are there', async () => {
    const fixtures = path.join(path.dirname(checkout.root), 'shared/fixtures')
    const vitest = path.join(checkout.root, 'node_modules/vitest/vitest.mjs')
    await runBin(checkout, 'muhr.js').ended
    fs.writeFileSync(
      vitest,
      'console.log(JSON.stringify([process.argv.slice(2), process.env.MUHR_FIXTURES ?? null]))',
    )
    const run = async (args: readonly string[], more = {}) =>
      JSON.parse((await runBin(checkout, 'test.js', { args, env: more }).ended).out)
    const projects = ['unit', 'integration', 'browser'].flatMap((name) => ['--project', name])
    const reporters = [
      '--reporter=default',
      `--reporter=${path.join(checkout.root, 'apps/cli/bin/closing-line.js')}`,
    ]
    const everyday = ['run', ...projects, ...reporters]

    expect(await run(['packages/gost'])).toEqual([[...everyday, 'packages/gost'], null])
    expect(await run(['--soak'])).toEqual([['run', '--project', 'soak', ...reporters], null])
    expect(await run([], { MUHR_FIXTURES: '/mine' })).toEqual([everyday, '/mine'])
    expect(fs.existsSync(fixtures)).toBe(false)
  })

  it('measure a suite', async () => {
    const { out, status } = await runBin(checkout, 'bench.js', { args: ['server', '--fail'] }).ended

    expect(JSON.parse(out).args).toEqual(['server', '--fail'])
    expect(status).toBe(9)
  })
})
