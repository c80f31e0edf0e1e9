import { commonKk } from '../common/kk.ts'
import { signKk } from '../sign/kk.ts'

/** Everything that the signer page says in this language: one chunk. */
export const catalogue = { ...commonKk, ...signKk }
