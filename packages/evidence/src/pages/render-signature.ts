import type { SignatureReport, VerificationReport } from '@muhr/pki'
import { isCounted, type Manifest } from '../manifest.ts'
import { adviceWords } from '../words/advice.ts'
import { answerQuestions, answerWords, questionWords, readableTime } from '../words/questions.ts'
import {
  numberWords,
  reportWords,
  roleWords,
  standingWords,
  verdictWords,
} from '../words/report.ts'
import { digest, type Html, html, nothing, pairs, say, text, when } from './html.ts'
import { seals } from './report-style.ts'

const toneOf = { 'TOTAL-PASSED': 'ok', INDETERMINATE: 'wait', 'TOTAL-FAILED': 'bad' } as const
const toneOfAnswer = { yes: 'ok', unknown: 'wait', no: 'bad' } as const
const toneOfResult = { passed: 'ok', indeterminate: 'wait', failed: 'bad' } as const

/** A verdict with its class name, which carries the colour. */
export function tone(indication: VerificationReport['indication']): Html {
  return text(toneOf[indication])
}

/** The words of ETSI EN 319 102-1, small below ours. */
export function etsi(verdict: Pick<VerificationReport, 'indication' | 'subIndication'>): string {
  return verdict.subIndication === undefined
    ? verdict.indication
    : `${verdict.indication} / ${verdict.subIndication}`
}

function numbersOf({ signer }: SignatureReport): Html {
  const kinds = Object.keys(numberWords) as (keyof typeof numberWords)[]
  const found = kinds.flatMap((kind) => {
    const value = signer[kind]

    return value === undefined ? [] : [html`${say(numberWords[kind])} ${text(value)}`]
  })

  return found.length === 0
    ? nothing
    : html`${found.flatMap((each, index) => (index === 0 ? [each] : [text(' · '), each]))} <span class="dim small">(${say(reportWords.fromCertificate)})</span>`
}

function whenOf(signature: SignatureReport): Html | undefined {
  const stamp = signature.timestamps.find(({ valid }) => valid)
  const time = stamp?.genTime ?? signature.signingTime

  return time === undefined
    ? undefined
    : html`<b>${text(readableTime(time))}</b><br><span class="dim small">${say(stamp === undefined ? reportWords.claimedTime : reportWords.stampedTime)}</span>`
}

function certificateOf({ signer, chain }: SignatureReport): Html | undefined {
  return signer.serialNumber === ''
    ? undefined
    : say(reportWords.certificate, {
        serial: signer.serialNumber,
        issuer: chain[1]?.subject ?? chain[0]?.subject ?? '?',
      })
}

function technicalOf(signature: SignatureReport): Html {
  const { signatureAlgorithm, digestAlgorithm, contentDigest, chain, revocation, checks } =
    signature

  return html`<details><summary>${say(reportWords.technical)}</summary>
${pairs([
  [text('Format'), text(`${signature.format}, ${signature.country ?? '-'}, ${signature.level}`)],
  [text('Signature'), text(`${signatureAlgorithm.name} (${signatureAlgorithm.oid})`)],
  [text('Digest'), text(`${digestAlgorithm.name} (${digestAlgorithm.oid})`)],
  [text('Content'), contentDigest === '' ? undefined : digest(contentDigest)],
  [text('Subject'), text(signature.signer.subject)],
])}
<table>${chain.map(
    (link) =>
      html`<tr><td>${text(link.subject)}<br><code>${text(link.serialNumber)}</code></td><td>${digest(link.sha256)}</td></tr>`,
  )}</table>
<table>${revocation.map(
    (each) =>
      html`<tr><td><code>${text(each.serialNumber)}</code></td><td>${text(each.source)}</td><td>${text(each.status)}</td><td>${text(readableTime(each.thisUpdate ?? ''))}</td></tr>`,
  )}${signature.timestamps.map(
    (stamp) =>
      html`<tr><td>RFC 3161</td><td>${text(stamp.valid ? 'valid' : 'not valid')}</td><td></td><td>${text(readableTime(stamp.genTime))}</td></tr>`,
  )}</table>
<table>${checks.map(
    (check) =>
      html`<tr><td>${text(check.name)}</td><td class="${text(toneOfResult[check.result])}">${text(check.result)}</td><td><code>${text(check.detail ?? '')}</code></td></tr>`,
  )}</table></details>`
}

function adviceOf({ indication, subIndication }: SignatureReport): Html {
  const advice =
    subIndication !== undefined && Object.hasOwn(adviceWords, subIndication)
      ? adviceWords[subIndication]
      : undefined

  return advice === undefined
    ? nothing
    : html`<div class="note"><b>${say(advice.what)}</b> ${say(reportWords.next)}: ${say(advice.next)} ${when(
        indication === 'INDETERMINATE',
        () => say(reportWords.meanwhile),
      )}</div>`
}

/** A held one that a person accepted waits no more. */
function isDecided({ standing, acceptedBy }: Manifest['signatures'][number]): boolean {
  return standing === 'held' && acceptedBy !== undefined
}

/** How a signature stood; one that does not count must not be taken for one that does. */
export function renderStanding({ standing }: Manifest['signatures'][number]): Html {
  const words = Object.hasOwn(standingWords, standing) ? standingWords[standing] : undefined
  const said = words === undefined ? text(standing) : say(words)

  return isCounted({ standing }) ? said : html`<b class="bad">${said}</b>`
}

/**
 * One signature for people: who, when, by what, five questions, what to do. One that does not count has no seal:
 * whatever its mathematics says, it proves nothing here.
 */
export function renderSignature(
  signature: SignatureReport,
  named: Manifest['signatures'][number],
): Html {
  const { signer, indication } = signature
  const role = signer.role === undefined ? undefined : roleWords[signer.role]

  const shade = isCounted(named) ? tone(indication) : text('dim')
  const seal = isCounted(named) ? seals[indication] : nothing

  return html`<article class="card ${shade}"><header class="${shade}">${seal}<div><h3>${text(signer.name)}</h3><p class="dim small">${text(signer.organisation ?? '')}${when(
    signer.organisation !== undefined && role !== undefined,
    () => text(', '),
  )}${role === undefined ? text(signer.role ?? '') : say(role)}</p><p class="${shade}"><b>${say(verdictWords[indication])}</b> <code class="dim">${text(etsi(signature))}</code></p></div></header>
${pairs([
  [say(reportWords.expected), text(named.recipient)],
  [say(reportWords.byCertificate), html`${text(signer.name)}<br>${numbersOf(signature)}`],
  [say(reportWords.when), whenOf(signature)],
  [say(reportWords.byWhat), certificateOf(signature)],
  [say(reportWords.algorithm), text(`${signature.signatureAlgorithm.name}, ${signature.format}`)],
  [say(reportWords.document), html`<code>${text(named.document)}</code>`],
  [say(reportWords.signatureFile), html`<code>${text(named.path)}</code>`],
  [say(reportWords.standing), isDecided(named) ? undefined : renderStanding(named)],
  [
    say(reportWords.accepted),
    named.acceptedBy === undefined
      ? undefined
      : text(`${readableTime(named.acceptedBy.at)}: ${named.acceptedBy.reason}`),
  ],
])}
<table>${answerQuestions(signature).map(
    ({ question, answer, ground }) =>
      html`<tr><td><b>${say(questionWords[question])}</b><br><span class="dim small">${say(ground)}</span></td><td class="answer ${text(toneOfAnswer[answer])}">${say(answerWords[answer])}</td></tr>`,
  )}</table>
${adviceOf(signature)}${technicalOf(signature)}</article>`
}
