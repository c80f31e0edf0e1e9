import { describe, expect, it } from 'vitest'
import type { ReportedSignature } from '../../api/report-types.ts'
import { appRu } from '../../i18n/app/ru.ts'
import { commonRu } from '../../i18n/common/ru.ts'
import { reportRu } from '../../i18n/report/ru.ts'
import { createTranslator } from '../../i18n/translate.ts'
import { sampleReport } from '../dev-states/sample-report.ts'
import { adviceKey, answerQuestions } from './questions.ts'
import { commonName } from './signer-report.tsx'
import { verdictTitle } from './verdict-words.ts'
import {
  looksLikeSignatureName,
  looksLikeSignatureOctets,
  pairChosenFiles,
  pairFiles,
  toBase64,
} from './verify-files.ts'

const signature = (over: Partial<ReportedSignature> = {}): ReportedSignature => {
  const [first] = sampleReport('TOTAL-PASSED').signatures

  if (first === undefined) throw new TypeError('the sample has a signature')

  return { ...first, ...over }
}
const answers = (value: ReportedSignature) =>
  answerQuestions(value)
    .map(({ answer }) => answer)
    .join(' ')

describe('five questions (ui.md §15)', () => {
  it('are all yes for a proven signature', () => {
    expect(answers(signature())).toBe('yes yes yes yes yes')
  })

  it('are unknown, never yes, where no check speaks of them', () => {
    expect(answers(signature({ checks: [], revocation: [], timestamps: [] }))).toBe(
      'unknown unknown unknown unknown unknown',
    )
  })

  it('say of a document that is signed in part that it is so, not that it was changed', () => {
    const [, ...others] = signature().checks
    const value = signature({
      checks: [
        { name: 'content-digest', result: 'passed' },
        { name: 'coverage', result: 'indeterminate', detail: 'partial-coverage /act' },
        ...others,
      ],
    })
    expect(answerQuestions(value)[0]).toMatchObject({ answer: 'unknown', ground: 'part' })
  })

  it('say unknown of revocation that nobody answered for, whatever the check says', () => {
    const value = signature({
      revocation: [{ serialNumber: '1', source: 'none', status: 'unavailable' }],
    })

    expect(answers(value)).toBe('yes yes yes unknown yes')
  })

  it('say no when a check failed, even if another passed', () => {
    const value = signature({
      checks: [
        { name: 'content-digest', result: 'failed' },
        { name: 'signature-value', result: 'passed' },
        { name: 'certificate-path', result: 'passed' },
        { name: 'key-usage', result: 'failed' },
      ],
    })

    expect(answers(value)).toBe('no yes no unknown yes')
  })

  it('do not take the clock of the signer for a proof of time', () => {
    const time = answerQuestions(signature({ timestamps: [] })).find(
      ({ question }) => question === 'time',
    )

    expect(time).toMatchObject({ answer: 'unknown', ground: 'claimed' })
  })

  it('advise by the sub-indication, and in general where it has no words', () => {
    expect(adviceKey('HASH_FAILURE')).toBe('todo.HASH_FAILURE')
    expect(adviceKey('OUT_OF_BOUNDS_NO_POE')).toBe('todo.other')
    expect(adviceKey(undefined)).toBe('todo.other')
  })
})

describe('verdict in words', () => {
  const t = createTranslator('ru', { ...commonRu, ...appRu, ...reportRu })
  const report = (...indications: readonly ReportedSignature['indication'][]) => ({
    ...sampleReport('TOTAL-PASSED'),
    signatures: indications.map((indication) => signature({ indication })),
  })

  it.each([
    [['TOTAL-PASSED'], 'Подпись действительна'],
    [['INDETERMINATE'], 'Не хватает данных'],
    [['TOTAL-FAILED'], 'Подпись недействительна'],
    [['TOTAL-PASSED', 'TOTAL-PASSED'], 'Все 2 подписи доказаны'],
    [['TOTAL-PASSED', 'INDETERMINATE'], 'Для 1 подписи из 2 не хватает данных'],
    [['TOTAL-FAILED', 'INDETERMINATE', 'TOTAL-PASSED'], '1 подпись из 3 недействительна'],
    [[], 'Подписей в файле нет'],
  ] as const)('%j: %s', (indications, title) => {
    expect(verdictTitle(t, report(...indications))).toBe(title)
  })
})

describe('files to verify', () => {
  const file = (name: string) => ({ name })

  it('tells the signature from the document, in any order', () => {
    expect(pairFiles([file('a.pdf'), file('a.pdf.p7s')])).toEqual({
      container: file('a.pdf.p7s'),
      content: file('a.pdf'),
    })
    expect(pairFiles([file('b.cms')]).container).toEqual(file('b.cms'))
    expect(pairFiles([file('a.pdf'), file('b.pdf')]).container).toBeUndefined()
    expect(pairFiles([file('act.xml'), file('act.xml.sig')]).container).toEqual(file('act.xml.sig'))
    expect(pairFiles([file('a.pdf'), file('act.xml')]).container).toEqual(file('act.xml'))
    expect(looksLikeSignatureName('договор.SIG')).toBe(true)
  })

  it('writes base64 of more bytes than one call may take', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256)

    expect(toBase64(bytes.buffer)).toBe(Buffer.from(bytes).toString('base64'))
  })

  it('reads the common name out of a distinguished name', () => {
    expect(commonName('CN=TEST CA,C=KZ')).toBe('TEST CA')
    expect(commonName('C=KZ,CN=ТОО \\"A\\, B\\"')).toBe('ТОО "A, B"')
    expect(commonName('O=none')).toBe('O=none')
  })
})

describe('two files whose names say nothing', () => {
  const signedData = [0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]
  const text = new TextEncoder()

  it.each([
    ['BER', Uint8Array.from(signedData)],
    ['DER', Uint8Array.from([0x30, 0x82, 0x01, 0x00, ...signedData.slice(2)])],
    ['PEM', text.encode('-----BEGIN CMS-----\nMIIB')],
    ['base64', text.encode('MIAGCSqGSIb3DQEHAqCA')],
  ])('are told apart by what they hold: %s', async (_, octets) => {
    expect(looksLikeSignatureOctets(octets)).toBe(true)
    const document = new File(['Договор'], 'a.ber')
    const signature = new File([octets], 'b.txt')
    expect(await pairChosenFiles([document, signature])).toEqual({
      container: signature,
      content: document,
    })
  })

  it('are no signature when neither holds one', async () => {
    expect(looksLikeSignatureOctets(text.encode('%PDF-1.7'))).toBe(false)
    expect(looksLikeSignatureOctets(Uint8Array.of(0x30, 0x82, 1, 0, 6, 3, 2, 1))).toBe(false)
    const files = [new File(['x'], 'a'), new File(['y'], 'b')]
    expect((await pairChosenFiles(files)).container).toBeUndefined()
  })
})
