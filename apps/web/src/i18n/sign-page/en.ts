import { commonEn } from '../common/en.ts'
import { signEn } from '../sign/en.ts'

/** Everything that the signer page says in this language: one chunk. */
export const catalogue = { ...commonEn, ...signEn }
