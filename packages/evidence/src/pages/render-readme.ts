import type { VerificationReport } from '@muhr/pki'
import { isCounted, type Manifest } from '../manifest.ts'
import { readableTime } from '../words/questions.ts'
import { readmeWords } from '../words/readme.ts'
import { standingWords, verdictWords } from '../words/report.ts'
import { languages } from '../words/words.ts'
import type { PageData } from './page-data.ts'
import { shellWord } from './shell.ts'

type Lines = readonly string[]
type NamedSignature = Manifest['signatures'][number]

const rule = '-'.repeat(78)

/** A value on one line: nothing in it can pose as another line of the file. */
function oneLine(value: string): string {
  return value.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
}

function row(term: string, value: string | undefined): Lines {
  return value === undefined || value === '' ? [] : [`${term.padEnd(14)}${oneLine(value)}`]
}

function introduction({ envelope, reports, signatures }: PageData): Lines {
  return [
    `EVIDENCE ${envelope.id}`,
    rule,
    ...(envelope.sandbox ? [...languages.map((each) => readmeWords.sandbox[each]), rule] : []),
    ...languages.flatMap((each) => [
      readmeWords.name[each],
      '',
      ...readmeWords.what[each].split('\n'),
      '',
      ...readmeWords.trust[each].split('\n'),
      '',
      ...summary(reports.filter((_, index) => isCountedAt(signatures, index))).map(
        (indication) => verdictWords[indication][each],
      ),
      rule,
    ]),
  ]
}

function isCountedAt(signatures: PageData['signatures'], index: number): boolean {
  const named = signatures[index]

  return named !== undefined && isCounted(named)
}

/** The verdicts that stand in the bundle, each once, the worst first. */
function summary(
  reports: readonly VerificationReport[],
): readonly VerificationReport['indication'][] {
  return (['TOTAL-FAILED', 'INDETERMINATE', 'TOTAL-PASSED'] as const).filter((wanted) =>
    reports.some(({ indication }) => indication === wanted),
  )
}

function envelopeLines({ envelope }: PageData): Lines {
  const { bin, organisation } = envelope
  const time = (iso: string | undefined) => (iso === undefined ? '-' : readableTime(iso))

  return [
    ...row('Title', envelope.title),
    ...row('Sent by', bin === undefined ? organisation : `${organisation}, BIN ${bin}`),
    ...row('State', envelope.state),
    ...row('Created', time(envelope.createdAt)),
    ...row('Sent', time(envelope.sentAt)),
    ...row('Ended', time(envelope.endedAt)),
    ...row('Journal', `${envelope.lastEvent} records, last hash ${envelope.eventHash}`),
    '',
  ]
}

const numberNames = {
  snils: 'SNILS',
  inn: 'INN',
  ogrn: 'OGRN',
  iin: 'IIN',
  bin: 'BIN',
  pinfl: 'PINFL',
} as const

function holderOf({ signer }: NamedSignature): string {
  const numbers = (Object.keys(numberNames) as (keyof typeof numberNames)[]).flatMap((kind) =>
    signer[kind] === undefined ? [] : [`${numberNames[kind]} ${signer[kind]}`],
  )

  return [
    signer.name,
    ...((signer.organisation ?? '') ? [signer.organisation ?? ''] : []),
    ...numbers,
  ].join(', ')
}

function signatureLines({ signatures, reports }: PageData): Lines {
  return [
    'SIGNATURES AS THEY WERE FOUND',
    rule,
    ...signatures.flatMap((signature, index) => [
      signature.path,
      ...row('  over', signature.content),
      ...row('  asked from', signature.recipient),
      ...row('  certificate', holderOf(signature)),
      ...row('  found', foundOf(signature, reports[index])),
      ...row('  in envelope', standingWords[signature.standing]?.en ?? signature.standing),
      ...row('  accepted by', signature.acceptedBy && `a person: ${signature.acceptedBy.reason}`),
      '',
    ]),
  ]
}

function foundOf({ indication }: NamedSignature, report: VerificationReport | undefined): string {
  const because = report?.subIndication === undefined ? '' : ` / ${report.subIndication}`
  const when =
    report === undefined ? '' : `, ${readableTime(report.validationTime)}, ${report.policy}`

  return `${indication}${because}${when}`
}

const fileLines: Lines = [
  'FILES',
  rule,
  'report.html, report.json  what was found when the signatures were received',
  'documents/                the documents',
  'contents/                 what was signed, where it is not the document itself',
  'signatures/               the signatures as they were received',
  'certificates/             certificates (DER)',
  'revocation/               OCSP answers and revocation lists as received (DER)',
  'timestamps/               time-stamps of the signatures; manifest.tst, when one was',
  '                          taken, is over manifest.json: all existed at its time;',
  '                          manifest-*: what that time-stamp rests on, named by SHA-256',
  'events.jsonl              audit journal: each line holds the SHA-256 of the one before',
  'manifest.json             names every file with its SHA-256',
  '',
]

