import { appEn } from '../app/en.ts'
import { commonEn } from '../common/en.ts'
import { reportEn } from '../report/en.ts'

/** Everything that the application says in this language: one chunk. */
export const catalogue = { ...commonEn, ...appEn, ...reportEn }
