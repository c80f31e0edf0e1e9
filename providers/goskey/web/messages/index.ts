/**
 * Texts of the web part in all four languages at once: for the server, which renders the signer
 * page without JavaScript. The pages themselves load one language (`loadEgovMobileMessages`).
 * @module
 */
import { en } from './en.ts'
import { kk } from './kk.ts'
import { type GoskeyKey, ru } from './ru.ts'
import { uz } from './uz.ts'

export type { GoskeyKey }
export const goskeyWebMessages: Readonly<
  Record<'ru' | 'kk' | 'uz' | 'en', Readonly<Record<GoskeyKey, string>>>
> = { ru, kk, uz, en }
