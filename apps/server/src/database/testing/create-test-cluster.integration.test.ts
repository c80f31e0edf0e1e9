import fs from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPostmaster } from '../launcher/cluster-processes.ts'
import { spawnLauncher } from '../launcher/launcher.fixture.ts'
import { layoutOf } from '../launcher/layout.ts'
import { availableEngines, createTestCluster, type TestCluster } from './index.ts'
import { makeRunFolder, removeRunFolder } from './run-folder.ts'

describe.each(availableEngines())('test databases on %s', (engine) => {
  let cluster: TestCluster

  beforeAll(async () => {
    cluster = await createTestCluster(engine)
  })

  afterAll(() => cluster.close())

  it('are apart from each other, reached by names and by URL, and gone when dropped', async () => {
    const first = await cluster.createDatabase()
    const second = await cluster.createDatabase()
    await using(new Client(first.connection), (client) => client.query('create table mine (a int)'))
    const rows = await using(new Client(second.url), (client) =>
      client.query(`select to_regclass('mine') as found, current_user as user`),
    )
    expect(rows.rows).toEqual([{ found: null, user: 'muhr' }])

    await first.drop()
    await first.drop()
    await second.drop()
    await expect(
      using(new Client(first.connection), () => Promise.resolve()),
    ).rejects.toMatchObject({
      code: '3D000',
    })
  })

  it('are of a version that the product supports', async () => {
    const database = await cluster.createDatabase()
    const { rows } = await using(new Client(database.connection), (client) =>
      client.query(`select current_setting('server_version_num')::int / 10000 as major`),
    )
    expect(rows[0].major).toBeGreaterThanOrEqual(engine === 'embedded' ? 18 : 15)
    await database.drop()
  })
})

describe('a folder of a test run', () => {
  it('is cleared by a later run when its own was killed, with the server in it', async () => {
    const folder = await makeRunFolder()
    const server = spawnLauncher(path.join(folder, 'embedded'))
    await server.ready
    await server.kill()
    const { clusterDir } = layoutOf(path.join(folder, 'embedded'))
    expect(findPostmaster(clusterDir)).toBeDefined()
    // As if the owner had been killed: its record names a process that is no more.
    fs.writeFileSync(
      path.join(folder, 'owner', 'turn-2.json'),
      fs
        .readFileSync(path.join(folder, 'owner', 'turn-1.json'), 'utf8')
        .replace(/"startTicks":\d+/, '"startTicks":1'),
    )

    const next = await makeRunFolder()
    expect(fs.existsSync(folder)).toBe(false)
    expect(fs.existsSync(next)).toBe(true)
    await removeRunFolder(next)
  })
})

async function using<Result>(
  client: Client,
  run: (client: Client) => Promise<Result>,
): Promise<Result> {
  await client.connect()

  try {
    return await run(client)
  } finally {
    await client.end()
  }
}
