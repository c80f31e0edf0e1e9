import { join } from 'node:path'
import {
  openAttendedKey,
  openCspKey,
  openPkcs11Key,
  openRemoteKey,
  openSoftwareKey,
  type SignerKey,
  SignerKeyError,
} from '@muhr/signer-key'
import type { AppContext } from '../app-context.ts'
import type { KeyMaterial, KeySettings } from './key-material.ts'
import { checkServiceHost } from './service-hosts.ts'

/** A key at rest, decrypted. */
export type KeyAtRest = {
  readonly settings: KeySettings
  readonly material: KeyMaterial
  /** X.509, DER. */
  readonly certificate: Uint8Array
  /** SHA-1 of the certificate, hex. */
  readonly thumbprint: string
}

/**
 * Opens a key by the way that it is kept. Programs and libraries are those of the operator's
 * configuration: what is stored names none by a path of its own.
 * Throws `SignerKeyError` with the codes of the way.
 */
export async function openSignerKey(
  { config }: Pick<AppContext, 'config'>,
  { settings, material, certificate, thumbprint }: KeyAtRest,
): Promise<SignerKey> {
  const { pin } = material
  switch (settings.kind) {
    case 'pkcs12':
    case 'pem':
    case 'cryptopro-container':
      return openSoftwareKey({ files: filesOf(material), pin, thumbprint })
    case 'csp':
      return openCspKey({ ...cspSettings({ config }, settings), thumbprint, pin }, certificate)
    case 'pkcs11':
      return openPkcs11Key({ ...tokenSettings({ config }, settings), pin }, certificate)
    case 'remote': {
      const { url, sends } = settings
      checkServiceHost({ config }, url)

      return openRemoteKey({ url, sends, thumbprint, secret: material.secret ?? '' }, certificate, {
        fetch,
      })
    }
    case 'browser-plugin':
      return openAttendedKey(certificate)
  }
}

type WithConfig = Pick<AppContext, 'config'>

export function cspSettings(
  { config }: WithConfig,
  { tool }: Extract<KeySettings, { kind: 'csp' }>,
) {
  return { tool, program: join(config.signerKeys.cryptoProDir, tool) }
}

/** Throws `signer-key.bad-settings` for a library that the operator did not list. */
export function tokenSettings(
  { config }: WithConfig,
  { module, keyId, tokenLabel, digest }: Extract<KeySettings, { kind: 'pkcs11' }>,
) {
  if (!config.signerKeys.pkcs11Modules.includes(module)) {
    throw new SignerKeyError({
      code: 'signer-key.bad-settings',
      message: 'The library is not among those of MUHR_PKCS11_MODULES.',
      data: { setting: 'module' },
    })
  }

  return { module, keyId, tokenLabel, digest, program: config.signerKeys.pkcs11Tool }
}

function filesOf({ files = {} }: KeyMaterial): ReadonlyMap<string, Uint8Array> {
  return new Map(
    Object.entries(files).map(([name, text]) => [
      name,
      new Uint8Array(Buffer.from(text, 'base64')),
    ]),
  )
}
