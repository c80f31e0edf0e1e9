import { join, resolve } from 'node:path'
import type { CommandIo } from '../command/io.ts'

/** Where the anchors of this installation are: `MUHR_TRUST`, else `trust` in the data folder. */
export function trustFolder({ env, cwd }: CommandIo): string {
  const data = env['MUHR_DATA'] || './data'

  return resolve(cwd, env['MUHR_TRUST'] || join(data, 'trust'))
}
