/**
 * PKCS#12 key stores: read and write.
 * @module
 */

export type { WrittenCipher } from './encryption-scheme.ts'
export { listPkcs12KeyNames, type Pkcs12KeyName } from './list-key-names.ts'
export { type Pkcs12Entry, readPkcs12 } from './read-pkcs12.ts'
export { defaultPkcs12Limits, type Pkcs12Limits } from './work-limit.ts'
export { type Pkcs12Profile, type WritePkcs12Input, writePkcs12 } from './write-pkcs12.ts'
