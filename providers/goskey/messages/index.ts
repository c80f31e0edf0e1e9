/**
 * Texts of Goskey on the server's side, in four languages: why a signing ended, what a person must look
 * at, why it cannot be sent. Those of a connection are in `connection/`, those of the doctor in
 * `doctor/`. Plain data, fit for a browser too. The pages' own texts are in `web/messages`.
 * @module
 */
export { en } from './en.ts'
export { kk } from './kk.ts'
export { type GoskeyMessageKey, ru } from './ru.ts'
export { uz } from './uz.ts'
