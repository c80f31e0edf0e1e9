import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canReach } from './account.ts'
import { findEmbeddedBinaries } from './binaries.ts'
import { findPostmaster, listClusterProcesses } from './cluster-processes.ts'
import { launchPostgres, type RunningPostgres } from './launch-postgres.ts'
import { makeFolder, query, spawnLauncher } from './launcher.fixture.ts'
import { layoutOf } from './layout.ts'
import { stopPostmaster } from './postmaster.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'

const isRoot = process.geteuid?.() === 0
// `daemon`: a name in every /etc/passwd, which initdb asks for.
const ordinaryUid = 1
const canRunAsOthers =
  isRoot &&
  [import.meta.dirname, process.execPath].every((place) =>
    canReach(place, { uid: ordinaryUid, gid: ordinaryUid }),
  )
const log = () => undefined
const folders: string[] = []
let stateDir: string

beforeEach(() => {
  const folder = makeFolder()
  folders.push(folder)
  stateDir = path.join(folder, 'postgres')
})

afterEach(async () => {
  for (const folder of folders.splice(0)) {
    for (const place of [folder, path.join(folder, 'postgres')]) {
      await stopPostmaster(layoutOf(place))
    }
    fs.rmSync(folder, { recursive: true, force: true })
  }
})

const clusterDir = () => layoutOf(stateDir).clusterDir
const start = () => startEmbeddedPostgres({ dataDir: stateDir, log })

async function eventually<Value>(read: () => Promise<Value>): Promise<Value> {
  const endMs = Date.now() + 20_000

  for (;;) {
    try {
      return await read()
    } catch (error) {
      if (Date.now() > endMs) {
        throw error
      }
      await delay(20)
    }
  }
}

describe('start and stop', () => {
  it('makes the database once, keeps it, and leaves no process behind', async () => {
    const first = await start()
    expect(first.adopted).toBe(false)
    await query(first.connection, 'create table kept (a int)')
    await first.stop()
    await first.stop()
    expect(listClusterProcesses(clusterDir())).toEqual([])

    const second = await start()
    expect(second.adopted).toBe(false)
    expect(await query(second.connection, 'select * from kept')).toEqual([])
    await second.stop()
    expect(listClusterProcesses(clusterDir())).toEqual([])
  })

  it('is durable, private, small, and its user is no superuser', async () => {
    const { connection, stop } = await start()
    const settings = await query(
      connection,
      `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
         current_setting('synchronous_commit') as commit, current_setting('data_checksums') as sums,
         current_setting('listen_addresses') as addresses, current_setting('server_encoding') as enc,
         (select rolsuper from pg_roles where rolname = current_user) as super`,
    )
    expect(settings).toEqual([
      {
        fsync: 'on',
        pages: 'on',
        commit: 'on',
        sums: 'on',
        addresses: '',
        enc: 'UTF8',
        super: false,
      },
    ])
    expect(fs.statSync(connection.host).mode & 0o777).toBe(0o700)
    expect(fs.statSync(clusterDir()).mode & 0o777).toBe(0o700)

    const pssKb = listClusterProcesses(clusterDir()).map((pid) =>
      Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]),
    )
    expect(pssKb.length).toBeGreaterThan(3)
    expect(pssKb.reduce((sum, kb) => sum + kb, 0)).toBeLessThan(40_000)
    await stop()
  })

  it('runs in a session of its own, and gets nothing of our environment', async () => {
    const launcher = spawnLauncher(stateDir)
    await launcher.ready
    const pid = findPostmaster(clusterDir())
    const session = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[3]

    expect(session).toBe(String(pid))
    expect(fs.readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('canary')
    await launcher.stop()
  })

  it.each(['Making the database.', 'Starting the database.'])(
    'leaves nothing running when the start is given up at: %s',
    async (moment) => {
      const giveUp = new AbortController()
      const started = startEmbeddedPostgres({
        dataDir: stateDir,
        log: (line) => (line === moment ? giveUp.abort() : undefined),
        signal: giveUp.signal,
      })

      await expect(started).rejects.toThrow('aborted')
      expect(listClusterProcesses(clusterDir())).toEqual([])
      expect(fs.readdirSync(stateDir).filter((name) => name.includes('new'))).toEqual([])
    },
  )
})

