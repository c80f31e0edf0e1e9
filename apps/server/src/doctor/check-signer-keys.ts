import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Client, type ClientConfig } from 'pg'
import type { Config } from '../config/index.ts'
import { startEmbeddedPostgres } from '../database/launcher/index.ts'
import { openSecretBox } from '../instance/secret-box.ts'
import { type Finding, patienceMs } from './finding.ts'

const check = 'signer keys'
const soonMs = 30 * 86_400_000

/** What of a stored key can be looked at without opening it. */
export type SignerKeyFacts = {
  readonly name: string
  readonly kind: string
  readonly not_before: Date
  readonly not_after: Date
  readonly secret_key_id: string | null
  readonly acknowledged_at: Date | null
}

type KeyConfig = Pick<Config, 'mode' | 'dataDir' | 'databaseUrl' | 'postgresDir' | 'signerKeys'>

/** What signer keys are encrypted under. */
export function checkSecretKey({
  mode,
  signerKeys,
}: Pick<Config, 'mode' | 'signerKeys'>): readonly Finding[] {
  if (signerKeys.secretKey !== undefined) {
    const { length } = signerKeys.oldSecretKeys

    return [
      {
        check: 'secret key',
        result: 'passed',
        message: `Signer keys are encrypted under MUHR_SECRET_KEY${length === 0 ? '' : `, ${length} former ones still open`}.`,
      },
    ]
  }

  return [
    {
      check: 'secret key',
      result: mode === 'live' ? 'warning' : 'notice',
      message:
        'MUHR_SECRET_KEY is not set: signer keys are encrypted under a key made from instance.key.',
      ...(mode === 'live'
        ? {
            advice:
              'Set MUHR_SECRET_KEY to openssl rand -hex 32 and keep it apart from backups of the data folder.',
          }
        : {}),
    },
  ]
}

/**
 * Whether the stored signer keys can sign, as far as is known without opening them: validity, the secret
 * key, the acknowledgement. Nothing is changed, and what was never made is not made now.
 */
export async function checkSignerKeys(config: KeyConfig, now: Date): Promise<readonly Finding[]> {
  const keys = await readKeys(config)
  if (keys === undefined) {
    return [{ check, result: 'notice', message: 'The database was not looked at.' }]
  }
  if (keys.length === 0) {
    return [{ check, result: 'notice', message: 'There are none.' }]
  }
  const findings = judgeSignerKeys(keys, { now, mode: config.mode, known: await knownKeys(config) })

  return findings.length > 0
    ? findings
    : [{ check, result: 'passed', message: `${keys.length} of them, none ends within 30 days.` }]
}

/** Exported for its test: what is wrong with keys, or soon will be. */
export function judgeSignerKeys(
  keys: readonly SignerKeyFacts[],
  given: {
    readonly now: Date
    readonly mode: Config['mode']
    /** Does the secret of this id open? */
    readonly known: (secretKeyId: string) => boolean
  },
): readonly Finding[] {
  return keys.flatMap((key) => [
    ...judgeValidity(key, given.now),
    ...(key.secret_key_id === null || given.known(key.secret_key_id)
      ? []
      : [
          {
            check,
            result: 'failed' as const,
            message: `${key.name} is encrypted under a secret key that is not set.`,
            advice: 'Add that key to MUHR_SECRET_KEYS_OLD, or add the signer key again.',
          },
        ]),
    ...(given.mode === 'live' && isUnacknowledged(key)
      ? [
          {
            check,
            result: 'warning' as const,
            message: `${key.name} lies in a file, and nobody took note that it signs without a certified tool.`,
            advice: 'Acknowledge it in the list of signer keys, or use CryptoPro CSP or a token.',
          },
        ]
      : []),
  ])
}

function isUnacknowledged({ kind, acknowledged_at }: SignerKeyFacts): boolean {
  return ['pkcs12', 'pem', 'cryptopro-container'].includes(kind) && acknowledged_at === null
}

function judgeValidity(
  { name, not_before, not_after }: SignerKeyFacts,
  now: Date,
): readonly Finding[] {
  const day = (date: Date) => date.toISOString().slice(0, 10)
  if (now > not_after) {
    return [
      {
        check,
        result: 'failed',
        message: `The certificate of ${name} ended on ${day(not_after)}.`,
        advice: 'Add the key of the new certificate, choose it, and remove this one.',
      },
    ]
  }
  if (now < not_before) {
    return [{ check, result: 'warning', message: `${name} is valid from ${day(not_before)} on.` }]
  }

  return not_after.getTime() - now.getTime() < soonMs
    ? [
        {
          check,
          result: 'warning',
          message: `The certificate of ${name} ends on ${day(not_after)}.`,
          advice: 'Ask the authority for the next one in time.',
        },
      ]
    : []
}

async function knownKeys(config: KeyConfig): Promise<(id: string) => boolean> {
  const instanceKey = await readFile(path.join(config.dataDir, 'instance.key')).catch(
    () => undefined,
  )
  const { keyIds } = openSecretBox(config, instanceKey ?? new Uint8Array())

  return (id) => keyIds.includes(id)
}

/** Undefined when there is no database yet, or when it cannot be reached: another look tells why. */
async function readKeys(config: KeyConfig): Promise<readonly SignerKeyFacts[] | undefined> {
  if (config.databaseUrl !== undefined) {
    return queryKeys({ connectionString: config.databaseUrl })
  }
  if (!existsSync(path.join(config.postgresDir, 'cluster'))) {
    return undefined
  }
  try {
    const postgres = await startEmbeddedPostgres({
      dataDir: config.postgresDir,
      log: () => undefined,
    })
    try {
      return await queryKeys({ ...postgres.connection, ssl: false })
    } finally {
      await postgres.stop()
    }
  } catch {
    return undefined
  }
}

async function queryKeys(settings: ClientConfig): Promise<readonly SignerKeyFacts[] | undefined> {
  const client = new Client({ ...settings, connectionTimeoutMillis: patienceMs })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<SignerKeyFacts>(
      `select name, kind, not_before, not_after, secret_key_id, acknowledged_at
       from signer_keys where removed_at is null order by id`,
    )

    return rows
  } catch {
    // Not reached, or not migrated yet: the look at the database says so.
    return undefined
  } finally {
    await client.end().catch(() => undefined)
  }
}
