import type { Certificate, PathCheck } from '@muhr/pki'
import { paint } from '../command/paint.ts'
import { plainText } from '../command/plain-text.ts'
import { codeWords } from './code-words.ts'
import type { DescribedPath } from './describe-path.ts'
import type { PathOutcome } from './judge-path.ts'

type Lines = readonly string[]

const verdicts = {
  valid: { words: 'PATH VALID', tone: 'good' },
  indeterminate: { words: 'NOT ENOUGH DATA', tone: 'open' },
  invalid: { words: 'PATH NOT VALID', tone: 'bad' },
} as const

function row(term: string, value: string): string {
  return `  ${term.padEnd(13)}${plainText(value)}`
}

const toneOfRevocation = {
  good: 'good',
  revoked: 'bad',
  unknown: 'open',
  unusable: 'open',
  unavailable: 'open',
} as const

function revocationLines(
  { source, status, ...rest }: DescribedPath['revocation'][number],
  isColoured: boolean,
): Lines {
  const { code, reason, revokedAt, thisUpdate, warning } = rest as Readonly<Record<string, string>>
  const word = paint(status, toneOfRevocation[status as 'good'], isColoured)
  const notes = [
    code,
    reason,
    revokedAt === undefined ? undefined : `since ${revokedAt}`,
    thisUpdate === undefined ? undefined : `${source} of ${thisUpdate}`,
    warning,
  ].filter((note) => note !== undefined)

  return [`    ${['revocation', word, ...notes.map(plainText)].join('  ')}`]
}

function checkLines(checks: readonly PathCheck[], isColoured: boolean): Lines {
  return checks.flatMap((check) => {
    if (check.result === 'passed') {
      return []
    }
    const word = paint(check.result, check.result === 'failed' ? 'bad' : 'open', isColoured)
    const detail = check.detail === undefined ? '' : `  ${plainText(check.detail)}`

    return [`    ${check.name}  ${word}  ${check.code}${detail}`]
  })
}

function certificateLines(
  certificate: Certificate,
  {
    outcome,
    described,
    index,
    isColoured,
  }: {
    readonly outcome: PathOutcome
    readonly described: DescribedPath
    readonly index: number
    readonly isColoured: boolean
  },
): Lines {
  const { path } = outcome
  const role = certificate.sha256 === path.anchor?.sha256 ? 'trusted' : `${index + 1}`
  const revocation = described.revocation[index]
  const checks = path.checks.filter((check) => check.certificate === certificate.sha256)

  return [
    row(role, certificate.subject.text),
    row('', `certificate ${certificate.serialNumber}`),
    ...checkLines(checks, isColoured),
    ...(revocation === undefined ? [] : revocationLines(revocation, isColoured)),
  ]
}

/** A result in plain words for a terminal. Colours only where they are asked for. */
export function renderPath(
  outcome: PathOutcome,
  {
    name,
    described,
    isColoured,
  }: { readonly name: string; readonly described: DescribedPath; readonly isColoured: boolean },
): string {
  const { status, code, path } = outcome
  const { words, tone } = verdicts[status]
  const { user = [], explicit = false } = path.policies ?? {}
  const lines = [
    `${plainText(name)}: ${paint(words, tone, isColoured)}${code === undefined ? '' : `  ${code}`}`,
    row('As of', described.validationTime),
    ...path.chain.flatMap((certificate, index) =>
      certificateLines(certificate, { outcome, described, index, isColoured }),
    ),
    ...(explicit || user.length > 0
      ? [row('Policies', user.length === 0 ? 'none' : user.map(({ oid }) => oid).join(', '))]
      : []),
    ...(described.revocation.length === 0 && status === 'valid'
      ? [row('', 'Revocation was not looked up: give lists with --crl or answers with --ocsp.')]
      : []),
    ...(described.unreadable ?? []).map((file) => row('Not read', file)),
    ...(code === undefined
      ? []
      : ['', `  ${codeWords[code].what} (${code})`, `  What to do: ${codeWords[code].next}`]),
  ]

  return `${lines.join('\n')}\n`
}
