import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import type { Config } from '../config/config.ts'

const nonceBytes = 12
const tagBytes = 16

/** A secret as it lies in the database. */
export type SealedSecret = {
  /** Nonce, ciphertext and tag. */
  readonly bytes: Uint8Array
  /** Which key it is encrypted under: the first half of a digest, hex; tells nothing about the key. */
  readonly keyId: string
}

/** Encrypts what must stay secret where the database or its backup is read. */
export type SecretBox = {
  /** Of the key that new secrets are encrypted under. */
  readonly keyId: string
  /** Of every key that opens, the current one first. */
  readonly keyIds: readonly string[]
  /** Is it MUHR_SECRET_KEY, or one made from the instance key? */
  readonly isOwnKey: boolean
  /** @param context what the secret belongs to: under another one it does not open */
  readonly seal: (secret: Uint8Array, context: string) => SealedSecret
  /** Undefined when its key is not among those at hand, when it was changed, or of another context. */
  readonly open: (sealed: SealedSecret, context: string) => Uint8Array | undefined
  /** HMAC-SHA-256 (hex) of a text that holds secrets: recognises it without giving it away. */
  readonly fingerprint: (text: string) => string
}

type NamedKey = { readonly id: string; readonly key: Buffer }

/**
 * The box of this installation: AES-256-GCM under a key derived (HKDF-SHA-256, RFC 5869) from
 * MUHR_SECRET_KEY, or from the instance key where that is not set. Secrets under MUHR_SECRET_KEYS_OLD and
 * under the instance key still open.
 */
export function openSecretBox(
  { signerKeys }: Pick<Config, 'signerKeys'>,
  instanceKey: Uint8Array,
): SecretBox {
  const own = signerKeys.secretKey === undefined ? [] : [deriveKey(signerKeys.secretKey)]
  const others = [...signerKeys.oldSecretKeys, instanceKey].map(deriveKey)

  return createSecretBox([...own, ...others], own.length > 0)
}

function createSecretBox(keys: readonly NamedKey[], isOwnKey: boolean): SecretBox {
  const [current] = keys
  if (current === undefined) {
    throw new TypeError('a secret box needs a key')
  }

  return {
    keyId: current.id,
    keyIds: keys.map(({ id }) => id),
    isOwnKey,
    seal: (secret, context) => {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce)
      cipher.setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(secret), cipher.final()])

      return { bytes: Buffer.concat([nonce, body, cipher.getAuthTag()]), keyId: current.id }
    },
    open: ({ bytes, keyId }, context) => {
      const found = keys.find(({ id }) => id === keyId)

      return found === undefined ? undefined : decrypt(found.key, bytes, context)
    },
    fingerprint: (text) => createHmac('sha256', current.key).update(text).digest('hex'),
  }
}

function decrypt(key: Buffer, bytes: Uint8Array, context: string): Uint8Array | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(context))
  try {
    decipher.setAuthTag(bytes.subarray(-tagBytes))

    return new Uint8Array(
      Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]),
    )
  } catch {
    return undefined
  }
}

function deriveKey(secret: Uint8Array): NamedKey {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'muhr signer keys', 32))

  return { id: createHash('sha256').update(key).digest('hex').slice(0, 32), key }
}
