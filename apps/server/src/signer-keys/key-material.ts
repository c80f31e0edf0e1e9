import type { SecretBox } from '../instance/secret-box.ts'

/** What a key cannot sign without; only ever encrypted at rest. */
export type KeyMaterial = {
  /** Files of a key in files, by name, base64. */
  readonly files?: Readonly<Record<string, string>> | undefined
  /** Password of the file, or PIN of the container or token. */
  readonly pin?: string | undefined
  /** What a signing service is told as Bearer. */
  readonly secret?: string | undefined
}

/** How a key is reached; nothing of it is secret. */
export type KeySettings =
  | { readonly kind: 'pkcs12' | 'pem' | 'cryptopro-container' }
  | { readonly kind: 'csp'; readonly tool: 'csptest' | 'cryptcp' }
  | {
      readonly kind: 'pkcs11'
      /** One of MUHR_PKCS11_MODULES. */
      readonly module: string
      readonly keyId: string
      readonly tokenLabel?: string | undefined
      readonly digest?: 'host' | 'token' | undefined
    }
  | {
      readonly kind: 'remote'
      readonly url: string
      readonly sends?: 'digest' | 'content' | undefined
    }
  | { readonly kind: 'browser-plugin' }

type Owner = { readonly organisationId: string; readonly keyId: string }

/** A row moved to another organisation or key would not open. */
const contextOf = ({ organisationId, keyId }: Owner): string => `${organisationId}/${keyId}`

export function sealMaterial(secrets: SecretBox, owner: Owner, material: KeyMaterial) {
  const { bytes, keyId } = secrets.seal(Buffer.from(JSON.stringify(material)), contextOf(owner))

  return { secret: Buffer.from(bytes), secret_key_id: keyId }
}

/** Undefined when it does not open here. */
export function openMaterial(
  secrets: SecretBox,
  owner: Owner,
  row: { readonly secret: Uint8Array | null; readonly secret_key_id: string | null },
): KeyMaterial | undefined {
  if (row.secret === null || row.secret_key_id === null) {
    return {}
  }
  const opened = secrets.open({ bytes: row.secret, keyId: row.secret_key_id }, contextOf(owner))

  return opened === undefined ? undefined : JSON.parse(Buffer.from(opened).toString('utf8'))
}
