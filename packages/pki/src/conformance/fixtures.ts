import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the real data of others is: `MUHR_FIXTURES`, or beside the repository. */
const root =
  process.env['MUHR_FIXTURES'] ?? join(import.meta.dirname, '../../../../../shared/fixtures')

/** Is the real data here? Without it these tests are skipped by name. */
export const hasFixtures = existsSync(join(root, 'kz/expected.json'))

/** One file of the real data. */
export const fixture = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, path)))

/** File names in a folder of the real data. */
export const fixtureNames = (folder: string): readonly string[] => readdirSync(join(root, folder))

/** A JSON file of the real data. */
export const fixtureJson = (path: string): unknown =>
  JSON.parse(readFileSync(join(root, path), 'utf8'))
