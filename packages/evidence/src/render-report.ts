import type { SignatureReport } from '@muhr/pki'
import type { Manifest } from './manifest.ts'
import type { EvidenceSource } from './source.ts'

const verdicts = {
  'TOTAL-PASSED': {
    className: 'ok',
    ru: 'Подпись действительна',
    kk: 'Қолтаңба жарамды',
    uz: 'Imzo haqiqiy',
    en: 'Signature is valid',
  },
  INDETERMINATE: {
    className: 'wait',
    ru: 'Не хватает данных',
    kk: 'Дерек жеткіліксіз',
    uz: 'Maʼlumot yetarli emas',
    en: 'Not enough data',
  },
  'TOTAL-FAILED': {
    className: 'bad',
    ru: 'Подпись недействительна',
    kk: 'Қолтаңба жарамсыз',
    uz: 'Imzo haqiqiy emas',
    en: 'Signature is not valid',
  },
} as const

const sandboxWords = [
  'ПЕСОЧНИЦА · ТЕСТОВЫЕ КЛЮЧИ · Для суда такой протокол не годится',
  'ҚҰМСАЛҒЫШ · СЫНАҚ КІЛТТЕРІ · Мұндай хаттама сотқа жарамайды',
  'SINOV MAYDONI · SINOV KALITLARI · Bunday bayonnoma sudga yaramaydi',
  'SANDBOX · TEST KEYS · Not fit for a court',
]

const style = `
body{font:16px/1.5 -apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;color:#13202b;background:#fff;max-width:48rem;margin:2rem auto;padding:0 1rem}
h1,h2{font-family:"PT Serif",Cambria,"Noto Serif","Times New Roman",serif;line-height:1.2}
.strip{background:repeating-linear-gradient(135deg,#fbeed2 0 10px,#fff7e4 10px 20px);color:#7f4b00;border:1px solid #c98a1b;padding:.5rem 1rem;font-weight:600;white-space:pre-line}
section{border-top:1px solid #d4dce1;margin-top:1.5rem;padding-top:.5rem;break-inside:avoid}
.ok{color:#17653a}.wait{color:#7f4b00}.bad{color:#a2211f}
.words{color:#586873;font-size:.9em}
dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.2rem 1rem}dt{color:#586873}dd{margin:0;overflow-wrap:anywhere}
code{font:13px ui-monospace,Consolas,"Noto Sans Mono",monospace;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:.9em}td,th{border-top:1px solid #d4dce1;text-align:left;padding:.2rem .5rem .2rem 0}
@page{size:A4;margin:18mm}
`

function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}

function pair(term: string, value: string | undefined): string {
  return value === undefined || value === ''
    ? ''
    : `<dt>${escape(term)}</dt><dd>${escape(value)}</dd>`
}

/** `report.html`: the verdicts for people, in four languages, on one page that prints. No scripts. */
export function renderReport(source: EvidenceSource, signatures: Manifest['signatures']): string {
  const { envelope } = source
  const sections = source.signatures.map((signature, index) => {
    const place = signatures[index]
    const verdict = verdicts[signature.report.indication]

    return `<section><h2 class="${verdict.className}">${verdict.ru}</h2>
<p class="words">${verdict.kk} · ${verdict.uz} · ${verdict.en} · <code>${escape(signature.report.indication)}${
      signature.report.subIndication === undefined ? '' : ` / ${signature.report.subIndication}`
    }</code></p>
<dl>${pair('Документ · Document', place?.document)}${pair('Подпись · Signature', place?.path)}${pair('Получатель · Recipient', signature.recipient)}${
      signature.acceptedBy === undefined
        ? ''
        : pair(
            'Принято человеком · Accepted by a person',
            `${signature.acceptedBy.at}: ${signature.acceptedBy.reason}`,
          )
    }</dl>${signature.report.signatures.map(renderSignature).join('')}
<p class="words">${escape(signature.report.policy)} · ${escape(signature.report.validationTime)}</p></section>`
  })

  return `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(envelope.title)} · Muhr</title><style>${style}</style></head><body>
${envelope.sandbox ? `<div class="strip">${sandboxWords.join('\n')}</div>` : ''}
<h1>${escape(envelope.title)}</h1>
<dl>${pair('Конверт · Envelope', envelope.id)}${pair('Отправитель · Sender', `${envelope.organisation}${envelope.bin === undefined ? '' : `, БИН ${envelope.bin}`}`)}${pair('Состояние · State', envelope.state)}${pair('Отправлен · Sent', envelope.sentAt)}${pair('Окончен · Ended', envelope.endedAt)}</dl>
<h2>Документы · Documents</h2>
<table>${source.documents
    .map(
      (document) =>
        `<tr><td>${escape(document.title)}</td><td>${escape(document.fileName)}</td><td><code>SHA-256 ${escape(document.sha256)}</code></td></tr>`,
    )
    .join('')}</table>
${sections.join('\n')}
</body></html>
`
}

function renderSignature(signature: SignatureReport): string {
  const time = signature.timestamps.find((stamp) => stamp.valid)?.genTime

  return `<dl>${pair('Кто · Who', signature.signer.name)}${pair('ИИН · IIN', signature.signer.iin)}${pair('БИН · BIN', signature.signer.bin)}${pair('Организация · Organisation', signature.signer.organisation)}${pair(
    'Когда · When',
    time === undefined
      ? signature.signingTime === undefined
        ? undefined
        : `${signature.signingTime} (заявлено · claimed)`
      : `${time} (RFC 3161)`,
  )}${pair('Чем · By', `${signature.signatureAlgorithm.name}, ${signature.signer.serialNumber}`)}${pair(
    'Цепочка · Path',
    signature.chain.map((link) => link.subject).join(' → '),
  )}</dl>
<table>${signature.checks
    .map(
      (check) =>
        `<tr><td>${escape(check.name)}</td><td class="${check.result === 'passed' ? 'ok' : check.result === 'failed' ? 'bad' : 'wait'}">${escape(check.result)}</td><td>${escape(check.detail ?? '')}</td></tr>`,
    )
    .join('')}</table>`
}