describe('several users of one database', () => {
  it('starts one server for launchers that race on a first start', async () => {
    const launchers = Array.from({ length: 4 }, () => spawnLauncher(stateDir))
    const ready = await Promise.all(launchers.map((launcher) => launcher.ready))

    expect(ready.filter(({ adopted }) => !adopted)).toHaveLength(1)
    const identifiers = await Promise.all(
      ready.map(({ connection }) =>
        query(connection, 'select system_identifier from pg_control_system()'),
      ),
    )
    expect(new Set(identifiers.map((rows) => JSON.stringify(rows))).size).toBe(1)
    const postmasters = listClusterProcesses(clusterDir()).filter((pid) =>
      fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('listen_addresses'),
    )
    expect(postmasters).toEqual([findPostmaster(clusterDir())])
    await Promise.all(launchers.map((launcher) => launcher.stop()))
    expect(listClusterProcesses(clusterDir())).toEqual([])
  })

  it('is stopped by the last one out, not under the feet of the others', async () => {
    const first = spawnLauncher(stateDir)
    await first.ready
    const second = await start()
    expect(second.adopted).toBe(true)

    await first.stop()
    expect(await query(second.connection, 'select 1 as alive')).toEqual([{ alive: 1 }])
    await second.stop()
    expect(listClusterProcesses(clusterDir())).toEqual([])
  })
})

describe('after a kill', () => {
  it('adopts the server that outlived its Muhr, and stops it', async () => {
    const killed = spawnLauncher(stateDir)
    const { connection } = await killed.ready
    await query(connection, 'create table kept (a int); insert into kept values (1)')
    await killed.kill()
    const pid = findPostmaster(clusterDir())
    expect(pid).toBeDefined()

    const next = await start()
    expect(next.adopted).toBe(true)
    expect(findPostmaster(clusterDir())).toBe(pid)
    expect(await query(next.connection, 'select * from kept')).toEqual([{ a: 1 }])
    await next.stop()
    expect(listClusterProcesses(clusterDir())).toEqual([])
  })

  it('recovers when server and Muhr were killed together, at work, with nothing acknowledged lost', async () => {
    const killed = spawnLauncher(stateDir)
    const { connection } = await killed.ready
    await query(connection, 'create table kept (a int primary key)')
    const busy = new Client({ ...connection, ssl: false })
    busy.on('error', () => undefined)
    await busy.connect()
    let acknowledged = 0
    const writing = (async () => {
      for (;;) {
        await busy.query('insert into kept values ($1)', [acknowledged + 1])
        acknowledged += 1
      }
    })().catch(() => undefined)
    // A backend in the middle of a long computation does not notice that its postmaster is gone.
    const computing = query(
      connection,
      'select count(*) from generate_series(1, 1000000000)',
    ).catch(() => undefined)
    await eventually(async () => expect(acknowledged).toBeGreaterThan(50))
    process.kill(findPostmaster(clusterDir()) ?? 0, 'SIGKILL')
    await killed.kill()

    const next = await start()
    await Promise.all([writing, computing])
    expect(next.adopted).toBe(false)
    const [row] = await query(next.connection, 'select count(*)::int as rows from kept')
    // One more may be in that was committed but not yet acknowledged.
    expect([acknowledged, acknowledged + 1]).toContain(row?.['rows'])
    await next.stop()
  })

  it('brings a server back that dies in use', async () => {
    const running = await start()
    await query(running.connection, 'create table kept (a int); insert into kept values (1)')
    const pid = findPostmaster(clusterDir())
    process.kill(pid ?? 0, 'SIGKILL')

    const rows = await eventually(async () => {
      expect(findPostmaster(clusterDir())).not.toBe(pid)

      return query(running.connection, 'select * from kept')
    })
    expect(rows).toEqual([{ a: 1 }])
    await running.stop()
    expect(listClusterProcesses(clusterDir())).toEqual([])
  })

  it('makes the database anew when the first start was killed in the middle of it', async () => {
    const killed = spawnLauncher(stateDir)
    const draft = await eventually(async () => {
      const name = fs.readdirSync(stateDir).find((entry) => entry.startsWith('cluster.new-')) ?? ''
      fs.accessSync(path.join(stateDir, name, 'PG_VERSION'))

      return name
    })
    await killed.kill()
    expect(fs.existsSync(clusterDir())).toBe(false)

    const next = await start()
    expect(fs.readdirSync(stateDir)).not.toContain(draft)
    expect(await query(next.connection, 'select 1 as alive')).toEqual([{ alive: 1 }])
    await next.stop()
  })

  it('is not kept from starting by a number that another process has by now', async () => {
    await (await start()).stop()
    const lines = [process.pid, clusterDir(), 1, 5432, '../socket', '', '  1 1', 'ready']
    fs.writeFileSync(path.join(clusterDir(), 'postmaster.pid'), lines.join('\n'))
    fs.writeFileSync(
      path.join(layoutOf(stateDir).socketDir, '.s.PGSQL.5432.lock'),
      `${lines.join('\n')}\n`,
    )

    const next = await start()
    expect(next.adopted).toBe(false)
    await next.stop()
  })
})

