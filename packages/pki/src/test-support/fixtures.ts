import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { decodeContainer } from '../asn1/pem.ts'
import { type Certificate, parseCertificate } from '../x509/parse-certificate.ts'

/** Real data of others, outside the repository: `MUHR_FIXTURES`, default beside it. */
const root =
  process.env['MUHR_FIXTURES'] ?? resolve(import.meta.dirname, '../../../../../shared/fixtures')

/** Is the folder of fixtures of this name there? Tests that need it are skipped by name where not. */
export const hasFixtures = (folder: string): boolean => existsSync(join(root, folder))

/** Octets of a fixture, as they are in the file. */
export const readFixture = (path: string): Uint8Array =>
  new Uint8Array(readFileSync(join(root, path)))

/** Names of the files in a folder of fixtures, sorted; none when it is not there. */
export const listFixtures = (folder: string): readonly string[] =>
  hasFixtures(folder) ? readdirSync(join(root, folder)).sort() : []

/** A certificate among the fixtures, DER or PEM. */
export const fixtureCertificate = (path: string): Certificate =>
  parseCertificate(decodeContainer(readFixture(path)))
