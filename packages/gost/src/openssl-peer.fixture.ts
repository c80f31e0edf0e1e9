/**
 * The independent peer of the tests: the openssl command with Debian's gost-engine.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const CONFIG = `openssl_conf = openssl_init
[openssl_init]
engines = engine_section
[engine_section]
gost = gost_section
[gost_section]
engine_id = gost
default_algorithms = ALL
`

/** A folder of its own, gone after `use`; the OpenSSL configuration in it loads the engine. */
export function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'muhr-gost-'))
  try {
    writeFileSync(join(folder, 'openssl.cnf'), CONFIG)

    return use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs one openssl command in the folder: exit status and standard output. */
export function openssl(
  folder: string,
  args: readonly string[],
  input: Uint8Array = new Uint8Array(0),
  environment: Readonly<Record<string, string>> = {},
): { readonly status: number | null; readonly stdout: Buffer } {
  const { status, stdout } = spawnSync('openssl', args, {
    cwd: folder,
    input,
    env: { ...process.env, ...environment, OPENSSL_CONF: join(folder, 'openssl.cnf') },
    maxBuffer: 64 * 1024 * 1024,
  })

  return { status, stdout: stdout ?? Buffer.alloc(0) }
}

/** True when openssl is here and knows Streebog. */
export const hasGostEngine: boolean = withFolder((folder) => {
  const { status, stdout } = openssl(folder, ['dgst', '-md_gost12_256', '-binary'])

  return status === 0 && stdout.length === 32
})
