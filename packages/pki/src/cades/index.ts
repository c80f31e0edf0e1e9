/**
 * CAdES (ETSI EN 319 122-1): levels T and LT on top of what `createSignedData` makes.
 * @module
 */
export { augmentToLT } from './augment-to-lt.ts'
export { augmentToT, type TimeStampCall } from './augment-to-t.ts'
