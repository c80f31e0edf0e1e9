/**
 * Texts of Sign.Me on the server's side, in four languages: why a signing ended (`reason.CODE`), why it
 * cannot be sent (`plan.CODE`). Those of a connection are in `connection/`. Plain data, fit for a browser
 * too. The pages' own texts are in `web/messages`.
 * @module
 */
export { en } from './en.ts'
export { kk } from './kk.ts'
export { ru, type SignmeMessageKey } from './ru.ts'
export { uz } from './uz.ts'
