/**
 * The one front door to keys in files.
 * @module
 */
export { decryptPkcs8, type EncryptPkcs8Options, encryptPkcs8 } from './encrypted-pkcs8.ts'
export {
  type KeyStore,
  type KeyStoreSource,
  type OpenKeyStoreOptions,
  openKeyStore,
  type StoredKey,
} from './open-key-store.ts'
