import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { OpensslPeer } from '../openssl-peer.ts'
import type { TestOrganisationKey } from '../test-organisation.ts'

/** How a stand-in misbehaves, one way at a time. */
export type StandInFault =
  | 'other-content'
  | 'other-key'
  | 'attached'
  | 'no-certificate-reference'
  | 'hang'
  | 'flood'
  | 'silent-failure'
  | 'pin-blocked'
  | 'licence'

/** What a stand-in program knows: it is a process of its own, so it reads this from a file. */
export type StandInConfig = {
  readonly opensslConfig: string
  readonly keyFile: string
  readonly certificateFile: string
  /** SHA-1, hex. */
  readonly thumbprint: string
  readonly bits: 256 | 512
  readonly pin: string | null
  readonly fault: StandInFault | null
  /** Order of the raw signature of the token. */
  readonly order: 'sr' | 'rs' | 'reversed' | 'halves-reversed'
  /** Where it leaves what it was called with. */
  readonly journal: string
}

export type StandIn = {
  /** Path of an executable. */
  readonly program: string
  /** Arguments of every call so far. */
  readonly calls: () => readonly (readonly string[])[]
}

let made = 0

/**
 * Makes an executable that stands in for `csptest`, `cryptcp` or `pkcs11-tool`: it refuses any arguments
 * but those that the real one documents, and signs by OpenSSL with gost-engine.
 */
export function createStandIn(
  tool: 'csptest' | 'cryptcp' | 'pkcs11-tool',
  {
    peer,
    key,
    thumbprint,
    ...rest
  }: {
    readonly peer: OpensslPeer
    readonly key: Pick<TestOrganisationKey, 'keyPem' | 'certificatePem'>
    readonly thumbprint: string
  } & Partial<Pick<StandInConfig, 'pin' | 'fault' | 'bits' | 'order'>>,
): StandIn {
  made += 1
  const place = (name: string): string => peer.path(`${tool}-${made}-${name}`)
  const config: StandInConfig = {
    opensslConfig: peer.configFile,
    keyFile: place('key.pem'),
    certificateFile: place('certificate.pem'),
    thumbprint,
    bits: 256,
    pin: null,
    fault: null,
    order: 'sr',
    ...rest,
    journal: place('journal'),
  }
  writeFileSync(config.keyFile, key.keyPem)
  writeFileSync(config.certificateFile, key.certificatePem)
  writeFileSync(place('config.json'), JSON.stringify(config))
  writeFileSync(config.journal, '')
  const script = fileURLToPath(new URL(`stand-in-${tool}.ts`, import.meta.url))
  const program = place(tool)
  const quoted = [process.execPath, script, place('config.json')].map((each) => `'${each}'`)
  writeFileSync(program, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`)
  chmodSync(program, 0o755)

  return {
    program,
    calls: () =>
      readFileSync(config.journal, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
  }
}
