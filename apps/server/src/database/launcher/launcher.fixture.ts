import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import type { SocketConnection } from './connect.ts'

/** What a launcher in a process of its own says when its database is there. */
export type LauncherReady = {
  readonly connection: SocketConnection
  readonly adopted: boolean
}

const launcherUrl = new URL('./start-embedded-postgres.ts', import.meta.url).href

const script = `
  const { startEmbeddedPostgres } = await import(process.env.LAUNCHER)
  try {
    const { stop, ...ready } = await startEmbeddedPostgres({
      dataDir: process.env.STATE_DIR,
      log: () => undefined,
    })
    process.once('SIGTERM', () => stop().then(() => process.exit(0)))
    console.log(JSON.stringify(ready))
    setInterval(() => undefined, 1000)
  } catch (error) {
    console.log(JSON.stringify({ code: error.code, message: error.message }))
    process.exitCode = 3
  }`

/** Starts a launcher in a process of its own, under another user id when one is given. */
export function spawnLauncher(stateDir: string, uid?: number) {
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script], {
    ...(uid === undefined ? {} : { uid, gid: uid }),
    cwd: '/',
    env: { LAUNCHER: launcherUrl, STATE_DIR: stateDir, MUHR_SECRET: 'canary' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const stdout = child.stdout
  const said = new Promise<unknown>((resolve, reject) => {
    if (stdout === null) {
      reject(new Error('no output'))

      return
    }
    createInterface(stdout).once('line', (line) => resolve(JSON.parse(line)))
    child.once('exit', () => reject(new Error('the launcher ended without a word')))
  })
  said.catch(() => undefined)

  return {
    child,
    exit,
    said,
    ready: said as Promise<LauncherReady>,
    stop: async () => {
      child.kill('SIGTERM')

      return exit
    },
    kill: async () => {
      child.kill('SIGKILL')

      return exit
    },
  }
}

/** A temporary folder, of a mode and under a parent that a test asks for. */
export function makeFolder({
  parent = os.tmpdir(),
  mode = 0o755,
}: {
  readonly parent?: string
  readonly mode?: number
} = {}): string {
  const folder = fs.mkdtempSync(path.join(parent, 'muhr-pg-'))
  fs.chmodSync(folder, mode)

  return folder
}

/** Runs one statement in a connection of its own. */
export async function query(
  connection: SocketConnection,
  text: string,
): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ ...connection, ssl: false })
  client.on('error', () => undefined)
  await client.connect()

  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
