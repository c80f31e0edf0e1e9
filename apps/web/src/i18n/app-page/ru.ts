import { appRu } from '../app/ru.ts'
import { commonRu } from '../common/ru.ts'
import { reportRu } from '../report/ru.ts'

/** Everything that the application says in this language: one chunk. */
export const catalogue = { ...commonRu, ...appRu, ...reportRu }
