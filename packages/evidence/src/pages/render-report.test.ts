import { createHash } from 'node:crypto'
import type { SignatureReport, VerificationReport } from '@muhr/pki'
import { describe, expect, it } from 'vitest'
import { type PageData, pagesVersion } from './page-data.ts'
import { renderReadme } from './render-readme.ts'
import { renderReport } from './render-report.ts'

const signature: SignatureReport = {
  indication: 'TOTAL-PASSED',
  format: 'CAdES-T',
  country: 'KZ',
  signatureAlgorithm: { oid: '1.2.840.113549.1.1.11', name: 'RSA with SHA-256' },
  digestAlgorithm: { oid: '2.16.840.1.101.3.4.2.1', name: 'SHA-256' },
  cryptography: 'valid',
  contentDigest: 'ab'.repeat(32),
  level: 'unqualified',
  signer: {
    subject: 'CN=ТЕСТОВ ТЕСТ,SERIALNUMBER=IIN000140000017,C=KZ',
    name: 'ТЕСТОВ ТЕСТ',
    serialNumber: '0a1b',
    iin: '000140000017',
    role: '1.2.398.3.3.4.1.1',
  },
  chain: [
    { subject: 'CN=ТЕСТОВ ТЕСТ', serialNumber: '0a1b', sha256: '01'.repeat(32) },
    { subject: 'CN=TEST CA', serialNumber: '02', sha256: '02'.repeat(32) },
  ],
  anchor: { subject: 'CN=TEST CA', sha256: '02'.repeat(32) },
  revocation: [
    {
      serialNumber: '0a1b',
      source: 'ocsp',
      status: 'good',
      thisUpdate: '2026-11-22T10:47:20.000Z',
    },
  ],
  signingTime: '2026-11-22T10:47:10.000Z',
  timestamps: [{ genTime: '2026-11-22T10:47:12.000Z', valid: true }],
  checks: [
    { name: 'format', result: 'passed' },
    { name: 'content-digest', result: 'passed' },
    { name: 'signature-value', result: 'passed' },
    { name: 'certificate-path', result: 'passed' },
    { name: 'time-stamp', result: 'passed' },
  ],
}

const report: VerificationReport = {
  indication: 'TOTAL-PASSED',
  policy: 'kz-500',
  validationTime: '2026-11-22T10:47:20.000Z',
  sandbox: true,
  signatures: [signature],
}

const data: PageData = {
  envelope: {
    id: '01JDTEST0000000000000000EV',
    title: 'Договор',
    state: 'completed',
    organisation: 'ТОО «Пример»',
    bin: '000240000017',
    createdAt: '2026-11-22T10:40:00.000Z',
    sentAt: '2026-11-22T10:41:00.000Z',
    endedAt: '2026-11-22T10:47:30.000Z',
    sandbox: true,
    lastEvent: 3,
    eventHash: '0f'.repeat(32),
  },
  documents: [
    {
      path: 'documents/01-a.pdf',
      title: 'Договор № 17',
      sha256: 'cd'.repeat(32),
      mediaType: 'application/pdf',
    },
  ],
  contents: [
    {
      path: 'documents/01-a.pdf',
      document: 'documents/01-a.pdf',
      derivation: 'identity',
      sha256: 'cd'.repeat(32),
    },
  ],
  signatures: [
    {
      path: 'signatures/01-a.pdf.p7s',
      sha256: 'ef'.repeat(32),
      document: 'documents/01-a.pdf',
      content: 'documents/01-a.pdf',
      format: 'CAdES-T',
      detached: true,
      signer: { name: 'ТЕСТОВ ТЕСТ', iin: '000140000017', serialNumber: '0a1b' },
      recipient: 'Тестов Тест',
      indication: 'TOTAL-PASSED',
      standing: 'accepted',
    },
  ],
  reports: [report],
}

const withSignature = (changes: Partial<SignatureReport>): PageData => ({
  ...data,
  reports: [
    {
      ...report,
      ...changes,
      checks: undefined,
      signatures: [{ ...signature, ...changes }],
    } as VerificationReport,
  ],
})

