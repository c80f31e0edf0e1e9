import type { Html } from './html.ts'

// The eight-pointed star of Muhr: filled only where something is proven.
const star =
  'M12 1l3.2 3.2h4.6v4.6L23 12l-3.2 3.2v4.6h-4.6L12 23l-3.2-3.2H4.2v-4.6L1 12l3.2-3.2V4.2h4.6z'

/** Signs of the verdicts; their forms differ, so that they are told apart without colour. */
export const seals = {
  'TOTAL-PASSED': `<svg class="seal" viewBox="0 0 24 24" aria-hidden="true"><path fill="currentColor" d="${star}"/><path d="m7.6 12.3 3 3 5.8-6.2" fill="none" stroke="#fff" stroke-width="2"/></svg>`,
  INDETERMINATE: `<svg class="seal" viewBox="0 0 24 24" aria-hidden="true"><path fill="none" stroke="currentColor" stroke-width="1.5" d="${star}"/><path d="M9.6 9.7a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.8" fill="none" stroke="currentColor" stroke-width="1.8"/><circle cx="12" cy="16.7" r="1.1" fill="currentColor"/></svg>`,
  'TOTAL-FAILED': `<svg class="seal" viewBox="0 0 24 24" aria-hidden="true"><path fill="currentColor" d="${star}"/><path d="M12 6.8v6.4" stroke="#fff" stroke-width="2.2"/><circle cx="12" cy="16.6" r="1.3" fill="#fff"/></svg>`,
} as const as Readonly<Record<'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED', Html>>

/** A string inside CSS. */
export function cssString(value: string): string {
  return `"${value.replace(/[^\p{L}\p{N} .,:·/()-]/gu, ' ')}"`
}

/**
 * Style of `report.html`: one language is shown, chosen by four radio buttons without scripts; A4 with a
 * head and numbered pages; readable in black and white.
 */
export function reportStyle(head: { readonly left: string; readonly sandbox: string }): Html {
  return `
:root{--text:#13202b;--dim:#586873;--line:#d4dce1;--ok:#17653a;--wait:#7f4b00;--bad:#a2211f;--lapis:#23408f}
*{box-sizing:border-box}
body{font:15px/1.45 -apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;color:var(--text);background:#fff;max-width:54rem;margin:0 auto;padding:1rem;font-variant-numeric:tabular-nums}
h1,h2,h3{font-family:"PT Serif",Cambria,"Noto Serif","Times New Roman","DejaVu Serif","Liberation Serif",serif;line-height:1.2;font-weight:600;margin:0}
h1{font-size:26px}h2{font-size:20px;margin:1.6rem 0 .5rem}h3{font-size:19px}
p{margin:.4rem 0}.dim{color:var(--dim)}.small{font-size:13px}
.strip{background:repeating-linear-gradient(135deg,#fbeed2 0 10px,#fff7e4 10px 20px);color:var(--wait);border:1px solid #c98a1b;padding:.5rem 1rem;font-weight:600;margin-bottom:1rem}
.strip span{display:block}
.mark{position:fixed;inset:0;display:flex;align-items:center;justify-content:center;pointer-events:none;z-index:1;color:rgba(127,75,0,.13);font:700 64px/1.2 Arial,sans-serif;text-align:center;transform:rotate(-32deg)}
.language{position:absolute;opacity:0}
.languages label{display:inline-block;padding:.2rem .6rem;border:1px solid var(--line);border-radius:4px;cursor:pointer;margin:0 .3rem .6rem 0}
.t{display:none}
#l-ru:checked~main .t[lang=ru],#l-kk:checked~main .t[lang=kk],#l-uz:checked~main .t[lang=uz],#l-en:checked~main .t[lang=en]{display:inline}
#l-ru:checked~.languages label[for=l-ru],#l-kk:checked~.languages label[for=l-kk],#l-uz:checked~.languages label[for=l-uz],#l-en:checked~.languages label[for=l-en]{border-color:var(--lapis);color:var(--lapis);font-weight:600}
.language:focus-visible~.languages{outline:2px solid var(--lapis)}
.verdict{display:flex;gap:1rem;align-items:center;border:1px solid var(--line);border-top:4px solid;border-radius:8px;padding:1rem;margin:.6rem 0}
.verdict>div,.card header>div{color:var(--text)}
.seal{flex:none;width:34px;height:34px}.verdict .seal{width:56px;height:56px}
.ok{color:var(--ok)}.wait{color:var(--wait)}.bad{color:var(--bad)}
.card{border:1px solid var(--line);border-top:3px solid;border-radius:8px;margin:.8rem 0;padding:.2rem 1rem .8rem}
.card>*{color:var(--text)}.card header{display:flex;gap:.8rem;align-items:flex-start;padding:.7rem 0;break-after:avoid}
.card header .seal{color:inherit}.card header.ok .seal{color:var(--ok)}.card header.wait .seal{color:var(--wait)}.card header.bad .seal{color:var(--bad)}
dl{display:grid;grid-template-columns:minmax(7rem,max-content) minmax(0,1fr);gap:.2rem 1rem;margin:.4rem 0}dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
code{font:12px/1.5 ui-monospace,"Cascadia Mono",Consolas,"Noto Sans Mono","DejaVu Sans Mono","Liberation Mono",monospace;overflow-wrap:anywhere}
pre{background:#e8edf0;padding:.6rem .8rem;border-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere;margin:.4rem 0}
table{border-collapse:collapse;width:100%;margin:.4rem 0}td,th{border-top:1px solid var(--line);text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;overflow-wrap:anywhere}th{font-weight:400;color:var(--dim)}
td.answer{white-space:nowrap;font-weight:600;text-align:right;padding-right:0}
.note{border-left:3px solid #c98a1b;background:#fbeed2;padding:.4rem .8rem;margin:.5rem 0}
details{margin-top:.6rem}summary{color:var(--lapis);cursor:pointer}
@media (max-width:40rem){h1{font-size:22px}.verdict .seal{width:40px;height:40px}dl{grid-template-columns:minmax(0,1fr)}dd{margin-bottom:.3rem}.mark{font-size:36px}}
@page{size:A4;margin:20mm 16mm;@top-left{content:${cssString(head.left)};font:9px Arial,sans-serif;color:#586873}@top-right{content:${cssString(head.sandbox)};font:700 9px Arial,sans-serif;color:#7f4b00}@bottom-right{content:counter(page) " / " counter(pages);font:9px Arial,sans-serif;color:#586873}}
@media print{body{padding:0;max-width:none;font-size:11pt}.languages{display:none}.card,.verdict,tr{break-inside:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
` as Html
}
