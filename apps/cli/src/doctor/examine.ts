import { existsSync } from 'node:fs'
import path from 'node:path'
import { type Config, ConfigError, type Environment, loadConfig } from '@muhr/server/config'
import {
  checkArithmetic,
  checkConnections,
  checkDatabase,
  checkDataFolder,
  checkPages,
  checkProviders,
  checkSecretKey,
  checkSignerKeys,
  checkTrust,
  checkTrustServices,
  type Finding,
  failure,
} from '@muhr/server/doctor'
import { checkPorts } from './check-ports.ts'
import { checkRuntime } from './check-runtime.ts'

export type Examination = {
  readonly mode: Config['mode'] | undefined
  readonly findings: readonly Finding[]
}

/**
 * Looks at everything that Muhr needs here. With a broken environment only what does not depend on it is
 * looked at. A look that fails by itself is a finding, not the end of the others.
 */
export async function examine(
  env: Environment,
  options: {
    /** Undefined: as set, else a sandbox where one was ever started. */
    readonly mode?: Config['mode'] | undefined
    readonly fetch?: typeof fetch
    readonly now?: () => Date
  } = {},
): Promise<Examination> {
  const independent = [...checkRuntime(), ...checkArithmetic()]
  const config = readConfig(env, options.mode)

  if (config instanceof ConfigError) {
    return {
      mode: undefined,
      findings: [
        ...independent,
        ...config.data.problems.map(({ message }) => ({
          check: 'variables',
          result: 'failed' as const,
          message,
        })),
      ],
    }
  }

  const io = { fetch: options.fetch ?? fetch, now: options.now ?? (() => new Date()) }
  const { findings: portFindings, isRunning } = await checkPorts({
    host: config.host,
    mode: config.mode,
    env,
  })
  const looks: readonly (readonly [string, () => Promise<readonly Finding[]>])[] = [
    ['data folder', () => checkDataFolder(config)],
    ['database', () => checkDatabase(config)],
    ['trust', () => checkTrust(config, io.now())],
    ['trust services', () => checkTrustServices(config, io)],
    ['eGov Mobile', () => checkProviders(config, { ...io, isRunning })],
  ]
  const looked = await Promise.all(
    looks.map(([check, look]) => look().catch((error: unknown) => [failure(check, error)])),
  )

  // After the others: it too joins or starts the built-in database.
  const keyFindings = await checkSignerKeys(config, io.now()).catch((error: unknown) => [
    failure('signer keys', error),
  ])

  const connectionFindings = await checkConnections(config, io.now).catch((error: unknown) => [
    failure('connections', error),
  ])

  return {
    mode: config.mode,
    findings: [
      ...independent,
      ...config.warnings.map((message) => ({
        check: 'variables',
        result: 'warning' as const,
        message,
      })),
      ...portFindings,
      ...checkPages(config),
      ...looked.flat(),
      ...checkSecretKey(config),
      ...keyFindings,
      ...connectionFindings,
    ],
  }
}

function readConfig(env: Environment, mode: Config['mode'] | undefined): Config | ConfigError {
  try {
    const config = loadConfig(env, mode === undefined ? {} : { mode })
    const isUnsaid = mode === undefined && (env['MUHR_MODE'] ?? '') === ''
    const hasSandbox = existsSync(path.join(config.dataDir, 'sandbox'))

    return isUnsaid && hasSandbox ? loadConfig(env, { mode: 'sandbox' }) : config
  } catch (error) {
    if (error instanceof ConfigError) {
      return error
    }
    throw error
  }
}
