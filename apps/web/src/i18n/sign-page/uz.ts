import { commonUz } from '../common/uz.ts'
import { signUz } from '../sign/uz.ts'

/** Everything that the signer page says in this language: one chunk. */
export const catalogue = { ...commonUz, ...signUz }
