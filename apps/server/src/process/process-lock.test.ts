import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeSelf, isAlive, unseenOwnerMs } from './process-identity.js'
import {
  listProcesses,
  readLockOwner,
  registerProcess,
  tryLock,
  waitForLock,
} from './process-lock.js'

const moduleUrl = new URL('./process-lock.js', import.meta.url).href
const children: ChildProcess[] = []
let dir: string

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'muhr-lock-'))
})

afterEach(() => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL')
  }
  fs.rmSync(dir, { recursive: true, force: true })
})

/** Runs a script in a process of its own; `line` gives what it prints first. */
function runScript(script: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const exit = once(child, 'exit')
  const line = once(child.stdout, 'data').then(([data]) => String(data).trim())

  return { child, exit, line }
}

const holdScript = (lockDir: string) => `
  import { tryLock } from ${JSON.stringify(moduleUrl)}
  const taken = tryLock(${JSON.stringify(lockDir)}, { url: 'http://127.0.0.1:8080' })
  console.log(taken.held)
  setInterval(() => undefined, 1000)`

describe('lock of a folder', () => {
  it('is refused while its owner lives, with what the owner says of itself', async () => {
    const owner = runScript(holdScript(dir))
    expect(await owner.line).toBe('true')

    const second = tryLock(dir)

    expect(second).toMatchObject({
      held: false,
      owner: { pid: owner.child.pid },
      info: { url: 'http://127.0.0.1:8080' },
    })
    expect(readLockOwner(dir)?.owner.pid).toBe(owner.child.pid)
  })

  it('is free as soon as its owner was killed', async () => {
    const owner = runScript(holdScript(dir))
    await owner.line
    owner.child.kill('SIGKILL')
    await owner.exit

    expect(readLockOwner(dir)).toBeUndefined()
    expect(tryLock(dir).held).toBe(true)
  })

  it('is not held twice by one process, and is free after its release', () => {
    const first = tryLock(dir, { phase: 'one' })
    expect(first.held).toBe(true)
    expect(tryLock(dir)).toMatchObject({ held: false, info: { phase: 'one' } })

    if (first.held) {
      first.lock.update({ phase: 'two' })
      expect(readLockOwner(dir)?.info).toEqual({ phase: 'two' })
      first.lock.release()
      first.lock.release()
      first.lock.update({ phase: 'three' })
    }

    expect(readLockOwner(dir)).toBeUndefined()
    expect(tryLock(dir).held).toBe(true)
    expect(fs.readdirSync(dir)).toEqual(['turn-2.json'])
  })

  it('is not taken from the living by somebody that has the number of a dead owner', () => {
    const stranger = { ...describeSelf(), startTicks: -1 }
    fs.writeFileSync(path.join(dir, 'turn-7.json'), JSON.stringify({ owner: stranger, info: {} }))

    expect(tryLock(dir).held).toBe(true)
    expect(fs.readdirSync(dir)).toEqual(['turn-8.json'])
  })

  it.each(['', '{', '[]', '{"owner":{"pid":"1"}}', '{"owner":{"pid":-1}}'])(
    'survives a record torn by a power cut: %j',
    (text) => {
      fs.writeFileSync(path.join(dir, 'turn-3.json'), text)

      expect(tryLock(dir).held).toBe(true)
    },
  )

  it('lets one process in at a time, while holders are killed at any moment', async () => {
    const log = path.join(dir, 'log')
    const lockDir = path.join(dir, 'lock')
    const script = `
      import fs from 'node:fs'
      import { waitForLock } from ${JSON.stringify(moduleUrl)}
      const taken = await waitForLock(${JSON.stringify(lockDir)}, { waitMs: 30000 })
      if (!taken.held) process.exit(2)
      fs.appendFileSync(${JSON.stringify(log)}, 'in ' + process.pid + '\\n')
      await new Promise((resolve) => setTimeout(resolve, 5))
      if (process.pid % 3 === 0) process.kill(process.pid, 'SIGKILL')
      fs.appendFileSync(${JSON.stringify(log)}, 'out ' + process.pid + '\\n')
      taken.lock.release()`
    const contenders = Array.from({ length: 12 }, () => runScript(script))
    await Promise.all(contenders.map(({ exit }) => exit))

    const lines = fs.readFileSync(log, 'utf8').trim().split('\n')
    const entries = lines.filter((line) => line.startsWith('in '))
    expect(entries).toHaveLength(12)
    // Whoever leaves is the one that entered last: nobody came in between.
    for (const [index, line] of lines.entries()) {
      if (line.startsWith('out ')) {
        expect(lines[index - 1]).toBe(line.replace('out', 'in'))
      }
    }
  })

  it('gives up waiting after the time given, and at once when told to stop', async () => {
    const owner = runScript(holdScript(dir))
    await owner.line
    const waits: number[] = []

    const late = await waitForLock(dir, {
      waitMs: 60,
      onWait: ({ owner: by }) => waits.push(by.pid),
    })
    expect(late.held).toBe(false)
    expect(waits).toEqual([owner.child.pid])

    const stopped = waitForLock(dir, {
      waitMs: 60_000,
      signal: AbortSignal.abort(new Error('stop')),
    })
    await expect(stopped).rejects.toThrow('stop')
  })
})

describe('an owner that cannot be seen from here', () => {
  const elsewhere = { pid: 1, startTicks: 5, boot: 'another', namespace: 'another' }

  it('lives as long as its beat is fresh, and no longer', () => {
    const nowMs = 1_000_000

    expect(isAlive(elsewhere, { lastBeatMs: nowMs - unseenOwnerMs + 1, nowMs })).toBe(true)
    expect(isAlive(elsewhere, { lastBeatMs: nowMs - unseenOwnerMs, nowMs })).toBe(false)
  })
})

describe('register of processes', () => {
  it('lists the living and forgets the dead', async () => {
    const other = runScript(`
      import { registerProcess } from ${JSON.stringify(moduleUrl)}
      registerProcess(${JSON.stringify(dir)})
      console.log('ready')
      setInterval(() => undefined, 1000)`)
    await other.line
    const own = registerProcess(dir)
    expect(
      listProcesses(dir)
        .map(({ pid }) => pid)
        .sort(),
    ).toEqual([process.pid, other.child.pid].sort())

    other.child.kill('SIGKILL')
    await other.exit
    expect(listProcesses(dir).map(({ pid }) => pid)).toEqual([process.pid])

    own.release()
    expect(listProcesses(dir)).toEqual([])
    expect(fs.readdirSync(dir)).toEqual([])
  })
})
