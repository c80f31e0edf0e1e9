import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Loads gost-engine; the machine's own file is left alone. */
const config = `openssl_conf = openssl_init
[openssl_init]
engines = engine_section
[engine_section]
gost = gost_section
[gost_section]
engine_id = gost
default_algorithms = ALL
`

/** OpenSSL with gost-engine, the independent judge of what our keys make. */
export type OpensslPeer = {
  readonly folder: string
  readonly configFile: string
  readonly path: (name: string) => string
  /** Does `openssl cms -verify -cades` accept it over this content, under this authority? */
  readonly accepts: (
    cms: Uint8Array,
    over: { readonly content: Uint8Array; readonly authority: Uint8Array },
  ) => boolean
  readonly remove: () => void
}

export function createOpensslPeer(): OpensslPeer {
  const folder = mkdtempSync(join(tmpdir(), 'muhr-signer-key-'))
  const path = (name: string): string => join(folder, name)
  const configFile = path('openssl.cnf')
  writeFileSync(configFile, config)

  return {
    folder,
    configFile,
    path,
    accepts: (cms, { content, authority }) => {
      writeFileSync(path('cms'), cms)
      writeFileSync(path('content'), content)
      writeFileSync(
        path('authority.pem'),
        `-----BEGIN CERTIFICATE-----\n${Buffer.from(authority).toString('base64')}\n-----END CERTIFICATE-----\n`,
      )
      const { status } = spawnSync(
        'openssl',
        [
          ...['cms', '-verify', '-engine', 'gost', '-inform', 'DER', '-in', path('cms')],
          ...['-content', path('content'), '-binary', '-cades', '-purpose', 'any'],
          ...['-CAfile', path('authority.pem'), '-out', '/dev/null'],
        ],
        { env: { ...process.env, OPENSSL_CONF: configFile } },
      )

      return status === 0
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Is openssl here with gost-engine? */
export function hasGostEngine(): boolean {
  const peer = createOpensslPeer()
  try {
    const { stdout } = spawnSync(
      'openssl',
      ['dgst', '-engine', 'gost', '-md_gost12_256', '-binary'],
      {
        env: { ...process.env, OPENSSL_CONF: peer.configFile },
        input: '',
      },
    )

    return stdout?.length === 32
  } finally {
    peer.remove()
  }
}
