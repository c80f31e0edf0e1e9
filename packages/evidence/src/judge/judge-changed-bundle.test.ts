import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { readableJson } from '../canonical-json.ts'
import { readBundle } from '../read-bundle.ts'
import {
  changeBundle,
  type EditableFiles,
  manifestOf,
  renameDigests,
  setManifest,
} from '../testing/change-bundle.ts'
import {
  chainEvents,
  makeEvidence,
  signWith,
  type TestEvidence,
  testTimes,
} from '../testing/make-evidence.ts'
import { trustIn } from '../testing/test-pki.ts'
import { verifyBundle } from './verify-bundle.ts'

/** Without a time-stamp over the manifest, so that the manifest too can be changed unseen. */
let unstamped: TestEvidence

beforeAll(async () => {
  unstamped = await makeEvidence({ withManifestTimestamp: false, onlyRsa: true })
})

/** Verdict and every check that is not passed, in short. */
async function verdictOf(bytes: Uint8Array): Promise<readonly string[]> {
  const { indication, subIndication, bundle } = await verifyBundle(bytes, {
    trust: trustIn(...unstamped.pkis),
    policy: 'etsi-basic',
    now: testTimes.now,
  })

  return [
    subIndication === undefined ? indication : `${indication} ${subIndication}`,
    ...bundle.checks
      .filter(({ result }) => result !== 'passed')
      .map(({ name, detail }) => `${name}: ${detail}`),
  ]
}

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8')

/** A change that somebody makes who has all tools but no keys, and what is found. */
type Tampering = {
  readonly name: string
  readonly edit: (files: EditableFiles) => void
  readonly finds: readonly string[]
}

