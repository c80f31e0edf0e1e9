import { spawnSync } from 'node:child_process'
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { StandInConfig } from './stand-in.ts'

/** Reads the configuration, keeps the arguments, and misbehaves where it is told to. */
export function beginStandIn(): { readonly config: StandInConfig; readonly args: string[] } {
  const [configFile = '', ...args] = process.argv.slice(2)
  const config: StandInConfig = JSON.parse(readFileSync(configFile, 'utf8'))
  appendFileSync(config.journal, `${JSON.stringify(args)}\n`)
  if (process.env['MUHR_SECRET_KEY'] !== undefined || process.env['DATABASE_URL'] !== undefined) {
    fail('it was given secrets of ours')
  }
  if (config.fault === 'hang') {
    spawnSync('sleep', ['60'])
  }
  if (config.fault === 'flood') {
    process.stdout.write('x'.repeat(200_000))
    spawnSync('sleep', ['60'])
  }
  if (config.fault === 'silent-failure') {
    process.exit(0)
  }

  return { config, args }
}

/** Ends as CryptoPro's programs do. */
export function endCsp(errorCode: string): never {
  process.stdout.write(`An error occurred in running the program.\n[ErrorCode: 0x${errorCode}]\n`)
  process.exit(errorCode === '00000000' ? 0 : 1)
}

export function fail(what: string): never {
  process.stderr.write(`stand-in: ${what}\n`)
  process.exit(64)
}

/** The arguments must be exactly these; `*` stands for any one. */
export function expectArguments(args: readonly string[], wanted: readonly string[]): void {
  const isSame =
    args.length === wanted.length &&
    wanted.every((each, index) => each === '*' || each === args[index])
  if (!isSame) {
    fail(`called with ${args.map((each, index) => (wanted[index] === '*' ? '*' : each)).join(' ')}`)
  }
}

/** What is to be signed must be readable by its owner alone, in a folder of the same kind. */
export function expectPrivate(file: string): void {
  if ((statSync(file).mode & 0o777) !== 0o600 || (statSync(dirname(file)).mode & 0o777) !== 0o700) {
    fail('others can read what is to be signed')
  }
}

/** Runs openssl with gost-engine. */
export function openssl(config: StandInConfig, args: readonly string[]): Uint8Array {
  const { status, stdout, stderr } = spawnSync('openssl', args, {
    env: { ...process.env, OPENSSL_CONF: config.opensslConfig },
  })
  if (status !== 0) {
    fail(`openssl: ${stderr}`)
  }

  return new Uint8Array(stdout)
}

/** Makes the container that the program of CryptoPro would make: BER, with its usual attributes. */
export function signCms(config: StandInConfig, input: string, output: string): void {
  if (config.fault === 'other-content') {
    writeFileSync(input, 'another')
  }
  openssl(config, [
    ...['cms', '-sign', '-engine', 'gost', '-md', `md_gost12_${config.bits}`, '-binary'],
    ...['-in', input, '-signer', config.certificateFile, '-inkey', config.keyFile],
    ...(config.fault === 'no-certificate-reference' ? [] : ['-cades']),
    ...(config.fault === 'attached' ? ['-nodetach'] : []),
    ...['-outform', 'DER', '-out', output],
  ])
}
