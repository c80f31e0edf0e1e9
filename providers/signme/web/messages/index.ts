/**
 * Texts of the web part in all four languages at once: for the server, which renders the signer
 * page without JavaScript. The pages themselves load one language (`loadSignmeMessages`).
 * @module
 */
import { en } from './en.ts'
import { kk } from './kk.ts'
import { ru, type SignmeKey } from './ru.ts'
import { uz } from './uz.ts'

export type { SignmeKey }
export const signmeWebMessages: Readonly<
  Record<'ru' | 'kk' | 'uz' | 'en', Readonly<Record<SignmeKey, string>>>
> = { ru, kk, uz, en }
