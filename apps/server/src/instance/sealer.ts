import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const nonceBytes = 12
const tagBytes = 16

/** Encrypts what is kept for a while and must not be readable in a copy of the database. */
export type Sealer = {
  /** Text as base64 of nonce, ciphertext and tag. */
  readonly seal: (text: string) => string
  /** @throws Error when it was sealed by another key, or changed */
  readonly open: (sealed: string) => string
}

/** AES-256-GCM under a key derived (HKDF-SHA-256, RFC 5869) from the instance key. */
export function createSealer(instanceKey: Uint8Array): Sealer {
  const key = Buffer.from(hkdfSync('sha256', instanceKey, '', 'muhr kept answers', 32))

  return {
    seal: (text) => {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])

      return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64')
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      })
      decipher.setAuthTag(bytes.subarray(-tagBytes))

      return Buffer.concat([
        decipher.update(bytes.subarray(nonceBytes, -tagBytes)),
        decipher.final(),
      ]).toString('utf8')
    },
  }
}
