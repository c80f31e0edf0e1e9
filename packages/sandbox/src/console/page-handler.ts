import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { SimHandler, SimRequest, SimResponse } from '../http/sim-http.ts'
import { LOCALES, type Locale, messagesOf } from './messages.ts'

export type PageOptions = {
  /** Where “To envelopes” leads. */
  readonly gatewayUrl: string
  readonly trustUrl: string
  readonly caFile: string
  readonly esiaUrl: string
  readonly epguUrl: string
  readonly signmeUrl: string
}

const FOLDER = join(import.meta.dirname, 'page')

const SCRIPTS = [
  'api',
  'dom',
  'goskey',
  'goskey-screens',
  'i18n',
  'phone',
  'preview',
  'scan-image',
  'screens',
]

const LANGUAGE_NAMES: Readonly<Record<Locale, string>> = {
  ru: 'Русский',
  kk: 'Қазақша',
  uz: 'Oʻzbekcha',
  en: 'English',
}

/** The page may be framed by a gateway on the same machine, and by nothing else. */
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  'frame-src blob:',
  "base-uri 'none'",
  "form-action 'self'",
  'frame-ancestors http://127.0.0.1:* http://localhost:*',
].join('; ')

/**
 * The console: `/` with the list of simulators, `/phone` (also `?link=…`, `?embed=1`, `?lang=`, `?theme=`),
 * `/goskey` (also `?recipient=…`), `/signme` (leads to that site) and their assets. Pages are filled in on the server, so that they read in any language without a build.
 */
export function createPageHandler(options: PageOptions): SimHandler {
  return async (request) => {
    if (request.method !== 'GET') return undefined
    // The simulated Sign.Me is a site of its own; from here it is found whatever its port.
    if (request.path === '/signme') {
      return { status: 302, headers: { location: options.signmeUrl, 'cache-control': 'no-store' } }
    }
    const pageFile = PAGES[request.path]
    if (pageFile !== undefined) return page(request, pageFile, options)
    const asset = /^\/assets\/([a-z0-9-]+)\.(js|css)$/.exec(request.path)
    if (asset === null) return undefined
    const [, name, extension] = asset
    if (extension === 'css' && name === 'console') return file('console.css', 'text/css')
    if (extension === 'js' && name === 'jsqr') return jsQr()
    if (extension === 'js' && SCRIPTS.includes(name ?? '')) {
      return file(`${name}.js`, 'text/javascript')
    }

    return undefined
  }
}

const PAGES: Readonly<Record<string, string>> = {
  '/': 'index.html',
  '/phone': 'phone.html',
  '/goskey': 'goskey.html',
}

async function page(request: SimRequest, name: string, options: PageOptions): Promise<SimResponse> {
  const locale = localeOf(request)
  const theme = request.query.get('theme')
  const isEmbedded = request.query.get('embed') === '1'
  const messages = messagesOf(locale)
  const template = await readFile(join(FOLDER, name), 'utf8')
  const values: Readonly<Record<string, string>> = {
    ...Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, escapeHtml(text)])),
    lang: locale,
    gateway: escapeHtml(options.gatewayUrl),
    trust: escapeHtml(options.trustUrl),
    'ca-file': escapeHtml(options.caFile),
    esia: escapeHtml(options.esiaUrl),
    epgu: escapeHtml(options.epguUrl),
    signme: escapeHtml(options.signmeUrl),
    'languages-html': languageLinks(request, locale),
  }
  const attributes = [
    `lang="${locale === 'uz' ? 'uz-Latn' : locale}"`,
    theme === 'dark' || theme === 'light' ? `data-theme="${theme}"` : '',
    isEmbedded ? 'class="embed"' : '',
  ]
  // `<` cannot end the element that holds the data, whatever a text says.
  const data = JSON.stringify({ locale, messages }).replaceAll('<', '\\u003c')
  const body = template
    .replace('<html lang="ru">', `<html ${attributes.filter((each) => each !== '').join(' ')}>`)
    .replace('"{{data}}"', () => data)
    .replace(/\{\{([a-z.-]+)\}\}/g, (whole, key: string) => values[key] ?? whole)

  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': CSP,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body,
  }
}

/** `?lang=`, then the browser's first language that we have, then Russian. */
function localeOf(request: SimRequest): Locale {
  const wanted = [
    request.query.get('lang') ?? '',
    ...(request.headers['accept-language'] ?? '')
      .split(',')
      .map((range) => range.trim().slice(0, 2)),
  ]

  return (
    wanted
      .map((language) => LOCALES.find((locale) => locale === language))
      .find((locale) => locale !== undefined) ?? 'ru'
  )
}

/** Links to the same page in each language; everything else in the address stays. */
function languageLinks(request: SimRequest, current: Locale): string {
  return LOCALES.map((locale) => {
    const query = new URLSearchParams(request.query)
    query.set('lang', locale)
    const href = escapeHtml(`${request.path}?${query}`)
    const here = locale === current ? ' aria-current="true"' : ''

    return `<a href="${href}" lang="${locale}"${here}>${LANGUAGE_NAMES[locale]}</a>`
  }).join('')
}

async function file(name: string, contentType: string): Promise<SimResponse> {
  return asset(await readFile(join(FOLDER, name)), contentType)
}

/** The QR decoder, as its package ships it: one script that sets `jsQR`. */
async function jsQr(): Promise<SimResponse> {
  const path = createRequire(import.meta.url).resolve('jsqr')

  return asset(await readFile(path), 'text/javascript')
}

function asset(body: Uint8Array, contentType: string): SimResponse {
  return {
    status: 200,
    headers: {
      'content-type': `${contentType}; charset=utf-8`,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    },
    body,
  }
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
