import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../config/index.ts'
import { availableEngines, createTestCluster, type TestCluster } from '../database/testing/index.ts'
import { judge } from './check-database.ts'
import {
  checkDatabase,
  checkDataFolder,
  checkProviders,
  checkTrust,
  checkTrustServices,
  type Finding,
} from './index.ts'

let dataDir: string

beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'muhr-doctor-'))
})

afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }))

function resultsOf(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ result }) => result)
}

const silent = { fetch: () => Promise.reject(new Error('no network')), now: () => new Date() }

describe('the data folder', () => {
  it('is fine when it can be written, is closed to others and has room', async () => {
    expect(resultsOf(await checkDataFolder({ dataDir }))).toEqual(['passed', 'passed', 'passed'])
    expect(fs.readdirSync(dataDir)).toEqual([])
  })

  it('is told when it is open to others, is no folder, or is not there yet', async () => {
    fs.chmodSync(dataDir, 0o755)
    const [, open] = await checkDataFolder({ dataDir })
    expect(open).toMatchObject({ result: 'warning', advice: `chmod 700 ${dataDir}` })

    const file = path.join(dataDir, 'file')
    fs.writeFileSync(file, '')
    expect((await checkDataFolder({ dataDir: file }))[0]).toMatchObject({ result: 'failed' })
    expect(resultsOf(await checkDataFolder({ dataDir: path.join(dataDir, 'later') }))).toEqual([
      'notice',
    ])
  })
})

describe('the built-in database', () => {
  it('is not made for the look', async () => {
    const config = loadConfig({ MUHR_DATA: dataDir })
    expect(resultsOf(await checkDatabase(config))).toEqual(['notice'])
    expect(fs.readdirSync(dataDir)).toEqual([])
  })

  it('is told with what to do when it cannot start', async () => {
    const config = loadConfig({ MUHR_DATA: dataDir })
    fs.mkdirSync(path.join(config.postgresDir, 'cluster'), { recursive: true })
    fs.writeFileSync(path.join(config.postgresDir, 'cluster', 'PG_VERSION'), '12\n')

    expect(await checkDatabase(config)).toMatchObject([
      {
        result: 'failed',
        message: expect.stringContaining('PostgreSQL 12'),
        advice: expect.any(String),
      },
    ])
  })
})

describe.each(availableEngines())('a database by URL on %s', (engine) => {
  let cluster: TestCluster

  beforeAll(async () => {
    cluster = await createTestCluster(engine)
  })

  afterAll(() => cluster.close())

  it('answers; and what tests leave out for speed is noticed', async () => {
    const database = await cluster.createDatabase()
    const findings = await checkDatabase(loadConfig({ DATABASE_URL: database.url }))
    await database.drop()

    // Clusters of tests run with fsync off.
    expect(resultsOf(findings)).toEqual(['warning', 'passed'])
    expect(findings[0]?.advice).toContain('fsync')
  })

  it('that is not there is told without the password', async () => {
    const database = await cluster.createDatabase()
    await database.drop()
    const url = database.url.replace('muhr@', 'muhr:canary@')
    const findings = await checkDatabase(loadConfig({ DATABASE_URL: url }))

    expect(findings).toMatchObject([
      { result: 'failed', message: expect.stringContaining('3D000') },
    ])
    expect(JSON.stringify(findings)).not.toContain('canary')
  })
})

describe('what a database server says of itself', () => {
  const now = new Date('2026-11-22T10:00:00Z')
  const good = {
    version: '15.1',
    number: 150_001,
    encoding: 'UTF8',
    may_create: true,
    fsync: 'on',
    commit: 'on',
    now,
  }

  it.each([
    [{}, ['passed']],
    [{ number: 140_010, version: '14.10' }, ['failed']],
    [{ encoding: 'SQL_ASCII' }, ['failed']],
    [{ may_create: false }, ['failed']],
    [{ fsync: 'off' }, ['warning', 'passed']],
    [{ commit: 'off' }, ['warning', 'passed']],
    [{ now: new Date('2026-11-22T10:00:06Z') }, ['warning', 'passed']],
  ])('%j', (change, results) => {
    expect(resultsOf(judge({ ...good, ...change }, now))).toEqual(results)
  })
})

