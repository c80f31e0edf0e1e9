import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Provider } from '@muhr/envelope'
import { type SandboxReady, startSandbox } from '@muhr/sandbox'
import { Pool } from 'pg'
import { type Logger, pino } from 'pino'
import type { AppContext } from '../app-context.ts'
import { type Config, loadConfig } from '../config/index.ts'
import type { DatabaseAddress } from '../database/open-database.ts'
import { createTestCluster, type TestEngine } from '../database/testing/index.ts'
import { goskeySandboxOf } from '../instance/prepare-goskey.ts'
import { prepareSandbox, type SandboxAccess } from '../instance/prepare-sandbox.ts'
import { signmeSandboxOf } from '../instance/prepare-signme.ts'
import { createProviders } from '../providers.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { createRestClient, type RestClient } from './rest-client.ts'
import { sharePki, takeSharedPki } from './shared-pki.ts'
import { createSimPhone, type SimPhone } from './sim-phone.ts'

/** The whole product in this process, on ports and folders of its own. */
export type TestInstallation = {
  readonly server: RunningServer
  readonly config: Config
  /** Of its database, for commands that are run beside it. */
  readonly databaseUrl: string
  readonly ready: SandboxReady
  readonly access: SandboxAccess
  /** The demo organisation's API key at work. */
  readonly api: RestClient
  readonly phone: SimPhone
  /** One query with the rights of the product's own role. */
  readonly sql: <Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ) => Promise<readonly Row[]>
  /** Moves the clocks of servers and simulators forward, ms; the database's and the queue's stay. */
  readonly passTime: (ms: number) => Promise<void>
  /** One more server process's worth of Muhr on the same database and files, at a port of its own. */
  readonly startSecond: (options?: {
    readonly mode?: 'live'
  }) => Promise<{ readonly url: string; readonly api: RestClient }>
  /** What a server process of its own on the same database and files is started with. */
  readonly outside: {
    readonly env: Readonly<Record<string, string>>
    readonly database: DatabaseAddress
  }
  /** Ends the server alone: database, files and simulators live on. */
  readonly stopServer: () => Promise<void>
  readonly stop: () => Promise<void>
}

/**
 * Starts server, workers and simulators on a fresh database. The test PKI is one that an earlier installation of
 * the run left, or made anew (more than a second of one core).
 */
export async function startTestInstallation(
  options: {
    readonly engine?: TestEngine
    readonly env?: Readonly<Record<string, string>>
    readonly log?: Logger
    /** `live`: simulators stand beside it, but nothing is prepared for them. */
    readonly mode?: 'sandbox' | 'live'
    /** A clock that stands still but for `passTime`, so that a busy machine costs no time. */
    readonly isClockStill?: boolean
    /** Beside those that are installed. */
    readonly providers?: readonly Provider[]
    /** In place of the keys that are kept in the database. */
    readonly signerKeys?: AppContext['signerKeys']
  } = {},
): Promise<TestInstallation> {
  const folder = await mkdtemp(join(tmpdir(), 'muhr-test-'))
  const cluster = await createTestCluster(options.engine ?? 'embedded')
  const database = await cluster.createDatabase()
  const taken = await takeSharedPki()
  const [port, consolePort, freePort] = await freePorts(3)
  const caPort = taken?.caPort ?? freePort
  const envOf = (ownPort: number | undefined) => ({
    MUHR_DATA: folder,
    MUHR_PORT: String(ownPort),
    MUHR_PUBLIC_URL: `http://127.0.0.1:${port}`,
    MUHR_SANDBOX_CONSOLE_PORT: String(consolePort),
    MUHR_SANDBOX_CA_PORT: String(caPort),
    MUHR_SANDBOX_ESIA_PORT: '0',
    MUHR_SANDBOX_EPGU_PORT: '0',
    MUHR_SANDBOX_SIGNME_PORT: '0',
    MUHR_SANDBOX_TLS_PORT: '0',
    MUHR_LOG_LEVEL: 'silent',
    ...options.env,
  })
  const configOf = (ownPort: number | undefined, mode: 'sandbox' | 'live' = 'sandbox') =>
    loadConfig(envOf(ownPort), { mode })
  const config = configOf(port, options.mode)
  const address: DatabaseAddress = { kind: 'socket', ...database.connection }
  let offsetMs = 0
  const startedAt = new Date()
  const sandboxFolder = join(folder, 'sandbox')
  await taken?.copyInto(sandboxFolder)
  const realNow = () => (options.isClockStill === true ? startedAt : new Date())
  const sandbox = await startSandbox({
    dir: sandboxFolder,
    ports: config.sandboxPorts,
    gatewayUrl: config.publicUrl,
    now: realNow,
  })
  const pki = taken ?? (await sharePki(sandboxFolder, config.sandboxPorts.trust))
  let access: SandboxAccess = { loginUrl: '', apiKey: '' }
  const start = (own: Config, prepare?: (app: AppContext) => Promise<void>) =>
    startServer({
      config: own,
      database: address,
      log: options.log ?? pino({ level: 'silent' }),
      now: () => new Date(realNow().getTime() + offsetMs),
      providers: new Map([
        ...createProviders(),
        ...(options.providers ?? []).map((each) => [each.describe().id, each] as const),
      ]),
      ...(options.signerKeys === undefined ? {} : { signerKeys: options.signerKeys }),
      ...(prepare === undefined ? {} : { prepare }),
    })
  const prepare = async (app: AppContext): Promise<void> => {
    access = await prepareSandbox(app, {
      phoneLinkTemplate: sandbox.ready.egovMobile.launcher,
      goskey: goskeySandboxOf(sandbox.ready),
      signme: signmeSandboxOf(sandbox.ready),
    })
  }
  const server = await start(config, config.mode === 'sandbox' ? prepare : undefined)
  const headers = { authorization: `Bearer ${access.apiKey}` }
  const phone = createSimPhone(sandbox.ready)
  const others: RunningServer[] = []
  let stopped: Promise<void> | undefined
  const stopServer = (): Promise<void> => {
    stopped ??= server.stop()

    return stopped
  }
  const pool = new Pool({ ...database.connection, max: 4 })
  pool.on('error', () => undefined)

  return {
    server,
    config,
    databaseUrl: database.url,
    ready: sandbox.ready,
    access,
    api: createRestClient(server.url, headers),
    phone,
    sql: async (text, values = []) => (await pool.query(text, [...values])).rows,
    passTime: async (ms) => {
      offsetMs += ms
      await phone.setClock(offsetMs)
    },
    startSecond: async ({ mode } = {}) => {
      const [ownPort] = await freePorts(1)
      others.push(await start(configOf(ownPort, mode)))
      const url = `http://127.0.0.1:${ownPort}`

      return { url, api: createRestClient(url, headers) }
    },
    outside: { env: envOf(port), database: address },
    stopServer,
    stop: async () => {
      await pool.end()
      await Promise.all(others.map((other) => other.stop()))
      await stopServer()
      await sandbox.stop()
      await pki?.release()
      await database.drop()
      await cluster.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Ports that were free a moment ago, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))

  return ports
}
