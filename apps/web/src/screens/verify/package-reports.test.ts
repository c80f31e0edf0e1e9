import { describe, expect, it } from 'vitest'
import type { Report } from '../../api/report-types.ts'
import type { EnvelopeDocument, Indication } from '../../api/types.ts'
import { documentReports, worstOf } from './package-reports.ts'

const document = (id: string): EnvelopeDocument => ({
  id,
  fileName: `${id}.pdf`,
  sha256: '',
  size: 1,
  mediaType: 'application/pdf',
  signatures: 1,
})
const report = (indication: Indication): Report => ({
  indication,
  validationTime: '2026-11-30T04:00:00Z',
  policy: 'sandbox',
  sandbox: true,
  signatures: [],
})
const entry = (id: string, indication: Indication, standing = 'accepted') => ({
  report: report(indication),
  artifact: { sha256: '', format: 'CMS', detached: true, standing, document: id },
})

describe('reports of a package', () => {
  it('gives each document the report on its best signature, the last of several', () => {
    const found = documentReports(
      {
        report: report('TOTAL-PASSED'),
        history: [
          entry('a', 'TOTAL-FAILED', 'refused'),
          entry('b', 'INDETERMINATE'),
          entry('a', 'TOTAL-PASSED'),
          entry('b', 'TOTAL-PASSED'),
        ],
      },
      { documents: [document('a'), document('b')] },
    )

    expect(found.map(({ fileName, report: own }) => [fileName, own?.indication])).toEqual([
      ['a.pdf', 'TOTAL-PASSED'],
      ['b.pdf', 'TOTAL-PASSED'],
    ])
  })

  it('lets the worst speak, and a document without any report before all', () => {
    const of = (...history: ReturnType<typeof entry>[]) =>
      worstOf(
        documentReports(
          { report: report('TOTAL-PASSED'), history },
          { documents: [document('a'), document('b')] },
        ),
      )?.id

    expect(of(entry('a', 'TOTAL-PASSED'), entry('b', 'INDETERMINATE'))).toBe('b')
    expect(of(entry('a', 'TOTAL-FAILED'), entry('b', 'INDETERMINATE'))).toBe('a')
    expect(of(entry('a', 'TOTAL-FAILED'))).toBe('b')
  })
})
