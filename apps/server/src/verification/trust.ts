import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createTrustStore,
  decodeContainer,
  parseCertificate,
  readPem,
  type TrustAnchor,
  type TrustStore,
} from '@muhr/pki'
import type { Logger } from 'pino'
import type { Config } from '../config/config.ts'
import {
  createTrustServices,
  type TrustServiceHosts,
  type TrustServices,
} from './trust-services.ts'

/** What the installation trusts and whom it asks. */
export type Trust = TrustServices & {
  /** Anchors for a policy; those of the sandbox only for the policy `sandbox`. */
  readonly anchors: (policy: string) => Promise<TrustStore>
  /** Hosts to ask for a policy. */
  readonly hostsFor: (policy: string) => TrustServiceHosts
}

const countryOfPolicy: { readonly [policy: string]: 'RU' | 'KZ' | 'UZ' } = {
  'kz-1187': 'KZ',
  'kz-500': 'KZ',
  'ru-63fz': 'RU',
  'uz-e-imzo': 'UZ',
}

/** Where the sandbox writes its CA file, below the data folder. */
export function sandboxCaFile(dataDir: string): string {
  return join(dataDir, 'sandbox', 'pki', 'ca.pem')
}

/**
 * Reads anchors from the trust folder (`muhr trust add`) and, in sandbox mode, from the test PKI. Folders
 * are read again when they change, so that an added root counts from the next verification on.
 */
export function createTrust(input: { readonly config: Config; readonly log: Logger }): Trust {
  const { config, log } = input
  const cache = new Map<
    string,
    { readonly stamp: string; readonly anchors: readonly TrustAnchor[] }
  >()
  const read = async (path: string, origin: TrustAnchor['origin']) => {
    const stamp = await stampOf(path)
    const known = cache.get(path)
    if (known?.stamp === stamp) {
      return known.anchors
    }
    const anchors: TrustAnchor[] = []
    for (const file of await filesOf(path)) {
      try {
        for (const encoded of certificatesOf(await readFile(file))) {
          anchors.push({ certificate: parseCertificate(encoded), origin })
        }
      } catch {
        log.warn({ file }, 'a file in the trust folder is no certificate')
      }
    }
    cache.set(path, { stamp, anchors })

    return anchors
  }

  return {
    ...createTrustServices(log),
    anchors: async (policy) =>
      createTrustStore([
        ...(await read(config.trust.dir, 'configured')),
        ...(policy === 'sandbox' && config.mode === 'sandbox'
          ? await read(sandboxCaFile(config.dataDir), 'sandbox')
          : []),
      ]),
    hostsFor: (policy) => {
      if (policy === 'sandbox') {
        const base = `http://127.0.0.1:${config.sandboxCaPort}`

        return config.mode === 'sandbox' ? { ocspUrl: `${base}/ocsp`, tsaUrl: `${base}/tsp` } : {}
      }
      const country = countryOfPolicy[policy]

      return country === undefined ? {} : config.trust.services[country]
    },
  }
}

/** DER of every certificate of a file: one DER, or any number of PEM blocks. */
export function certificatesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const text = Buffer.from(bytes).toString('latin1')

  return text.includes('-----BEGIN ')
    ? readPem(text)
        .filter((block) => block.label === 'CERTIFICATE')
        .map((block) => block.bytes)
    : [decodeContainer(bytes)]
}

/** Files of certificates in a folder, by name; the file itself when it is one. */
export async function filesOf(path: string): Promise<readonly string[]> {
  const info = await stat(path).catch(() => undefined)
  if (info === undefined) {
    return []
  }
  if (info.isFile()) {
    return [path]
  }

  return (await readdir(path))
    .filter((name) => /\.(cer|crt|pem|der)$/i.test(name))
    .sort()
    .map((name) => join(path, name))
}

async function stampOf(path: string): Promise<string> {
  const stamps = await Promise.all(
    (await filesOf(path)).map(async (file) => `${file}:${(await stat(file)).mtimeMs}`),
  )

  return stamps.join('\n')
}