const tamperings: readonly Tampering[] = [
  {
    name: 'a document replaced',
    edit: (files) => files.set('documents/03-shartnoma.pdf', Buffer.from('another')),
    finds: ['TOTAL-FAILED HASH_FAILURE', 'files: digest-mismatch documents/03-shartnoma.pdf'],
  },
  {
    name: 'a document replaced, and its digest with it',
    edit: (files) => {
      files.set('documents/03-shartnoma.pdf', Buffer.from('another'))
      renameDigests(files)
    },
    finds: ['TOTAL-FAILED HASH_FAILURE', 'pages: other-than-data README.txt'],
  },
  {
    name: 'a document replaced under a derived content',
    edit: (files) => {
      files.set('documents/02-Шарт № 18.pdf', Buffer.from('another'))
      renameDigests(files)
    },
    finds: [
      'TOTAL-FAILED HASH_FAILURE',
      'derivations: derivation-mismatch utf8-of-base64 contents/02-utf8-of-base64.bin',
    ],
  },
  {
    name: 'a derived content replaced',
    edit: (files) => {
      files.set('contents/02-utf8-of-base64.bin', Buffer.from('another'))
      renameDigests(files)
    },
    finds: [
      'TOTAL-FAILED HASH_FAILURE',
      'derivations: derivation-mismatch utf8-of-base64 contents/02-utf8-of-base64.bin',
    ],
  },
  {
    name: 'a file taken away',
    edit: (files) => files.delete('report.html'),
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'files: missing report.html'],
  },
  {
    name: 'a file taken away, and its name with it',
    edit: (files) => {
      files.delete('events.jsonl')
      const manifest = manifestOf(files)
      setManifest(files, {
        ...manifest,
        files: manifest.files.filter(({ path }) => path !== 'events.jsonl'),
      })
    },
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'files: manifest-without events.jsonl'],
  },
  {
    name: 'a signature taken away',
    edit: (files) => files.delete('signatures/03-shartnoma.pdf.p7s'),
    finds: [
      'TOTAL-FAILED FORMAT_FAILURE',
      'files: missing signatures/03-shartnoma.pdf.p7s',
      'signatures: file-missing signatures/03-shartnoma.pdf.p7s',
    ],
  },
  {
    name: 'a file put beside them',
    edit: (files) => files.set('documents/04-annex.pdf', Buffer.from('x')),
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'files: not-named documents/04-annex.pdf'],
  },
  {
    name: 'what an archiver of macOS adds',
    edit: (files) => files.set('__MACOSX/._manifest.json', Buffer.from('x')),
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'files: not-named __MACOSX/._manifest.json'],
  },
  {
    name: 'the manifest taken away',
    edit: (files) => files.delete('manifest.json'),
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'manifest: manifest-missing'],
  },
  {
    name: 'a manifest that is no JSON',
    edit: (files) => files.set('manifest.json', Buffer.from('{')),
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'manifest: manifest-unreadable'],
  },
  {
    name: 'a manifest with one more space',
    edit: (files) =>
      files.set('manifest.json', Buffer.from(`${text(files.get('manifest.json'))} `)),
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'manifest: manifest-unreadable'],
  },
  {
    name: 'a manifest with a key of somebody else',
    edit: (files) =>
      files.set(
        'manifest.json',
        Buffer.from(
          text(files.get('manifest.json')).replace('"pages": 1,', '"pages": 1,\n  "note": "x",'),
        ),
      ),
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'manifest: manifest-unreadable'],
  },
  {
    name: 'a manifest whose paths lead out',
    edit: (files) =>
      files.set(
        'manifest.json',
        Buffer.from(
          text(files.get('manifest.json')).replaceAll('documents/03-shartnoma.pdf', '../x.pdf'),
        ),
      ),
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'manifest: manifest-unreadable'],
  },
  {
    name: 'a signature named for a document that it does not cover',
    edit: (files) => {
      const manifest = manifestOf(files)
      const [first, , third] = manifest.signatures
      if (first !== undefined && third !== undefined) {
        setManifest(files, {
          ...manifest,
          signatures: manifest.signatures.map((each) =>
            each === third ? { ...third, document: first.document, content: first.content } : each,
          ),
        })
      }
    },
    finds: [
      'TOTAL-FAILED HASH_FAILURE',
      'signatures: document-unsigned documents/03-shartnoma.pdf',
    ],
  },
  {
    name: 'a signature named for a content of another document',
    edit: (files) => {
      const manifest = manifestOf(files)
      setManifest(files, {
        ...manifest,
        signatures: manifest.signatures.map((each) => ({
          ...each,
          document: 'documents/01-Договор № 17.pdf',
        })),
      })
    },
    finds: [
      'TOTAL-FAILED FORMAT_FAILURE',
      'signatures: content-not-named signatures/03-shartnoma.pdf.p7s',
    ],
  },
  {
    name: 'another person named in the manifest',
    edit: (files) => {
      const manifest = manifestOf(files)
      setManifest(files, {
        ...manifest,
        signatures: manifest.signatures.map((each) => ({
          ...each,
          signer: { ...each.signer, name: 'ӨЗГЕ АДАМ' },
        })),
      })
    },
    finds: [
      'TOTAL-FAILED FORMAT_FAILURE',
      'report: other-than-signature signatures/01-Договор № 17.pdf.p7s',
    ],
  },
  {
    name: 'another person named in the report, its digest renamed',
    edit: (files) => {
      files.set(
        'report.json',
        Buffer.from(text(files.get('report.json')).replaceAll('000140000025', '000140000033')),
      )
      renameDigests(files)
    },
    finds: [
      'TOTAL-FAILED FORMAT_FAILURE',
      'report: other-than-signature signatures/02-Шарт № 18.pdf.p7s',
    ],
  },
  {
    name: 'another verdict in the report',
    edit: (files) => {
      files.set(
        'report.json',
        Buffer.from(text(files.get('report.json')).replaceAll('TOTAL-PASSED', 'INDETERMINATE')),
      )
      renameDigests(files)
    },
    finds: [
      'TOTAL-FAILED FORMAT_FAILURE',
      'report: other-than-manifest signatures/01-Договор № 17.pdf.p7s',
    ],
  },
  {
    name: 'a report that is not as it is written',
    edit: (files) => {
      files.set(
        'report.json',
        Buffer.from(JSON.stringify(JSON.parse(text(files.get('report.json'))))),
      )
      renameDigests(files)
    },
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'report: report-unreadable'],
  },
  {
    name: 'a page that says what the data do not',
    edit: (files) => {
      files.set(
        'report.html',
        Buffer.from(text(files.get('report.html')).replaceAll('ТЕСТОВ ТЕСТ', 'ӨЗГЕ АДАМ')),
      )
      renameDigests(files)
    },
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'pages: other-than-data report.html'],
  },
  {
    name: 'a title changed in the manifest',
    edit: (files) => {
      const manifest = manifestOf(files)
      setManifest(files, {
        ...manifest,
        documents: manifest.documents.map((each) => ({ ...each, title: 'Договор дарения' })),
      })
    },
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'pages: other-than-data report.html'],
  },
  {
    name: 'an event changed',
    edit: (files) => {
      files.set(
        'events.jsonl',
        Buffer.from(text(files.get('events.jsonl')).replace('envelope.sent', 'envelope.void')),
      )
      renameDigests(files)
    },
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'events: chain-broken-at 2'],
  },
  {
    name: 'the last event taken away',
    edit: (files) => {
      const lines = text(files.get('events.jsonl')).split('\n')
      files.set('events.jsonl', Buffer.from(`${lines.slice(0, 2).join('\n')}\n`))
      renameDigests(files)
    },
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'events: end-of-chain-mismatch'],
  },
  {
    name: 'the events of another envelope',
    edit: (files) => {
      const events = chainEvents('01JDTEST0000000000000OTHER', ['envelope.created'])
      files.set('events.jsonl', Buffer.from(`${JSON.stringify(events[0])}\n`))
      renameDigests(files)
    },
    finds: ['TOTAL-FAILED FORMAT_FAILURE'],
  },
  {
    name: 'a line of events with keys in another order',
    edit: (files) => {
      const lines = text(files.get('events.jsonl'))
        .trimEnd()
        .split('\n')
        .map((line) =>
          JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line)).reverse())),
        )
      files.set('events.jsonl', Buffer.from(`${lines.join('\n')}\n`))
      renameDigests(files)
    },
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'events: line-unreadable 1'],
  },
  {
    name: 'a sandbox that passes itself off as real',
    edit: (files) => {
      const manifest = manifestOf(files)
      setManifest(files, { ...manifest, envelope: { ...manifest.envelope, sandbox: false } })
    },
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'sandbox: test-keys-not-declared'],
  },
  {
    name: 'a signature that is none',
    edit: (files) => {
      files.set('signatures/03-shartnoma.pdf.p7s', Buffer.from('Signed: me'))
      renameDigests(files)
    },
    finds: [
      'TOTAL-FAILED FORMAT_FAILURE',
      'signatures: not-a-signature signatures/03-shartnoma.pdf.p7s',
    ],
  },
  {
    name: 'a signature that is damaged',
    edit: (files) => {
      const path = 'signatures/03-shartnoma.pdf.p7s'
      files.set(path, (files.get(path) ?? new Uint8Array()).subarray(0, 900))
      renameDigests(files)
    },
    finds: [
      'TOTAL-FAILED FORMAT_FAILURE',
      'signatures: signature-damaged signatures/03-shartnoma.pdf.p7s',
    ],
  },
  {
    name: 'a detached signature that is said to be attached',
    edit: (files) => {
      const manifest = manifestOf(files)
      setManifest(files, {
        ...manifest,
        signatures: manifest.signatures.map((each) => ({ ...each, detached: false })),
      })
    },
    finds: [
      'TOTAL-FAILED FORMAT_FAILURE',
      'signatures: detached-or-not signatures/01-Договор № 17.pdf.p7s',
    ],
  },
  {
    name: 'one path named with two digests',
    edit: (files) => {
      const manifest = manifestOf(files)
      const sha256 = createHash('sha256').update('x').digest('hex')
      setManifest(files, {
        ...manifest,
        files: [...manifest.files, { path: 'documents/03-shartnoma.pdf', sha256 }],
      })
    },
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'files: named-twice documents/03-shartnoma.pdf'],
  },
  {
    name: 'no signatures at all',
    edit: (files) => {
      const manifest = manifestOf(files)
      for (const { path } of manifest.signatures) {
        files.delete(path)
      }
      const report = { sandbox: true, signatures: [] }
      files.set('report.json', Buffer.from(readableJson(report)))
      setManifest(files, { ...manifest, signatures: [] })
      renameDigests(files)
    },
    finds: ['TOTAL-FAILED FORMAT_FAILURE', 'signatures: no-signatures'],
  },
]

