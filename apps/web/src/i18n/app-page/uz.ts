import { appUz } from '../app/uz.ts'
import { commonUz } from '../common/uz.ts'
import { reportUz } from '../report/uz.ts'

/** Everything that the application says in this language: one chunk. */
export const catalogue = { ...commonUz, ...appUz, ...reportUz }
