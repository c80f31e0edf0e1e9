import path from 'node:path'
import { ConfigError, type ConfigProblem } from './error.ts'
import {
  type Environment,
  findUnknownVariables,
  readEnvironment,
  type Values,
} from './read-environment.ts'
import type { ValueOf } from './variables.ts'

export type Country = 'RU' | 'KZ' | 'UZ'

/** Hosts that may be asked about certificates of one country. */
export type TrustServiceUrls = {
  readonly ocspUrl?: string
  readonly tsaUrl?: string
}

/** What an installation is set to: the environment, validated, with defaults filled in. */
export type Config = {
  readonly mode: ValueOf<'MUHR_MODE'>
  /** Absolute. */
  readonly dataDir: string
  /** Content-addressed files. */
  readonly storeDir: string
  /** Folder of the built-in PostgreSQL. */
  readonly postgresDir: string
  /** The built pages. */
  readonly webDir: string
  readonly host: string
  readonly port: number
  /** Origin without a final slash. */
  readonly publicUrl: string
  /** What a `Host` header may say, in lower case. */
  readonly hosts: readonly string[]
  /** What an `Origin` header may say. */
  readonly origins: readonly string[]
  /** Undefined: the built-in PostgreSQL. */
  readonly databaseUrl: string | undefined
  readonly signerKeys: {
    /** 32 bytes; undefined: made from the instance key. */
    readonly secretKey: Uint8Array | undefined
    readonly oldSecretKeys: readonly Uint8Array[]
    readonly cryptoProDir: string
    readonly pkcs11Tool: string
    /** Whole paths. */
    readonly pkcs11Modules: readonly string[]
    /** Host names with port, in lower case. */
    readonly serviceHosts: readonly string[]
  }
  /** Host names with port, in lower case, that accounts of the workbench may name. */
  readonly epguHosts: readonly string[]
  readonly maxEnvelopeBytes: number
  readonly sessionTtlHours: number
  /** Proxies whose X-Forwarded-For is believed. */
  readonly proxyHops: number
  /** Of one address. */
  readonly verificationsPerMinute: number
  readonly trust: {
    /** Folder of the anchors. */
    readonly dir: string
    readonly services: Readonly<Record<Country, TrustServiceUrls>>
  }
  readonly egovMobile: {
    readonly linkTtlSeconds: number
    readonly linkPreset: ValueOf<'MUHR_EGOV_LINK_PRESET'>
    readonly auth: ValueOf<'MUHR_EGOV_AUTH'>
    readonly linkEncoder: ValueOf<'MUHR_EGOV_LINK_ENCODER'>
  }
  readonly logLevel: ValueOf<'MUHR_LOG_LEVEL'>
  readonly sandboxConsolePort: number
  readonly sandboxConsoleUrl: string
  readonly sandboxCaPort: number
  /** Every server of the sandbox by name, as it takes them. */
  readonly sandboxPorts: {
    readonly console: number
    readonly esia: number
    readonly epgu: number
    readonly signme: number
    readonly trust: number
    readonly tls: number
  }
  /** Nothing to refuse a start for, but worth a line of the log and of `muhr doctor`. */
  readonly warnings: readonly string[]
}

/**
 * Reads the environment.
 *
 * @param env most often `process.env`
 * @param options.mode over `MUHR_MODE`, as `serve --sandbox` asks
 * @param options.cwd what relative folders start from
 * @throws ConfigError with every problem, not only the first
 */
export function loadConfig(
  env: Environment,
  options: { readonly mode?: Config['mode']; readonly cwd?: string } = {},
): Config {
  const { values, problems } = readEnvironment(
    options.mode === undefined ? env : { ...env, MUHR_MODE: options.mode },
  )
  const clashes = findPortClashes(values)

  if (problems.length > 0 || clashes.length > 0) {
    throw new ConfigError([...problems, ...clashes])
  }

  return Object.freeze(arrange(values, env, options.cwd ?? process.cwd()))
}

