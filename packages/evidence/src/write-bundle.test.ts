import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { layOutBundle } from './lay-out-bundle.ts'
import { readBundle } from './read-bundle.ts'
import type { EvidenceSource } from './source.ts'
import { collect, makeEvidence, type TestEvidence } from './testing/make-evidence.ts'
import { writeBundle } from './write-bundle.ts'

let evidence: TestEvidence

beforeAll(async () => {
  evidence = await makeEvidence({ withManifestTimestamp: false, onlyRsa: true })
})

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const write = (source: EvidenceSource): Promise<Uint8Array> =>
  collect(writeBundle(layOutBundle(source), { read: source.read }))

/** The same value with the keys of every object in reverse, as a database may give them back. */
function reversed<Value>(value: Value): Value {
  if (Array.isArray(value)) {
    return value.map(reversed) as Value
  }

  return typeof value === 'object' && value !== null
    ? (Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, reversed(inner)]),
      ) as Value)
    : value
}

describe('the same source', () => {
  it('gives the same bytes twice', async () => {
    expect(sha256(await write(evidence.source))).toBe(sha256(evidence.bytes))
  })

  it('gives the same bytes whatever order its keys have', async () => {
    const { read, ...data } = evidence.source
    expect(sha256(await write({ ...reversed(data), read }))).toBe(sha256(evidence.bytes))
  })

  it.each([
    ['Asia/Almaty', 'ru_RU.UTF-8'],
    ['America/St_Johns', 'C'],
  ])('gives the same bytes in another process in %s', async (TZ, LC_ALL) => {
    const folder = mkdtempSync(join(tmpdir(), 'muhr-evidence-'))
    try {
      const { read, ...source } = evidence.source
      const layout = layOutBundle(evidence.source)
      const digests = layout.files.flatMap((file) => ('stored' in file ? [file.stored] : []))
      const objects = Object.fromEntries(
        await Promise.all(
          digests.map(async (digest) => [
            digest,
            Buffer.from(await read(digest)).toString('base64'),
          ]),
        ),
      )
      writeFileSync(join(folder, 'source.json'), JSON.stringify({ source, objects }))
      const { stdout, stderr } = spawnSync(
        process.execPath,
        [resolve(import.meta.dirname, 'testing/lay-out.fixture.ts'), join(folder, 'source.json')],
        { env: { ...process.env, TZ, LC_ALL }, encoding: 'utf8' },
      )
      expect(`${stderr}${stdout}`).toBe(sha256(evidence.bytes))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('gives other bytes when anything in it differs', async () => {
    const { envelope } = evidence.source
    const other = { ...evidence.source, envelope: { ...envelope, title: `${envelope.title}.` } }
    expect(sha256(await write(other))).not.toBe(sha256(evidence.bytes))
  })
})

describe('file names', () => {
  it('that no system could write are made safe, numbered and distinct', async () => {
    const { bytes } = await makeEvidence({
      onlyRsa: true,
      fileNames: ['../../etc/passwd', 'CON', `${'я'.repeat(240)}.pdf`],
    })
    expect([...readBundle(bytes).keys()].filter((path) => path.startsWith('documents/'))).toEqual([
      'documents/01-__.._etc_passwd',
      'documents/02-CON',
      `documents/03-${'я'.repeat(100)}.pdf`,
    ])
  })
})

describe('an object of the store', () => {
  it('that no longer has its bytes ends the stream; nothing is written in its place', async () => {
    const layout = layOutBundle(evidence.source)
    const [digest] = evidence.source.documents.map((document) => document.sha256)
    const read = async (wanted: string): Promise<Uint8Array> =>
      wanted === digest ? Buffer.from('rotten') : evidence.source.read(wanted)
    await expect(collect(writeBundle(layout, { read }))).rejects.toMatchObject({
      code: 'evidence.damaged',
      data: { reason: 'object-mismatch', path: 'documents/01-Договор № 17.pdf' },
    })
  })

  it('that is not there ends the stream with the error of the store', async () => {
    const layout = layOutBundle(evidence.source)
    const read = async (): Promise<Uint8Array> => Promise.reject(new RangeError('gone'))
    await expect(collect(writeBundle(layout, { read }))).rejects.toThrow('gone')
  })
})

describe('a source that does not fit together', () => {
  it('is refused before anything is written', () => {
    const { source } = evidence
    const lost = {
      ...source,
      signatures: source.signatures.map((each) => ({ ...each, content: 'c9' })),
    }
    expect(() => layOutBundle(source)).not.toThrow()
    expect(() => layOutBundle(lost)).toThrow(RangeError)
  })
})
