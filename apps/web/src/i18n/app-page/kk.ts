import { appKk } from '../app/kk.ts'
import { commonKk } from '../common/kk.ts'
import { reportKk } from '../report/kk.ts'

/** Everything that the application says in this language: one chunk. */
export const catalogue = { ...commonKk, ...appKk, ...reportKk }
