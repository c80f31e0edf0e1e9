/**
 * Texts of eGov Mobile on the server's side, in four languages: refusals as the signer sees them,
 * reasons why a signing cannot be sent, settings of a connection, findings of the doctor. Plain data,
 * fit for a browser too. The pages' own texts are in `web/messages`.
 * @module
 */
export { en } from './en.ts'
export { kk } from './kk.ts'
export { type EgovMobileMessageKey, ru } from './ru.ts'
export { uz } from './uz.ts'
