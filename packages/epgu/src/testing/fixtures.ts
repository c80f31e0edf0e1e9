import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Real data of others, outside the repository: `MUHR_FIXTURES`, default beside it. */
const folder = join(
  process.env['MUHR_FIXTURES'] ?? resolve(import.meta.dirname, '../../../../../shared/fixtures'),
  'ru',
)

/** Are the Russian fixtures there? Tests that need them are skipped by name where not. */
export const hasFixtures = existsSync(folder)

export function fixtureBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(folder, name)))
}

export function fixtureText(name: string): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(fixtureBytes(name))
}
