import type { SignerView } from './present-signer.ts'
import { type SignerLanguage, signerTexts } from './signer-texts.ts'

const languages = ['ru', 'kk', 'uz', 'en'] as const
const escapes: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')
}

/** The link's language, else the recipient's, else the browser's, else Russian (ui §5). */
function chooseLanguage(
  view: SignerView | undefined,
  wish: { readonly language: string | undefined; readonly acceptLanguage: string | undefined },
): SignerLanguage {
  const browser = (wish.acceptLanguage ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
  const candidates = [wish.language, view?.recipient.locale, ...browser]

  return languages.find((language) => language === candidates.find(isLanguage)) ?? 'ru'
}

function isLanguage(text: string | undefined): text is SignerLanguage {
  return languages.some((language) => language === text)
}

/**
 * Puts the view into the built page as plain HTML: who asks, for whom, what, and the way into the app,
 * readable with no script at all. The script replaces it when it runs.
 */
export function renderSigner(
  page: string,
  view: SignerView | undefined,
  wish: {
    readonly token: string
    readonly language: string | undefined
    readonly acceptLanguage: string | undefined
  },
): string {
  const language = chooseLanguage(view, wish)
  const texts = signerTexts[language]
  const body =
    view === undefined
      ? `<p>${escapeHtml(texts.unknown)}</p>`
      : renderView(view, language, encodeURIComponent(wish.token))

  return page
    .replace(/<html lang="[^"]*"/, `<html lang="${language}"`)
    .replace('<!--muhr:view-->', () => `<main class="sign-shell">${body}</main>`)
    .replace('</body>', () =>
      view === undefined
        ? '</body>'
        : `<script type="application/json" id="muhr-view">${JSON.stringify(view).replace(/</g, '\\u003c')}</script></body>`,
    )
}

function renderView(view: SignerView, language: SignerLanguage, token: string): string {
  const texts = signerTexts[language]
  const organisation = view.organisation.names[language] ?? view.organisation.name
  const parts = [
    view.mode === 'sandbox' ? `<p role="note">${escapeHtml(texts.sandbox)}</p>` : '',
    `<p>${escapeHtml(texts.asks)}: <strong>${escapeHtml(organisation)}</strong>${
      view.organisation.bin === undefined
        ? ''
        : ` · ${escapeHtml(texts.bin)} ${escapeHtml(view.organisation.bin)}`
    }</p>`,
    `<h1>${escapeHtml(view.title)}</h1>`,
    `<p>${escapeHtml(texts.forYou)}: ${escapeHtml(view.recipient.name)} ${Object.values(
      view.recipient.identifiersMasked,
    )
      .map(escapeHtml)
      .join(' ')}</p>`,
    view.deadline === undefined
      ? ''
      : `<p>${escapeHtml(texts.until)}: ${renderMoment(view.deadline)}</p>`,
    `<p><strong>${escapeHtml(texts.states[view.state] ?? '')}</strong></p>`,
    `<h2>${escapeHtml(texts.documents)}</h2>`,
    `<ol>${view.documents
      .map(
        (document) =>
          `<li><a href="/s/${token}/api/documents/${document.position}">${escapeHtml(document.title[language] ?? document.fileName)}</a> <small>SHA-256 ${escapeHtml(document.sha256)}</small></li>`,
      )
      .join('')}</ol>`,
    ...renderLink(view, language),
    ...renderApp(view, language),
    `<p><a href="">${escapeHtml(texts.refresh)}</a></p>`,
  ]

  return parts.join('')
}

/** The way on that needs no script: into the app, or to the page of the service. */
function renderLink({ request }: SignerView, language: SignerLanguage): readonly string[] {
  const texts = signerTexts[language]
  const [link] = request?.presentation?.links ?? []
  if (link === undefined) {
    return []
  }
  const toLink = (text: string) =>
    `<p><a rel="noreferrer" href="${escapeHtml(link.url)}">${escapeHtml(text)}</a></p>`

  return link.kind === 'page'
    ? [toLink(texts.openPage.replace('{service}', pageNames[request?.provider ?? ''] ?? ''))]
    : [toLink(texts.open), `<p>${escapeHtml(texts.scan)}</p>`]
}

/** Services that are signed in on their own page, as people read their name. */
const pageNames: { readonly [provider: string]: string } = { signme: 'Sign.Me' }

/** Services whose app finds its signer, as people read their name. */
const appNames: { readonly [provider: string]: { readonly [L in SignerLanguage]: string } } = {
  goskey: { ru: 'Госключ', kk: 'Госключ', uz: 'Госключ', en: 'Goskey' },
}

/** Where there is neither a code nor a link: which app, and until when. */
function renderApp({ request }: SignerView, language: SignerLanguage): readonly string[] {
  const texts = signerTexts[language]
  const service = appNames[request?.provider ?? '']?.[language]
  const until = request?.presentation?.expiresAt
  if (service === undefined || request?.presentation === undefined) {
    return []
  }

  return [
    `<p>${escapeHtml(texts.inApp.replace('{service}', service))}</p>`,
    until === undefined ? '' : `<p>${escapeHtml(texts.until)}: ${renderMoment(until)}</p>`,
  ]
}

function renderMoment(at: string): string {
  return `<time datetime="${escapeHtml(at)}">${escapeHtml(at.slice(0, 16).replace('T', ' '))} UTC</time>`
}