function digestLines({ documents, contents, signatures }: PageData): Lines {
  const digests = new Map(
    [...documents, ...contents, ...signatures].map(({ path, sha256 }) => [path, sha256]),
  )

  return [
    'DIGESTS (SHA-256)',
    rule,
    ...[...digests].map(([path, sha256]) => `${sha256}  ${path}`),
    '',
    'Check them in the folder of the unpacked archive:',
    '',
    "  grep -E '^[0-9a-f]{64}  ' README.txt | sha256sum -c",
    '',
  ]
}

function muhrLines({ envelope, signatures }: PageData): Lines {
  const [first] = signatures
  const content =
    first === undefined || !first.detached ? '' : ` --content ${shellWord(first.content)}`

  return [
    'CHECK EVERYTHING WITH MUHR (offline)',
    rule,
    `  npx muhr verify ${shellWord(`${envelope.id}.zip`)} --trust ROOT.pem`,
    '',
    'Exit code 0: every signature is proven. 1: something is not as it was signed.',
    '2: data is missing. One signature alone:',
    '',
    ...(first === undefined
      ? []
      : [`  npx muhr verify ${shellWord(first.path)}${content} --trust ROOT.pem`, '']),
  ]
}

function opensslLines(data: PageData): Lines {
  const { signatures, reports } = data
  const isRsa = (index: number) =>
    /rsa/i.test(reports[index]?.signatures[0]?.signatureAlgorithm.name ?? '')
  const rsa = signatures.filter((named, index) => isCounted(named) && isRsa(index))
  const others = signatures.filter((named, index) => isCounted(named) && !isRsa(index))

  return [
    'CHECK WITH OPENSSL',
    rule,
    'Steps between signer and root: the certificates of the bundle but its roots, since roots',
    'come from you alone. openssl trusts nothing in trust.pem but the roots of ROOT.pem.',
    '',
    '  for f in certificates/*.cer; do [ "$(openssl x509 -inform DER -in "$f" -noout -subject_hash)" = "$(openssl x509 -inform DER -in "$f" -noout -issuer_hash)" ] || openssl x509 -inform DER -in "$f"; done > chain.pem',
    '  cat ROOT.pem chain.pem > trust.pem',
    '',
    ...(rsa.length === 0 ? [] : ['RSA signatures:', '']),
    ...rsa.flatMap((signature) => [`  ${opensslVerify(signature, timeOf(data, signature))}`, '']),
    ...(others.length === 0
      ? []
      : [
          'GOST signatures of Kazakhstan: openssl does not know their object identifiers. It',
          'prints what they hold; their mathematics (GOST R 34.10-2012, GOST R 34.11-2012) is',
          'checked by muhr verify, whose source is open, or by the service of the authority:',
          '',
        ]),
    ...others.flatMap((signature) => [
      `  openssl cms -cmsout -print -inform DER -in ${shellWord(signature.path)}`,
      '',
    ]),
    'Time-stamp over the manifest, when there is one with an RSA key (TSA.pem: roots of',
    'time-stamp services that you trust):',
    '',
    `  openssl ts -verify -token_in -in timestamps/manifest.tst -data manifest.json -CAfile TSA.pem -untrusted chain.pem -attime ${endOf(data)}`,
    '',
    'An OCSP answer or a certificate in words:',
    '',
    '  openssl ocsp -noverify -resp_text -respin revocation/NAME.ocsp',
    '  openssl x509 -inform DER -noout -text -in certificates/NAME.cer',
    '',
  ]
}

/** An attached signature covers what is inside it: that must be compared with the document. */
function opensslVerify({ path, content, detached }: NamedSignature, seconds: number): string {
  return [
    'openssl cms -verify -binary -inform DER',
    `-in ${shellWord(path)}`,
    ...(detached ? [`-content ${shellWord(content)}`] : []),
    `-CAfile trust.pem -no-CApath -purpose any -attime ${seconds}`,
    detached ? '-out /dev/null' : `-out signed.bin && cmp signed.bin ${shellWord(content)}`,
  ].join(' ')
}

/** Unix seconds when the signature is known to have existed: its certificate may have ended since. */
function timeOf(data: PageData, signature: NamedSignature): number {
  const [found] = data.reports[data.signatures.indexOf(signature)]?.signatures ?? []
  const stamp = found?.timestamps.find(({ valid }) => valid)
  const iso = stamp?.genTime ?? found?.signingTime

  return iso === undefined ? endOf(data) : Math.floor(Date.parse(iso) / 1000)
}

/** Unix seconds when the envelope ended. */
function endOf({ envelope }: PageData): number {
  return Math.floor(Date.parse(envelope.endedAt ?? envelope.createdAt) / 1000)
}

/** `README.txt`: what the bundle holds and how to check all of it again, with Muhr and without. */
export function renderReadme(data: PageData): string {
  const lines = [
    ...introduction(data),
    ...envelopeLines(data),
    ...signatureLines(data),
    ...fileLines,
    ...digestLines(data),
    ...muhrLines(data),
    ...opensslLines(data),
  ]

  return `${lines.join('\n')}\n`
}
