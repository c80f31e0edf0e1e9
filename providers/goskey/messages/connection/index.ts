/**
 * Texts of a connection to Goskey in four languages, for its form.
 * @module
 */
export { en } from './en.ts'
export { kk } from './kk.ts'
export { type GoskeyConnectionKey, ru } from './ru.ts'
export { uz } from './uz.ts'
