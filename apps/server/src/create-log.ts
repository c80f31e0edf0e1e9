import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { destination, type Logger, pino } from 'pino'
import type { Config } from './config/index.ts'

/** Keys whose values never reach a log, wherever they stand (design rule 8). */
const secretKeys = [
  'authorization',
  'cookie',
  'token',
  'apiKey',
  'password',
  'pin',
  'iin',
  'bin',
  'snils',
  'inn',
  'pinfl',
  'ogrn',
  'esiaOid',
  'rafp',
  'identifiers',
  'contact',
  'phone',
  'email',
  'body',
]

/**
 * The log: JSON lines into `{dataDir}/logs/muhr.log`, so that the terminal stays for people. Written
 * synchronously: lines are few and the last one before a crash is the one that is wanted.
 */
export function createLog(config: Pick<Config, 'dataDir' | 'logLevel'>): Logger {
  const folder = join(config.dataDir, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })

  return pino(
    {
      level: config.logLevel,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
        censor: '[redacted]',
      },
    },
    destination({ dest: join(folder, 'muhr.log'), append: true, sync: true, mode: 0o600 }),
  )
}
