/**
 * Texts of a connection to Sign.Me in four languages, for its form.
 * @module
 */
export { en } from './en.ts'
export { kk } from './kk.ts'
export { ru, type SignmeConnectionKey } from './ru.ts'
export { uz } from './uz.ts'