describe('report.html', () => {
  it('says the verdict in four languages, then who, when and by what', () => {
    const page = renderReport(data)
    for (const words of [
      'Подпись действительна',
      'Қолтаңба жарамды',
      'Imzo haqiqiy',
      'Signature is valid',
      'ИИН</span>',
      '000140000017',
      '2026-11-22 10:47:12 UTC',
      'CN=TEST CA',
      'физическое лицо',
    ]) {
      expect(page).toContain(words)
    }
  })

  it('answers unknown where nothing was found, and says what to do', () => {
    const { signingTime, ...bare } = signature
    const page = renderReport(
      withSignature({
        ...bare,
        indication: 'INDETERMINATE',
        subIndication: 'TRY_LATER',
        revocation: [{ serialNumber: '0a1b', source: 'none', status: 'unavailable' }],
        timestamps: [],
      }),
    )
    expect(page).toContain('Не хватает данных об отзыве.')
    expect(page).toContain('До этого не считайте подпись ни верной, ни поддельной.')
    expect(page).not.toContain('Подпись действительна')
    expect(signingTime).toBeDefined()
  })

  it('marks a sandbox on the screen and on every printed page, and nothing else', () => {
    const marks = ['class="strip"', 'class="mark"', 'ПЕСОЧНИЦА · SANDBOX · TEST']
    const real = { ...data, envelope: { ...data.envelope, sandbox: false } }
    for (const mark of marks) {
      expect(renderReport(data)).toContain(mark)
      expect(renderReport(real)).not.toContain(mark)
    }
    expect(renderReport(data)).toContain('.mark{position:fixed')
  })

  it('names a document without a signature', () => {
    const [document] = data.documents
    const page = renderReport({
      ...data,
      documents: [...data.documents, { ...document, path: 'documents/02-b.pdf' } as never],
    })
    expect(page).toContain('подписей нет')
    expect(renderReport(data)).not.toContain('подписей нет')
  })

  it.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '</style><b>', "'&"])(
    'shows %j as text, wherever it comes from',
    (hostile) => {
      const [document] = data.documents
      const [named] = data.signatures
      const page = renderReport({
        ...data,
        envelope: {
          ...data.envelope,
          id: hostile,
          title: hostile,
          organisation: hostile,
          state: hostile,
        },
        documents: [{ ...document, title: hostile } as never],
        signatures: [
          {
            ...named,
            recipient: hostile,
            acceptedBy: { actor: hostile, reason: hostile, at: hostile },
          } as never,
        ],
        reports: [
          {
            ...report,
            policy: hostile as never,
            signatures: [
              {
                ...signature,
                signer: {
                  ...signature.signer,
                  name: hostile,
                  organisation: hostile,
                  role: hostile,
                },
              },
            ],
          },
        ],
      })
      const plain = renderReport(data)
      const tags = (html: string) => [...html.matchAll(/<\/?([a-z]+)/g)].map(([, name]) => name)
      expect(page).not.toContain(hostile)
      expect(new Set(tags(page))).toEqual(new Set(tags(plain)))
      expect(page.match(/<\/style>/g)).toHaveLength(1)
    },
  )

  it('asks for nothing from anywhere', () => {
    expect(renderReport(data)).not.toMatch(/https?:|<script|<link|<img|url\(/)
  })
})

describe('the form of the pages', () => {
  it('is that of its version: who changes it counts the version up and keeps the old form', () => {
    const digest = (text: string) => createHash('sha256').update(text).digest('hex')
    expect({
      version: pagesVersion,
      'report.html': digest(renderReport(data)),
      'README.txt': digest(renderReadme(data)),
    }).toMatchInlineSnapshot(`
      {
        "README.txt": "8c93286e89772338652f85e147fbf39378e6b40fffe10db8a10639e8dd0af52e",
        "report.html": "ffeff822f03e56e8e7f3cf6d17d24bb2dd55a725889aaef643faf7d5d9ad042b",
        "version": 1,
      }
    `)
  })
})
