/**
 * PKCS#12 key stores: read and write.
 * @module
 */
export { type Pkcs12Entry, readPkcs12 } from './read-pkcs12.ts'
export { defaultPkcs12Limits, type Pkcs12Limits } from './work-limit.ts'
export { type WritePkcs12Input, writePkcs12 } from './write-pkcs12.ts'