describe('a bundle that somebody changed', () => {
  it.each(tamperings)('fails: $name', async ({ edit, finds }) => {
    const verdict = await verdictOf(changeBundle(unstamped.bytes, edit))
    expect(verdict[0]).toBe(finds[0])
    expect(verdict).toEqual(expect.arrayContaining([...finds]))
  })

  it('is what it was when nothing is changed', async () => {
    const same = changeBundle(unstamped.bytes, renameDigests)
    expect(Buffer.compare(same, unstamped.bytes)).toBe(0)
  })
})

describe('a signature by another key over the right content', () => {
  it('is found out by the manifest, though it verifies', async () => {
    const [rsa] = unstamped.pkis
    const path = 'signatures/01-Договор № 17.pdf.p7s'
    const content =
      readBundle(unstamped.bytes).get('documents/01-Договор № 17.pdf') ?? new Uint8Array()
    const other =
      rsa === undefined
        ? new Uint8Array()
        : await signWith(rsa.head, { content, form: 'detached', tsa: rsa.tsa })
    const bytes = changeBundle(unstamped.bytes, (editable) => {
      editable.set(path, other)
      renameDigests(editable)
    })
    expect(await verdictOf(bytes)).toEqual([
      'TOTAL-FAILED FORMAT_FAILURE',
      `report: other-than-signature ${path}`,
      'pages: other-than-data README.txt',
    ])
  })
})
