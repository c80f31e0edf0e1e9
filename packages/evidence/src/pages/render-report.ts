import type { VerificationReport } from '@muhr/pki'
import { isCounted } from '../manifest.ts'
import { adviceWords } from '../words/advice.ts'
import { readableTime } from '../words/questions.ts'
import { countWords, reportWords, sandboxWords, stateWords, verdictWords } from '../words/report.ts'
import { languages } from '../words/words.ts'
import { digest, type Html, html, nothing, pairs, say, text, when } from './html.ts'
import type { PageData } from './page-data.ts'
import { etsi, renderSignature, renderStanding, tone } from './render-signature.ts'
import { reportStyle, seals } from './report-style.ts'

type Indication = VerificationReport['indication']

const order: readonly Indication[] = ['TOTAL-FAILED', 'INDETERMINATE', 'TOTAL-PASSED']
const languageNames = { ru: 'Русский', kk: 'Қазақша', uz: 'Oʻzbekcha', en: 'English' } as const

/** The worst of all, as the page is no better than that; nothing signed is nothing known. */
function worstOf(
  reports: readonly VerificationReport[],
): Pick<VerificationReport, 'indication' | 'subIndication'> {
  const worst = order
    .map((indication) => reports.find((report) => report.indication === indication))
    .find((report) => report !== undefined)

  return worst ?? { indication: 'INDETERMINATE' }
}

/** One signature is named by its verdict, several are counted. */
function sentence(reports: readonly VerificationReport[]): Html {
  const signatures = reports.flatMap((report): readonly { readonly indication: Indication }[] =>
    report.signatures.length === 0 ? [report] : report.signatures,
  )
  const [only] = signatures
  if (only === undefined) {
    return say(reportWords.noSignatures)
  }
  if (signatures.length === 1) {
    return say(verdictWords[only.indication])
  }
  const total = signatures.length
  const countOf = (wanted: Indication): number =>
    signatures.filter(({ indication }) => indication === wanted).length
  const parts = (['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED'] as const)
    .filter((indication) => indication === 'TOTAL-PASSED' || countOf(indication) > 0)
    .map((indication) => say(countWords[indication], { count: countOf(indication), total }))

  return html`${parts.flatMap((part, index) => (index === 0 ? [part] : [text('; '), part]))}`
}

/** Reports of the signatures that count. */
function countedReports({ reports, signatures }: PageData): readonly VerificationReport[] {
  return reports.filter((_, index) => {
    const named = signatures[index]

    return named !== undefined && isCounted(named)
  })
}

function renderVerdict(data: PageData): Html {
  const reports = countedReports(data)
  const worst = worstOf(reports)
  const [first] = reports
  const line = [
    etsi(worst),
    ...(first === undefined ? [] : [readableTime(first.validationTime), first.policy]),
  ].join(' · ')

  return html`<section class="verdict ${tone(worst.indication)}">${seals[worst.indication]}<div><h1>${sentence(reports)}</h1><p>${say(reportWords.asOf)}</p><p class="dim small"><code>${text(line)}</code></p></div></section>`
}

function renderEnvelope({ envelope }: PageData): Html {
  const time = (iso: string | undefined): Html | undefined =>
    iso === undefined ? undefined : text(readableTime(iso))
  const bin = envelope.bin

  return html`<h2>${say(reportWords.envelope)}: ${text(envelope.title)}</h2>${pairs([
    [
      say(reportWords.sender),
      html`${text(envelope.organisation)}${when(bin !== undefined, () => html`, ${say(reportWords.bin)} ${text(bin ?? '')}`)}`,
    ],
    [
      say(reportWords.state),
      stateWords[envelope.state] === undefined
        ? text(envelope.state)
        : say(stateWords[envelope.state] ?? reportWords.state),
    ],
    [say(reportWords.created), time(envelope.createdAt)],
    [say(reportWords.sent), time(envelope.sentAt)],
    [say(reportWords.ended), time(envelope.endedAt)],
    [
      say(reportWords.journal),
      html`${say(reportWords.journalLine, { count: envelope.lastEvent, hash: '' })}${digest(envelope.eventHash)}`,
    ],
    [text('ID'), html`<code>${text(envelope.id)}</code>`],
  ])}`
}

