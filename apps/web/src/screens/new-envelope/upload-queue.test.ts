import { describe, expect, it } from 'vitest'
import { acceptFiles, cleanFileName, mediaTypeOf } from './accept-files.ts'
import {
  nextUploads,
  secondsLeft,
  totalBytes,
  type UploadEvent,
  type UploadQueue,
  type UploadRow,
  uploadQueue,
} from './upload-queue.ts'

const row = (key: string, over: Partial<UploadRow> = {}): UploadRow => ({
  key,
  fileName: `${key}.pdf`,
  size: 1000,
  mediaType: 'application/pdf',
  phase: 'waiting',
  sentBytes: 0,
  ...over,
})
const document = (sha256: string) => ({
  id: `doc_${sha256}`,
  sha256,
  size: 1000,
  mediaType: 'application/pdf',
  fileName: 'x.pdf',
})
const run = (queue: UploadQueue, ...events: readonly UploadEvent[]) =>
  events.reduce(uploadQueue, queue)

describe('uploadQueue', () => {
  it('is ready only when the server stored the bytes that the browser read', () => {
    const started = run([row('a')], { type: 'started', key: 'a', atMs: 0 })
    const hashed = run(started, { type: 'hashed', key: 'a', sha256: 'aa' })

    expect(hashed[0]?.phase).toBe('uploading')
    expect(run(hashed, { type: 'stored', key: 'a', document: document('aa') })[0]?.phase).toBe(
      'ready',
    )
  })

  it('does not care which of the two digests comes first', () => {
    const queue = run(
      [row('a')],
      { type: 'started', key: 'a', atMs: 0 },
      { type: 'stored', key: 'a', document: document('aa') },
      { type: 'hashed', key: 'a', sha256: 'aa' },
    )

    expect(queue[0]?.phase).toBe('ready')
  })

  it('breaks when the digests differ, and forgets what the server stored', () => {
    const queue = run(
      [row('a')],
      { type: 'started', key: 'a', atMs: 0 },
      { type: 'hashed', key: 'a', sha256: 'aa' },
      { type: 'stored', key: 'a', document: document('bb') },
    )

    expect(queue[0]).toMatchObject({ phase: 'broken', code: 'file.digest-differs' })
    expect(queue[0]?.document).toBeUndefined()
  })

  it('names the file that has the same bytes', () => {
    const queue = run(
      [row('a'), row('b')],
      { type: 'hashed', key: 'a', sha256: 'aa' },
      { type: 'hashed', key: 'b', sha256: 'aa' },
    )

    expect(queue[1]).toMatchObject({ phase: 'twin', twinOf: 'a.pdf' })
    expect(queue[0]?.phase).toBe('waiting')
  })

  it('keeps a twin a twin when its call is taken off the wire', () => {
    const queue = run(
      [row('a'), row('b')],
      { type: 'hashed', key: 'a', sha256: 'aa' },
      { type: 'hashed', key: 'b', sha256: 'aa' },
      { type: 'failed', key: 'b', code: 'network.lost', isFinal: false },
    )

    expect(queue[1]).toMatchObject({ phase: 'twin', code: 'file.twin' })
  })

  it('gives a twin its turn when the first is taken away', () => {
    const queue = run(
      [row('a'), row('b')],
      { type: 'hashed', key: 'a', sha256: 'aa' },
      { type: 'hashed', key: 'b', sha256: 'aa' },
      { type: 'removed', key: 'a' },
    )

    expect(queue.map(({ key, phase }) => [key, phase])).toEqual([['b', 'waiting']])
  })

  it('lets a broken file be tried again, a refused one not', () => {
    const broken = run(
      [row('a', { phase: 'uploading' })],
      { type: 'failed', key: 'a', code: 'network.lost', isFinal: false },
      { type: 'retried', key: 'a' },
    )
    const refused = run(
      [row('a', { phase: 'uploading' })],
      { type: 'failed', key: 'a', code: 'document.empty', isFinal: true },
      { type: 'retried', key: 'a' },
    )

    expect(broken[0]?.phase).toBe('waiting')
    expect(refused[0]?.phase).toBe('refused')
  })

  it('ignores what comes late for a file that was removed', () => {
    const queue = run(
      [row('a', { phase: 'uploading' })],
      { type: 'removed', key: 'a' },
      { type: 'stored', key: 'a', document: document('aa') },
    )

    expect(queue).toEqual([])
  })

  it('never counts progress backwards or beyond the size', () => {
    const queue = run(
      [row('a', { phase: 'uploading' })],
      { type: 'progress', key: 'a', sentBytes: 700 },
      { type: 'progress', key: 'a', sentBytes: 300 },
      { type: 'progress', key: 'a', sentBytes: 5000 },
    )

    expect(queue[0]?.sentBytes).toBe(1000)
  })

  it('puts two files on the wire, no more', () => {
    const queue = [row('a', { phase: 'uploading' }), row('b'), row('c')]

    expect(nextUploads(queue).map(({ key }) => key)).toEqual(['b'])
  })

  it('tells the seconds left once a speed is known', () => {
    const moving = row('a', { phase: 'uploading', sentBytes: 250, startedAtMs: 0 })

    expect(secondsLeft(moving, 100)).toBeUndefined()
    expect(secondsLeft(moving, 2000)).toBe(6)
  })
})

