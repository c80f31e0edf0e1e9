import type { BundleReport } from '@muhr/evidence'
import {
  adviceWords,
  answerQuestions,
  answerWords,
  questionWords,
  readableTime,
  roleWords,
  sandboxWords,
  standingWords,
  verdictWords,
} from '@muhr/evidence/words'
import type { SignatureReport, VerificationReport } from '@muhr/pki'
import { paint, type Tone } from '../command/paint.ts'
import { plainText } from '../command/plain-text.ts'
import type { FileReport } from './verify-file.ts'

export type RenderOptions = {
  /** What the report is about, as the person named it. */
  readonly name: string
  /** The document that was found beside a detached signature. */
  readonly content?: string
  /** How many certificates are trusted. */
  readonly anchors: number
  readonly isColoured: boolean
}

type Lines = readonly string[]

const toneOf = { 'TOTAL-PASSED': 'good', INDETERMINATE: 'open', 'TOTAL-FAILED': 'bad' } as const
const toneOfAnswer = { yes: 'good', unknown: 'open', no: 'bad' } as const
const toneOfResult = { passed: 'good', indeterminate: 'open', failed: 'bad' } as const

const isBundle = (report: FileReport): report is BundleReport => 'bundle' in report

function etsi({
  indication,
  subIndication,
}: Pick<VerificationReport, 'indication' | 'subIndication'>): string {
  return subIndication === undefined ? indication : `${indication} / ${subIndication}`
}

/** One term with its value, which may come from a certificate. */
function row(term: string, value: string | undefined): Lines {
  return value === undefined || value === '' ? [] : [`  ${term.padEnd(13)}${plainText(value)}`]
}

const numberNames = {
  snils: 'SNILS',
  inn: 'INN',
  ogrn: 'OGRN',
  iin: 'IIN',
  bin: 'BIN',
  pinfl: 'PINFL',
} as const

function numbersOf({ signer }: SignatureReport): string {
  return (Object.keys(numberNames) as (keyof typeof numberNames)[])
    .flatMap((kind) => (signer[kind] === undefined ? [] : [`${numberNames[kind]} ${signer[kind]}`]))
    .join(', ')
}

function whenOf({ timestamps, signingTime }: SignatureReport): string | undefined {
  const stamp = timestamps.find(({ valid }) => valid)
  if (stamp !== undefined) {
    return `${readableTime(stamp.genTime)} (by a time-stamp service)`
  }

  return signingTime === undefined
    ? undefined
    : `${readableTime(signingTime)} (by the clock of the signer; nobody vouches for it)`
}

function questionLines(signature: SignatureReport, isColoured: boolean): Lines {
  return answerQuestions(signature).map(({ question, answer, ground }) => {
    const word = paint(answerWords[answer].en.padEnd(8), toneOfAnswer[answer], isColoured)

    return `  ${word} ${questionWords[question].en.padEnd(20)} ${plainText(ground.en)}`
  })
}

type Reason = Pick<VerificationReport, 'indication' | 'subIndication'>

/** What to do next; the names of files that were given make it particular. */
function adviceLines({ indication, subIndication }: Reason, options: RenderOptions): Lines {
  if (subIndication === undefined) {
    return []
  }
  const { what, next } = adviceWords[subIndication]
  const isUntrusting = subIndication === 'NO_CERTIFICATE_CHAIN_FOUND' && options.anchors === 0

  return [
    '',
    `  ${what.en} (${subIndication})`,
    `  What to do: ${
      subIndication === 'SIGNED_DATA_NOT_FOUND'
        ? `muhr verify ${plainText(options.name)} --content DOCUMENT`
        : next.en
    }`,
    ...(isUntrusting
      ? [
          '  No root certificate is trusted yet: name one with --trust, or keep it with muhr trust add.',
        ]
      : []),
    ...(indication === 'INDETERMINATE'
      ? ['  Until then take the signature neither for good nor for forged.']
      : []),
  ]
}

/** Advice once for each reason, whichever signatures have it. */
function allAdvice(report: FileReport, options: RenderOptions): Lines {
  const reasons = new Map<string | undefined, Reason>()
  for (const reason of [...report.signatures, report]) {
    if (!reasons.has(reason.subIndication)) {
      reasons.set(reason.subIndication, reason)
    }
  }
  const ofBundle = isBundle(report) ? bundleAdvice(report) : []

  return ofBundle.length > 0
    ? ofBundle
    : [
        ...[...reasons.values()].flatMap((reason) => adviceLines(reason, options)),
        ...(report.signatures.some(isSandboxRefused) ? sandboxAdvice : []),
      ]
}

/** Refused for being of a sandbox, which is no fault of the key. */
function isSandboxRefused({ checks }: SignatureReport): boolean {
  return checks.some(({ name, result }) => name === 'sandbox' && result !== 'passed')
}

const sandboxAdvice: Lines = [
  '',
  '  These are test keys of a Muhr sandbox.',
  '  What to do: Test keys are trusted only where you say so: --trust with the CA file of the sandbox.',
]

