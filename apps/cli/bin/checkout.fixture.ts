import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** An npm that does in a moment what the real one does, and writes down that it was called. */
const npmScript = `
  const fs = require('node:fs')
  const path = require('node:path')
  const args = process.argv.slice(2)
  fs.appendFileSync('npm.log', args[0] + ' ' + args.includes('--prefer-offline') + '\\n')
  const mode = fs.existsSync('npm.mode') ? fs.readFileSync('npm.mode', 'utf8') : ''
  if (args[0] === 'ci') {
    if (mode === 'fail') {
      console.error('npm error code E404\\nnpm error no such package: left-pad')
      process.exit(1)
    }
    fs.rmSync('node_modules', { recursive: true, force: true })
    const lock = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'))
    for (const [name, entry] of Object.entries(lock.packages)) {
      if (name === '') continue
      fs.mkdirSync(name, { recursive: true })
      fs.writeFileSync(path.join(name, 'package.json'), JSON.stringify(entry))
      if (mode === 'hang') { process.stdout.write('half'); setInterval(() => {}, 1000); return }
    }
    const pinned = 'node_modules/node-' + process.platform + '-' + process.arch + '/bin'
    fs.mkdirSync(pinned, { recursive: true })
    fs.symlinkSync(fs.readFileSync('node24.path', 'utf8'), pinned + '/node')
    fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify(lock))
  } else {
    if (mode === 'fail-build') {
      console.log('error: unexpected token in page.tsx')
      process.exit(1)
    }
    fs.mkdirSync('apps/web/dist', { recursive: true })
    fs.writeFileSync('apps/web/dist/index.html', '<p>built</p>')
  }`

/** A program in TypeScript that says how it was called, and ends or waits as it is told. */
const mainScript = `
  const told: string[] = process.argv.slice(2)
  const wait = told.includes('--wait')
  const timer = wait ? setInterval(() => undefined, 1000) : undefined
  process.on('SIGINT', () => { console.log('got SIGINT'); clearInterval(timer); process.exitCode = 7 })
  process.on('SIGTERM', () => { console.log('got SIGTERM'); clearInterval(timer); process.exitCode = 8 })
  console.log(JSON.stringify({ args: told, version: process.versions.node, pid: process.pid }))
  if (told.includes('--die')) process.kill(process.pid, 'SIGKILL')
  if (told.includes('--fail')) process.exitCode = 9`

/** A small checkout with the programs of this folder, and a stand-in for npm and for what they run. */
export function makeCheckout() {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'muhr-bin-'))
  fs.chmodSync(root, 0o755)
  const source = path.resolve(import.meta.dirname, '../../..')
  const write = (name: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    fs.writeFileSync(path.join(root, name), text)
  }
  for (const folder of ['apps/cli/bin', 'apps/server/src/process']) {
    fs.cpSync(path.join(source, folder), path.join(root, folder), {
      recursive: true,
      filter: (file) => !/\.ts$/.test(file),
    })
  }
  write('package.json', '{"type":"module"}')
  write('npm-cli.js', npmScript)
  fs.renameSync(path.join(root, 'npm-cli.js'), path.join(root, 'apps/npm-cli.js'))
  write('apps/package.json', '{"type":"commonjs"}')
  write('apps/cli/package.json', '{"type":"module"}')
  write('apps/server/package.json', '{"type":"module"}')
  write('apps/cli/src/main.ts', mainScript)
  write('bench/src/main.ts', mainScript)
  write('apps/web/src/page.tsx', 'page 1')
  write('node24.path', process.execPath)
  const writeLock = (version: string) =>
    write(
      'package-lock.json',
      JSON.stringify({
        packages: {
          '': { name: 'muhr' },
          'node_modules/left-pad': { version },
          'node_modules/@other/system': { version: '1.0.0', optional: true, os: ['plan9'] },
          'node_modules/vitest': { version: '1.0.0' },
          [`node_modules/node-${process.platform}-${process.arch}`]: {
            version: '24.0.0',
            optional: true,
            os: [process.platform],
            cpu: [process.arch],
          },
        },
      }),
    )
  writeLock('1.0.0')

  return {
    root,
    write,
    writeLock,
    setNpm: (mode: 'fail' | 'fail-build' | 'hang' | '') => write('npm.mode', mode),
    /** The calls of npm so far; forgotten after they were read. */
    takeNpmCalls: (): readonly string[] => {
      const file = path.join(root, 'npm.log')
      const calls = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : []
      fs.rmSync(file, { force: true })

      return calls
    },
    remove: () => fs.rmSync(root, { recursive: true, force: true }),
  }
}

export type Checkout = ReturnType<typeof makeCheckout>

/** Runs a program of a checkout under a given Node.js. */
export function runBin(
  checkout: Checkout,
  name: string,
  options: {
    readonly args?: readonly string[]
    readonly node?: string
    readonly env?: Readonly<Record<string, string>>
    readonly uid?: number
    /** Through a shell, as npm does it; `child` is the shell then. */
    readonly isByShell?: boolean
  } = {},
) {
  const command = [
    options.node ?? process.execPath,
    path.join(checkout.root, 'apps/cli/bin', name),
    ...(options.args ?? []),
  ]
  const [program = '', ...args] =
    options.isByShell === true ? ['sh', '-c', `${command.join(' ')}; exit $?`] : command
  const child: ChildProcess = spawn(program, args, {
    cwd: checkout.root,
    env: {
      PATH: process.env['PATH'],
      npm_execpath: path.join(checkout.root, 'apps/npm-cli.js'),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  })
  const output = { out: '', err: '' }
  child.stdout?.on('data', (data) => {
    output.out += String(data)
  })
  child.stderr?.on('data', (data) => {
    output.err += String(data)
  })
  const ended = once(child, 'close').then(([status, signal]) => ({
    status: status as number | null,
    signal: signal as NodeJS.Signals | null,
    ...output,
  }))

  return { child, output, ended }
}
