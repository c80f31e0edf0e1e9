import { commonRu } from '../common/ru.ts'
import { signRu } from '../sign/ru.ts'

/** Everything that the signer page says in this language: one chunk. */
export const catalogue = { ...commonRu, ...signRu }
