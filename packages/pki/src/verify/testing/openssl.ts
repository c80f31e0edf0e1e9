import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const version = spawnSync('openssl', ['version'], { encoding: 'utf8' })

/** Is there an OpenSSL to compare with? */
export const hasOpenssl = version.status === 0

/** Does it know GOST (Debian: libengine-gost-openssl)? */
export const hasGostEngine =
  hasOpenssl && spawnSync('openssl', ['engine', 'gost'], { encoding: 'utf8' }).status === 0

const gostConfiguration = `openssl_conf = openssl_init
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

/** A directory to call OpenSSL in. */
export type OpensslRoom = {
  readonly path: (name: string) => string
  readonly write: (name: string, bytes: Uint8Array | string) => string
  readonly read: (name: string) => Uint8Array
  /** Runs `openssl` there and returns its standard output; throws with its complaint. */
  readonly run: (...args: readonly string[]) => Uint8Array
  readonly close: () => void
}

/** Makes a {@link OpensslRoom}; with `gost`, the engine is loaded by a configuration of its own. */
export const openOpensslRoom = ({ gost = false } = {}): OpensslRoom => {
  const directory = mkdtempSync(join(tmpdir(), 'muhr-openssl-'))
  const path = (name: string): string => join(directory, name)
  const write = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(path(name), bytes)
    return path(name)
  }
  const configuration = gost ? write('gost.cnf', gostConfiguration) : undefined
  return {
    path,
    write,
    read: (name) => new Uint8Array(readFileSync(path(name))),
    run: (...args) =>
      new Uint8Array(
        execFileSync('openssl', args, {
          cwd: directory,
          stdio: ['ignore', 'pipe', 'pipe'],
          env: {
            ...process.env,
            ...(configuration === undefined ? {} : { OPENSSL_CONF: configuration }),
          },
        }),
      ),
    close: () => rmSync(directory, { recursive: true, force: true }),
  }
}