describe('acceptFiles', () => {
  let key = 0
  const accept = (files: readonly { name: string; size: number }[], queue: UploadQueue = []) =>
    acceptFiles(
      files.map((file) => ({ ...file, type: '' })),
      {
        queue,
        limits: { maxBytes: 1000, maxDocuments: 3 },
        newKey: () => {
          key += 1

          return `k${key}`
        },
      },
    )

  it('refuses an empty file by name, and takes its valid twin', () => {
    const rows = accept([
      { name: 'empty.pdf', size: 0 },
      { name: 'full.pdf', size: 1 },
    ])

    expect(rows.map(({ phase, code }) => [phase, code])).toEqual([
      ['refused', 'file.empty'],
      ['waiting', undefined],
    ])
  })

  it('counts what is there already: the file that goes over the limit is refused', () => {
    const there = [row('a', { phase: 'ready', size: 600 })]

    expect(accept([{ name: 'b.pdf', size: 400 }], there)[0]?.phase).toBe('waiting')
    expect(accept([{ name: 'b.pdf', size: 401 }], there)[0]?.code).toBe('file.too-large')
  })

  it('refuses more files than the service takes', () => {
    const rows = accept(['a', 'b', 'c', 'd'].map((name) => ({ name: `${name}.pdf`, size: 1 })))

    expect(rows.map(({ code }) => code)).toEqual([undefined, undefined, undefined, 'file.too-many'])
  })

  it('refused files and twins do not count towards the size', () => {
    expect(
      totalBytes([row('a', { phase: 'refused' }), row('b', { phase: 'twin' }), row('c')]),
    ).toBe(1000)
  })

  it('takes folders and marks that turn text around out of a name', () => {
    expect(cleanFileName('C:\\docs\\a.pdf')).toBe('a.pdf')
    expect(cleanFileName('../../etc/passwd')).toBe('passwd')
    expect(cleanFileName('evil\u202Efdp.exe')).toBe('evilfdp.exe')
  })

  it('refuses a file without a name', () => {
    expect(accept([{ name: '\u0000', size: 1 }])[0]?.code).toBe('file.nameless')
    expect(accept([{ name: `${'x'.repeat(256)}.pdf`, size: 1 }])[0]?.code).toBe(
      'file.name-too-long',
    )
  })

  it('knows media types that browsers leave empty', () => {
    expect(mediaTypeOf({ name: 'Счёт.XML', type: '' })).toBe('application/xml')
    expect(mediaTypeOf({ name: 'a.bin', type: '' })).toBe('application/octet-stream')
    expect(mediaTypeOf({ name: 'a.bin', type: 'image/png' })).toBe('image/png')
  })
})
