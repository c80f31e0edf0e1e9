import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const config = `openssl_conf = openssl_init
[openssl_init]
engines = engine_section
[engine_section]
gost = gost_section
[gost_section]
engine_id = gost
default_algorithms = ALL
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Test
`

/** What one openssl command answered. */
export type PeerAnswer = {
  readonly status: number | null
  readonly stdout: Uint8Array
  /** Both streams as text, for verdicts. */
  readonly text: string
}

/** A folder of its own with an OpenSSL configuration that loads gost-engine. */
export type Peer = {
  readonly run: (...args: readonly string[]) => PeerAnswer
  readonly write: (name: string, content: Uint8Array | string) => void
  readonly read: (name: string) => Uint8Array
}

/** Runs `use` in a new folder, which is gone afterwards. */
export const withPeer = async <T>(use: (peer: Peer) => T | Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'muhr-pki-'))
  try {
    const configFile = join(folder, 'openssl.cnf')
    writeFileSync(configFile, config)
    return await use({
      run: (...args) => {
        const { status, stdout, stderr } = spawnSync('openssl', args, {
          cwd: folder,
          env: { ...process.env, OPENSSL_CONF: configFile },
        })
        return {
          status,
          stdout: new Uint8Array(stdout ?? []),
          text: `${stdout ?? ''}${stderr ?? ''}`,
        }
      },
      write: (name, content) => writeFileSync(join(folder, name), content),
      read: (name) => new Uint8Array(readFileSync(join(folder, name))),
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Is openssl here at all? */
export const hasOpenssl = await withPeer(({ run }) => run('version').status === 0)

/** Is openssl here with gost-engine? */
export const hasGostEngine = await withPeer(
  ({ run }) => run('dgst', '-md_gost12_256', '-binary').stdout.length === 32,
)