describe('places', () => {
  it('serves from a path that is longer than a socket address', async () => {
    stateDir = path.join(stateDir, 'а'.repeat(60), 'b'.repeat(100), 'postgres')
    const running = await start()
    expect(Buffer.byteLength(running.connection.host)).toBeLessThan(90)
    expect(await query(running.connection, 'select 1 as alive')).toEqual([{ alive: 1 }])
    await running.stop()
    fs.rmSync(path.dirname(running.connection.host), { recursive: true })
  })

  it.runIf(isRoot)('serves as root from a checkout under a closed home', async () => {
    const home = makeFolder({ mode: 0o700 })
    folders.push(home)
    const binaries = findEmbeddedBinaries()
    const root = path.join(home, 'node_modules', 'native')
    fs.cpSync(binaries.root, root, { recursive: true, verbatimSymlinks: true })
    fs.chmodSync(root, 0o700)
    stateDir = path.join(home, 'data', 'postgres')
    folders.push(path.dirname(stateDir))
    const launch = (): Promise<RunningPostgres> =>
      launchPostgres({ stateDir, binaries: { ...binaries, root }, log })

    const first = await launch()
    await query(first.connection, 'create table kept (a int); insert into kept values (1)')
    const pid = findPostmaster(clusterDir())
    expect(fs.statSync(`/proc/${pid}`).uid).toBe(65_534)
    process.kill(pid ?? 0, 'SIGKILL')
    await first.stop()

    const second = await launch()
    expect(await query(second.connection, 'select * from kept')).toEqual([{ a: 1 }])
    await second.stop()
    expect(fs.statSync(home).mode & 0o777).toBe(0o700)
  })

  it.runIf(isRoot)('takes over data that root copied', async () => {
    const first = await start()
    await query(first.connection, 'create table kept (a int)')
    await first.stop()
    const copy = `${stateDir}-copy`
    fs.cpSync(stateDir, copy, { recursive: true })
    expect(fs.statSync(layoutOf(copy).clusterDir).uid).toBe(0)
    stateDir = copy

    const second = await start()
    expect(await query(second.connection, 'select * from kept')).toEqual([])
    await second.stop()
  })
})

describe.runIf(canRunAsOthers)('an ordinary user', () => {
  it('runs the server under the own account', async () => {
    fs.chmodSync(path.dirname(stateDir), 0o777)
    const launcher = spawnLauncher(stateDir, ordinaryUid)
    expect(await launcher.ready).toMatchObject({ adopted: false })
    const pid = findPostmaster(clusterDir())
    expect(fs.statSync(`/proc/${pid}`).uid).toBe(ordinaryUid)
    await launcher.stop()
    expect(listClusterProcesses(clusterDir())).toEqual([])

    // Root goes on with it later, still under the account that the data belong to.
    const asRoot = await start()
    expect(fs.statSync(`/proc/${findPostmaster(clusterDir())}`).uid).toBe(ordinaryUid)
    await asRoot.stop()
  })

  it('without a name in the system is told what PostgreSQL misses', async () => {
    fs.chmodSync(path.dirname(stateDir), 0o777)
    const launcher = spawnLauncher(stateDir, 54_321)

    expect(await launcher.said).toMatchObject({
      code: 'database.init-failed',
      message: expect.stringContaining('54321'),
    })
    expect(fs.readdirSync(stateDir).filter((name) => name.startsWith('cluster'))).toEqual([])
  })

  it('is told so when the folder belongs to somebody else', async () => {
    await (await start()).stop()
    const launcher = spawnLauncher(stateDir, ordinaryUid)

    expect(await launcher.said).toMatchObject({ code: 'database.folder-unusable' })
    expect((await launcher.exit)[0]).toBe(3)
  })
})

describe('what is refused', () => {
  it('is data of another version of PostgreSQL', async () => {
    await (await start()).stop()
    const versionFile = path.join(clusterDir(), 'PG_VERSION')
    fs.writeFileSync(versionFile, '17\n')

    await expect(start()).rejects.toMatchObject({
      code: 'database.version-mismatch',
      data: { found: '17', supported: '18' },
    })
    fs.writeFileSync(versionFile, '18\n')
    await (await start()).stop()
  })

  it('is a folder with something else in it, which is left as it is', async () => {
    fs.mkdirSync(clusterDir(), { recursive: true })
    fs.writeFileSync(path.join(clusterDir(), 'letter.txt'), 'mine')

    await expect(start()).rejects.toMatchObject({ code: 'database.folder-unusable' })
    expect(fs.readdirSync(clusterDir())).toEqual(['letter.txt'])
  })

  it('is a start that the server cannot make, with the end of its log', async () => {
    await (await start()).stop()
    fs.rmSync(path.join(clusterDir(), 'global', 'pg_control'))

    await expect(start()).rejects.toMatchObject({
      code: 'database.start-failed',
      data: { log: expect.stringContaining('pg_control') },
    })
    expect(listClusterProcesses(clusterDir())).toEqual([])
  })
})