function arrange(values: Values, env: Environment, cwd: string): Config {
  const mode = required(values.MUHR_MODE)
  const dataDir = path.resolve(cwd, required(values.MUHR_DATA))
  const port = required(values.MUHR_PORT)
  const publicUrl = values.MUHR_PUBLIC_URL ?? `http://127.0.0.1:${port}`
  const loopback = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]
  const publicHost = new URL(publicUrl).host
  const isLocal = isLoopback(new URL(publicUrl).hostname)
  const consolePort = required(values.MUHR_SANDBOX_CONSOLE_PORT)

  return {
    mode,
    dataDir,
    storeDir: path.join(dataDir, 'store'),
    postgresDir: path.join(dataDir, 'postgres'),
    webDir: path.resolve(import.meta.dirname, '../../../web/dist'),
    host: required(values.MUHR_HOST),
    port,
    publicUrl,
    hosts: unique([publicHost, ...loopback, ...(values.MUHR_ALLOWED_HOSTS ?? [])]),
    // A page on a loopback port may speak for us only where people work on loopback.
    origins: unique([publicUrl, ...(isLocal ? loopback.map((host) => `http://${host}`) : [])]),
    databaseUrl: values.DATABASE_URL,
    signerKeys: {
      secretKey: values.MUHR_SECRET_KEY,
      oldSecretKeys: values.MUHR_SECRET_KEYS_OLD ?? [],
      cryptoProDir: path.resolve(cwd, required(values.MUHR_CRYPTOPRO_DIR)),
      pkcs11Tool: required(values.MUHR_PKCS11_TOOL),
      pkcs11Modules: values.MUHR_PKCS11_MODULES ?? [],
      serviceHosts: values.MUHR_SIGNING_SERVICES ?? [],
    },
    epguHosts: values.MUHR_EPGU_HOSTS ?? [],
    maxEnvelopeBytes: required(values.MUHR_MAX_ENVELOPE_BYTES),
    sessionTtlHours: required(values.MUHR_SESSION_TTL_HOURS),
    proxyHops: required(values.MUHR_PROXY_HOPS),
    verificationsPerMinute: required(values.MUHR_VERIFICATIONS_PER_MINUTE),
    trust: {
      dir: path.resolve(cwd, values.MUHR_TRUST ?? path.join(dataDir, 'trust')),
      services: {
        RU: trustServices(values.MUHR_OCSP_URL_RU, values.MUHR_TSA_URL_RU),
        KZ: trustServices(values.MUHR_OCSP_URL_KZ, values.MUHR_TSA_URL_KZ),
        UZ: trustServices(values.MUHR_OCSP_URL_UZ, values.MUHR_TSA_URL_UZ),
      },
    },
    egovMobile: {
      linkTtlSeconds: required(values.MUHR_EGOV_LINK_TTL_SECONDS),
      linkPreset: required(values.MUHR_EGOV_LINK_PRESET),
      auth: required(values.MUHR_EGOV_AUTH),
      linkEncoder: required(values.MUHR_EGOV_LINK_ENCODER),
    },
    logLevel: required(values.MUHR_LOG_LEVEL),
    sandboxConsolePort: consolePort,
    sandboxConsoleUrl: `http://127.0.0.1:${consolePort}`,
    sandboxCaPort: required(values.MUHR_SANDBOX_CA_PORT),
    sandboxPorts: {
      console: consolePort,
      esia: required(values.MUHR_SANDBOX_ESIA_PORT),
      epgu: required(values.MUHR_SANDBOX_EPGU_PORT),
      signme: required(values.MUHR_SANDBOX_SIGNME_PORT),
      trust: required(values.MUHR_SANDBOX_CA_PORT),
      tls: required(values.MUHR_SANDBOX_TLS_PORT),
    },
    warnings: findWarnings({ env, mode, publicUrl, isLocal }),
  }
}

/** In sandbox mode several servers listen on one address; in live mode there is one. */
function findPortClashes(values: Values): readonly ConfigProblem[] {
  if (values.MUHR_MODE !== 'sandbox') {
    return []
  }

  const names = [
    'MUHR_PORT',
    'MUHR_SANDBOX_CONSOLE_PORT',
    'MUHR_SANDBOX_ESIA_PORT',
    'MUHR_SANDBOX_EPGU_PORT',
    'MUHR_SANDBOX_SIGNME_PORT',
    'MUHR_SANDBOX_CA_PORT',
    'MUHR_SANDBOX_TLS_PORT',
  ] as const

  return names.flatMap((name, index) => {
    const earlier = names.slice(0, index).find((other) => values[other] === values[name])

    // 0 is any port that is free.
    return earlier === undefined || values[name] === undefined || values[name] === 0
      ? []
      : [
          {
            variable: name,
            code: 'config.port-clash' as const,
            message: `${name} and ${earlier} are both ${values[name]}; each server needs a port of its own.`,
          },
        ]
  })
}

function findWarnings({
  env,
  mode,
  publicUrl,
  isLocal,
}: {
  readonly env: Environment
  readonly mode: Config['mode']
  readonly publicUrl: string
  readonly isLocal: boolean
}): readonly string[] {
  const unknown = findUnknownVariables(env).map(({ name, nearest }) =>
    nearest === undefined
      ? `${name} is set, but Muhr knows no such variable.`
      : `${name} is set, but Muhr knows no such variable. Is ${nearest} meant?`,
  )
  const plain =
    !isLocal && publicUrl.startsWith('http:')
      ? ['MUHR_PUBLIC_URL begins with http: documents and sign-in links travel unencrypted.']
      : []
  const open =
    !isLocal && mode === 'sandbox'
      ? ['The sandbox is for one machine: whoever reaches MUHR_PUBLIC_URL can sign as anybody.']
      : []

  return [...unknown, ...plain, ...open]
}

function trustServices(ocspUrl: string | undefined, tsaUrl: string | undefined): TrustServiceUrls {
  return {
    ...(ocspUrl === undefined ? {} : { ocspUrl }),
    ...(tsaUrl === undefined ? {} : { tsaUrl }),
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)]
}

/** For variables that have a default, which a test parses: without problems they have a value. */
function required<Value>(value: Value | undefined): Value {
  if (value === undefined) {
    throw new TypeError('a variable with a default has no value')
  }

  return value
}
