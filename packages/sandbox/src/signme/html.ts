import type { SimResponse } from '../http/sim-http.ts'

/** HTML that is safe to stand in a page: made by {@link html} alone. */
export type Html = { readonly html: string }

type Part = string | number | Html | readonly Html[] | undefined

/** HTML of a template; every text that is filled in is escaped, other HTML stands as it is. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const text = strings.map((string, index) => `${string}${render(parts[index])}`).join('')

  return { html: text }
}

function render(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  if ('html' in part) return part.html

  return part.map((each) => each.html).join('')
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect width='24' height='24' rx='6' fill='%230b6b4f'/%3E%3Cpath d='M6 15.500c3-6 4.500-8 6-8s-2.500 8 0 8 3.500-3.500 6-3.500' fill='none' stroke='%23fff' stroke-width='2' stroke-linecap='round'/%3E%3C/svg%3E"

/**
 * A page of Sign.Me, TEST in its title and above its head. It may stand in a frame of any site, as the seed has it (1.1), so
 * nothing forbids that. `formTarget` is another origin that the form may lead to.
 */
export function pageResponse({
  title,
  body,
  status = 200,
  formTarget,
}: {
  readonly title: string
  readonly body: Html
  readonly status?: number
  readonly formTarget?: string | undefined
}): SimResponse {
  const { html: text } = html`<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Sign.Me TEST</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="/signapi/static/signme.css">
</head>
<body>
<a class="skip" href="#main">К содержанию</a>
<p class="test"><b>TEST</b> Имитатор. Подписи отсюда не имеют юридической силы.</p>
<header class="top"><a class="brand" href="/"><svg viewBox="0 0 24 24" aria-hidden="true"><rect width="24" height="24" rx="6"/><path d="M6 15.500c3-6 4.500-8 6-8s-2.500 8 0 8 3.500-3.500 6-3.500"/></svg>Sign.Me</a><span>Электронная подпись</span></header>
<main id="main" tabindex="-1">${body}</main>
<footer>Ключ хранится в защищённом хранилище. Не сообщайте пароль и код из СМС никому.</footer>
</body>
</html>
`

  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      // Chromium holds a redirect after a form to form-action too.
      'content-security-policy': `default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'self'${formTarget === undefined ? '' : ` ${formTarget}`}`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: text,
  }
}

/** 404 for people. */
export const notFoundPage = (text: string): SimResponse =>
  pageResponse({
    title: 'Не найдено',
    status: 404,
    body: html`<section class="card end"><h1>Страница не найдена</h1><p>${text}</p></section>`,
  })
