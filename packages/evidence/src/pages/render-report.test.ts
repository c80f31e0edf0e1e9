import { createHash } from 'node:crypto'
import type { SignatureReport, VerificationReport } from '@muhr/pki'
import { describe, expect, it } from 'vitest'
import { type PageData, pagesVersion } from './page-data.ts'
import {
  samplePage as data,
  pageSamples,
  sampleReport as report,
  sampleSignature as signature,
} from './page-samples.fixture.ts'
import { renderReadme } from './render-readme.ts'
import { renderReport } from './render-report.ts'

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
  const digest = (text: string): string =>
    createHash('sha256').update(text).digest('hex').slice(0, 16)

  it('is frozen: bundles of earlier days are rendered again and compared', () => {
    // Who must change a page or one of its words keeps this form beside the new one and counts
    // `pagesVersion` up. Writing new digests here makes every bundle of this version fail.
    expect(pagesVersion).toBe(1)
    expect(
      Object.entries(pageSamples).map(
        ([name, page]) => `${digest(renderReport(page))} ${digest(renderReadme(page))} ${name}`,
      ),
    ).toMatchInlineSnapshot(`
      [
        "ffeff822f03e56e8 8c93286e89772338 plain",
        "c41a34587fe6dcc2 c8af20f5b62150b7 no sandbox, little known",
        "366fa348ca2ada19 c71cf0b1d2a23413 no signatures",
        "ccb52b7f963d2afa 7ad5a6408903f54a state sent",
        "ffeff822f03e56e8 8c93286e89772338 state completed",
        "959209cb394b6e67 296454bcbef9920c state declined",
        "e77cb58046ef8ca1 9613915f0089e0da state expired",
        "1d8b8011769c2d4b 6ccff63abb1a707a state voided",
        "c33c416684039e97 261efd44be207a5b state failed",
        "ace2f9161a2abaee bb3da8f677f3869d every sub-indication",
        "f0a9934427753056 9bef20b46a973b72 every role and number",
        "3c4f9df254718c6b ac7e36c7d82fb2f5 every standing",
        "473cc8fc458dde20 dbc8cbc07ea1e126 every answer",
        "1e62a76b9cea7350 68cde77fcaa06045 GOST and RSA, attached and detached",
        "d35ad02bbfd43522 006c3ac9399646a8 unread containers, several signers, a document without signature",
      ]
    `)
  })
})
