import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../config/index.ts'
import {
  createTestCluster,
  type TestCluster,
  type TestDatabase,
} from '../database/testing/index.ts'
import { addOrganisation } from './add-organisation.ts'
import { createNewLoginLink } from './new-login-link.ts'
import { withDatabase } from './with-database.ts'

describe('the first organisation of a live installation', () => {
  let cluster: TestCluster
  let database: TestDatabase
  let folder = ''

  beforeAll(async () => {
    cluster = await createTestCluster()
    database = await cluster.createDatabase()
    folder = await mkdtemp(join(tmpdir(), 'muhr-organisation-'))
  })
  afterAll(async () => {
    await database.drop()
    await cluster.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('is not made by itself, and by an operator it is real, not sandbox', async () => {
    const config = loadConfig({ MUHR_DATA: folder, DATABASE_URL: database.url })
    expect(await createNewLoginLink(config)).toBeUndefined()

    const added = await addOrganisation(config, {
      name: 'ТОО «Тест»',
      names: { kk: '«Тест» ЖШС' },
      bin: '001440000016',
      ownerName: 'Владелец',
      locale: 'ru',
    })
    expect(added.loginUrl).toMatch(/^http:\/\/127\.0\.0\.1:8080\/login\/[\w-]{32}$/)
    expect(await createNewLoginLink(config, added.id)).toMatch(/\/login\//)
    expect(await createNewLoginLink(config, 'org_of_nobody')).toBeUndefined()

    const [rows, kept] = await withDatabase(config, async (db) => [
      await db.selectFrom('organisations').select(['sandbox', 'names']).execute(),
      await db.selectFrom('api_keys').select(['key_hash', 'hint']).execute(),
    ])
    expect(rows).toEqual([
      { sandbox: false, names: { ru: 'ТОО «Тест»', kk: '«Тест» ЖШС', en: 'ТОО «Тест»' } },
    ])
    expect(JSON.stringify(kept)).not.toContain(added.apiKey)
  })
})
