/**
 * Lays out a source that was written as JSON and prints the SHA-256 of the bundle: run as a process of
 * its own, in another time zone and language.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { layOutBundle } from '../lay-out-bundle.ts'
import type { EvidenceSource } from '../source.ts'
import { writeBundle } from '../write-bundle.ts'

type Stored = {
  readonly source: Omit<EvidenceSource, 'read'>
  readonly objects: Readonly<Record<string, string>>
}

const [, , file = ''] = process.argv
const { source, objects } = JSON.parse(readFileSync(file, 'utf8')) as Stored
const read = async (sha256: string): Promise<Uint8Array> =>
  Buffer.from(objects[sha256] ?? '', 'base64')
const hash = createHash('sha256')
for await (const chunk of writeBundle(layOutBundle({ ...source, read }), { read })) {
  hash.update(chunk as Uint8Array)
}
process.stdout.write(hash.digest('hex'))
