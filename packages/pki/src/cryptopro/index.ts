/**
 * Key containers of CryptoPro CSP.
 * @module
 */
export {
  type CryptoProContainer,
  type CryptoProKey,
  type OpenContainerInput,
  openCryptoProContainer,
} from './open-container.ts'
export { type WriteContainerInput, writeCryptoProContainer } from './write-container.ts'