describe('trust', () => {
  const now = new Date()

  function addAnchor(name: string): void {
    fs.mkdirSync(path.join(dataDir, 'trust'), { recursive: true })
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', '/dev/null']
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        ...key,
        '-days',
        '100',
        '-subj',
        '/CN=TEST',
        '-out',
        path.join(dataDir, 'trust', name),
      ],
      { stdio: 'ignore' },
    )
  }

  it('is missing in live mode only', async () => {
    const live = loadConfig({ MUHR_DATA: dataDir })
    const sandbox = loadConfig({ MUHR_DATA: dataDir }, { mode: 'sandbox' })

    expect(await checkTrust(live, now)).toMatchObject([
      { result: 'warning', advice: expect.stringContaining('npx muhr trust add') },
    ])
    expect(resultsOf(await checkTrust(sandbox, now))).toEqual(['notice', 'notice'])
  })

  it('is counted, and told when an anchor ends, ended, begins later or is none', async () => {
    addAnchor('root.pem')
    const config = loadConfig({ MUHR_DATA: dataDir })
    const at = (days: number) => new Date(now.getTime() + days * 86_400_000)

    expect(await checkTrust(config, at(1))).toMatchObject([
      { result: 'passed', message: expect.stringContaining('1 anchor') },
    ])
    expect(resultsOf(await checkTrust(config, at(90)))).toEqual(['warning', 'passed'])
    expect(resultsOf(await checkTrust(config, at(101)))).toEqual(['notice', 'passed'])
    expect(resultsOf(await checkTrust(config, at(-1)))).toEqual(['warning', 'passed'])

    fs.writeFileSync(path.join(dataDir, 'trust', 'letter.cer'), 'hello')
    expect((await checkTrust(config, at(1)))[0]).toMatchObject({
      result: 'warning',
      message: expect.stringContaining('letter.cer'),
    })
  })
})

describe('trust services and the clock', () => {
  let server: Server
  let url: string
  let skewMs = 0

  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.setHeader('date', new Date(Date.now() + skewMs).toUTCString())
      response.statusCode = 405
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })

  afterAll(() => new Promise((resolve) => server.close(resolve)))

  const look = (env: Record<string, string>) =>
    checkTrustServices(loadConfig({ MUHR_DATA: dataDir, ...env }), { fetch, now: () => new Date() })

  it.each([
    [0, 'passed'],
    [-20_000, 'passed'],
    [60_000, 'warning'],
    [-60_000, 'warning'],
    [400_000, 'failed'],
  ])('with a clock that is %i ms off: %s', async (skew, result) => {
    skewMs = skew
    const findings = await look({ MUHR_OCSP_URL_KZ: url, MUHR_TSA_URL_KZ: url })

    expect(resultsOf(findings)).toEqual(['passed', 'passed', result])
  })

  it('tell a service that does not answer, and those that are not set', async () => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const nobody = `http://127.0.0.1:${(closed.address() as AddressInfo).port}/`
    await new Promise((resolve) => closed.close(resolve))
    const findings = await look({ MUHR_OCSP_URL_KZ: nobody })

    expect(findings).toMatchObject([
      { result: 'failed', message: `${nobody} does not answer (ECONNREFUSED).` },
      { result: 'warning', message: expect.stringContaining('MUHR_TSA_URL_KZ not set') },
      { check: 'clock' },
    ])
  })
})

describe('providers', () => {
  it('are not blamed for a Muhr that does not run', async () => {
    const live = loadConfig({ MUHR_PUBLIC_URL: 'https://muhr.example' })
    const sandbox = loadConfig({}, { mode: 'sandbox' })

    expect(resultsOf(await checkProviders(live, { ...silent, isRunning: false }))).toEqual([
      'passed',
      'notice',
      'notice',
    ])
    expect(resultsOf(await checkProviders(live, { ...silent, isRunning: true }))).toEqual([
      'passed',
      'failed',
      'notice',
    ])
    expect(resultsOf(await checkProviders(sandbox, { ...silent, isRunning: false }))).toEqual([
      'notice',
      'notice',
    ])
  })
})