/** A bundle that was changed is told as a whole: which of its parts is said above. */
function bundleAdvice({ bundle }: BundleReport): Lines {
  return bundle.checks.some(({ result }) => result === 'failed')
    ? [
        '',
        '  The bundle is not as it was written: see the lines that answer “no”.',
        '  What to do: Ask for the bundle again where it came from, and do not pack it anew. Do not rely on this copy.',
      ]
    : []
}

const bundleVerdicts = {
  'TOTAL-PASSED': 'EVIDENCE HOLDS',
  INDETERMINATE: 'NOT ENOUGH DATA',
  'TOTAL-FAILED': 'EVIDENCE DOES NOT HOLD',
} as const

function verdictLine(
  reason: Reason,
  { words, isColoured }: { readonly words: string; readonly isColoured: boolean },
): string {
  return `${paint(words, toneOf[reason.indication], isColoured)}  ${etsi(reason)}`
}

const verdictOf = ({ indication }: Reason): string => verdictWords[indication].en.toUpperCase()

function signatureLines(
  signature: SignatureReport & { readonly path?: string; readonly document?: string },
  options: RenderOptions,
): Lines {
  const { signer, chain, signatureAlgorithm } = signature
  const role = signer.role === undefined ? undefined : (roleWords[signer.role]?.en ?? signer.role)

  return [
    '',
    `  ${verdictLine(signature, { words: verdictOf(signature), isColoured: options.isColoured })}`,
    ...row('Signature', signature.path),
    ...row('Document', signature.document),
    ...row('Who', signer.name),
    ...row('', numbersOf(signature)),
    ...row('', [signer.organisation, role].filter((part) => part !== undefined).join(', ')),
    ...row('When', whenOf(signature)),
    ...row(
      'By what',
      signer.serialNumber === '' ? undefined : `certificate ${signer.serialNumber}`,
    ),
    ...row('', chain[1] === undefined ? undefined : `issued by ${chain[1].subject}`),
    ...row('', `${signatureAlgorithm.name}, ${signature.format}`),
    ...questionLines(signature, options.isColoured),
  ]
}

const bundleCheckWords: Readonly<Record<BundleReport['bundle']['checks'][number]['name'], string>> =
  {
    container: 'Archive whole',
    manifest: 'Manifest whole',
    files: 'Files as the manifest names them',
    derivations: 'Signed contents come from the documents',
    signatures: 'Every document has a signature',
    'time-stamp': 'Time-stamp over the manifest',
    events: 'Journal unbroken',
    report: 'Report agrees with the signatures',
    pages: 'Pages agree with the data',
    claims: 'What is claimed is what was found',
    sandbox: 'Test keys declared',
  }

function bundleLines({ bundle }: BundleReport, isColoured: boolean): Lines {
  const { envelope, manifestTimestamp, checks, uncounted } = bundle
  const words = { passed: 'yes', indeterminate: 'unknown', failed: 'no' } as const
  const time = manifestTimestamp?.genTime

  return [
    ...(envelope === undefined
      ? []
      : [
          ...row('Envelope', envelope.title),
          ...row('Sent by', envelope.organisation),
          ...row('State', envelope.state),
          ...row(
            'Existed',
            manifestTimestamp?.indication === 'TOTAL-PASSED' && time !== undefined
              ? `at ${readableTime(time)} (time-stamp over the manifest)`
              : undefined,
          ),
          '',
        ]),
    ...uncounted.flatMap(({ path, standing, indication, subIndication }) =>
      row(
        'Not counted',
        `${path}: ${standingWords[standing]?.en ?? standing}${
          indication === undefined
            ? ''
            : ` (${etsi({ indication, ...(subIndication === undefined ? {} : { subIndication }) })})`
        }`,
      ),
    ),
    ...checks.map(({ name, result, detail }) => {
      const answer = paint(words[result].padEnd(8), toneOfResult[result] as Tone, isColoured)
      const note = result === 'passed' || detail === undefined ? '' : `: ${plainText(detail)}`

      return `  ${answer} ${bundleCheckWords[name]}${note}`
    }),
  ]
}

/** A report in plain words for a terminal. Colours only where they are asked for. */
export function renderReport(report: FileReport, options: RenderOptions): string {
  const { isColoured } = options
  const words = isBundle(report) ? bundleVerdicts[report.indication] : verdictOf(report)
  const lines = [
    ...(report.sandbox
      ? [paint(sandboxWords.ru, 'open', isColoured), paint(sandboxWords.en, 'open', isColoured)]
      : []),
    `${plainText(options.name)}: ${verdictLine(report, { words, isColoured })}`,
    ...row('Policy', `${report.policy}, as of ${readableTime(report.validationTime)}`),
    ...row(
      'Document',
      options.content === undefined ? undefined : `${options.content} (found beside the signature)`,
    ),
    ...row('Signatures', String(report.signatures.length)),
    ...row('Fault', report.code),
    ...(isBundle(report) ? bundleLines(report, isColoured) : []),
    ...report.signatures.flatMap((signature) => signatureLines(signature, options)),
    ...allAdvice(report, options),
  ]

  return `${lines.join('\n')}\n\n`
}