function renderDocuments({ documents, signatures }: PageData): Html {
  const rows = documents.map(({ path, title, sha256 }) => {
    const count = signatures.filter((named) => named.document === path && isCounted(named)).length

    return html`<tr><td><b>${text(title)}</b><br><code>${text(path)}</code><br>SHA-256 ${digest(sha256)}</td><td>${
      count === 0 ? html`<b class="wait">${say(reportWords.unsigned)}</b>` : text(String(count))
    }</td></tr>`
  })

  return html`<h2>${say(reportWords.documents)}</h2><table><tr><th>${say(reportWords.title)}, ${say(reportWords.file)}</th><th>${say(reportWords.signaturesOver)}</th></tr>${rows}</table>`
}

/** A container that could not be read has a verdict and nothing else. */
function renderUnread(report: VerificationReport, named: PageData['signatures'][number]): Html {
  const advice = adviceWords[report.subIndication ?? 'FORMAT_FAILURE']

  const shade = isCounted(named) ? tone(report.indication) : text('dim')
  const seal = isCounted(named) ? seals[report.indication] : nothing

  return html`<article class="card ${shade}"><header class="${shade}">${seal}<div><h3>${say(verdictWords[report.indication])}</h3><p><code>${text(named.path)}</code> <code class="dim">${text(etsi(report))}</code></p><p>${renderStanding(named)}</p></div></header><div class="note"><b>${say(advice.what)}</b> ${say(advice.next)}</div></article>`
}

function renderCards(
  { reports, signatures }: PageData,
  { counted }: { readonly counted: boolean },
): readonly Html[] {
  return signatures.flatMap((named, index) => {
    const report = reports[index]
    if (report === undefined || isCounted(named) !== counted) {
      return []
    }

    return report.signatures.length === 0
      ? [renderUnread(report, named)]
      : report.signatures.map((signature) => renderSignature(signature, named))
  })
}

/** Those that count, then those that are kept because they happened. */
function renderSignatures(data: PageData): Html {
  const others = renderCards(data, { counted: false })

  return html`<h2>${say(reportWords.signatures)}</h2>${renderCards(data, { counted: true })}${when(
    others.length > 0,
    () => html`<h2>${say(reportWords.uncounted)}</h2>${others}`,
  )}`
}

/**
 * `report.html`: the verdicts for people, in the order that convinces a lawyer, in four languages on one
 * page that prints on A4. No scripts, nothing is fetched. A sandbox is marked on every printed page.
 */
export function renderReport(data: PageData): string {
  const { envelope, documents } = data
  const [first] = documents
  const sandbox = languages.map(
    (language) => html`<span lang="${text(language)}">${text(sandboxWords[language])}</span>`,
  )
  const more = documents.length > 1 ? ` (1/${documents.length})` : ''
  const style = reportStyle({
    left: `Muhr · ${envelope.id} · SHA-256${more} ${first?.sha256 ?? '-'}`,
    sandbox: envelope.sandbox ? 'ПЕСОЧНИЦА · SANDBOX · TEST' : '',
  })

  return html`<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="referrer" content="no-referrer"><title>${text(envelope.title)} · Muhr</title><style>${style}</style></head><body>
${envelope.sandbox ? html`<div class="strip">${sandbox}</div><div class="mark" aria-hidden="true">ПЕСОЧНИЦА<br>SANDBOX · TEST</div>` : nothing}
${languages.map((language) => html`<input type="radio" name="language" class="language" id="l-${text(language)}"${language === 'ru' ? text(' checked') : nothing}>`)}
<nav class="languages">${languages.map((language) => html`<label for="l-${text(language)}" lang="${text(language)}">${text(languageNames[language])}</label>`)}</nav>
<main><p class="dim">${say(reportWords.heading)}</p>
${renderVerdict(data)}
${renderSignatures(data)}
${renderDocuments(data)}
${renderEnvelope(data)}
<h2>${say(reportWords.again)}</h2><p>${say(reportWords.againHow)}</p><pre><code>npx muhr verify ${text(envelope.id)}.zip --trust ROOT.pem</code></pre>
</main></body></html>
`
}
