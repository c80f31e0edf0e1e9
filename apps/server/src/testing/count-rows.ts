import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestInstallation } from './start-test-installation.ts'

const tables = [
  'documents',
  'envelopes',
  'envelope_documents',
  'recipients',
  'signings',
  'contents',
  'requests',
  'attempts',
  'artifacts',
  'events',
  'reports',
  'evidence',
  'idempotency_keys',
] as const

/** How many rows stand in every table of the domain, and how many files in the store. */
export async function countRows(
  muhr: Pick<TestInstallation, 'sql' | 'config'>,
): Promise<Readonly<Record<string, number>>> {
  const counts = tables.map((table) => `(select count(*)::int from ${table}) as ${table}`)
  const [row] = await muhr.sql<Record<string, number>>(`select ${counts.join(', ')}`)

  return {
    ...row,
    files: await countFiles(join(muhr.config.storeDir, 'objects')),
    drafts: await countFiles(join(muhr.config.storeDir, 'drafts')),
  }
}

async function countFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })

  return entries.filter((entry) => entry.isFile()).length
}
