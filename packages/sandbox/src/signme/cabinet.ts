import type { SimRequest, SimResponse } from '../http/sim-http.ts'
import { pageUrl } from './create-request.ts'
import { readForm } from './form.ts'
import { type Html, html, pageResponse } from './html.ts'
import { isOpen, type SignRequest, statusOf } from './request.ts'
import { ERRNO_TEXTS } from './signing-page.ts'
import type { SignmeState } from './state.ts'
import { moscowTime } from './times.ts'

const SHOWN = 50

/** The start page: who logs in sees what waits for him. Nothing is kept: each look needs the password. */
export async function showCabinet(state: SignmeState, request: SimRequest): Promise<SimResponse> {
  if (request.method !== 'POST') return loginPage()
  const fields = readForm(Buffer.from(await request.body(64 * 1024)).toString('utf8'))
  const user = state.accounts.login(fields.get('login') ?? '')
  if (user === undefined || !user.isActivated || user.password !== fields.get('password')) {
    return loginPage(fields.get('login') ?? '')
  }
  const companies = state.accounts.companiesOf(user.id).map(({ inn }) => inn)
  const mine = [...state.requests.values()]
    .filter(({ userId, companyInn }) =>
      userId === undefined ? companies.includes(companyInn ?? '') : userId === user.id,
    )
    .reverse()
  const waiting = mine.filter(isOpen).slice(0, SHOWN)
  const closed = mine.filter((each) => !isOpen(each)).slice(0, SHOWN)

  return pageResponse({
    title: 'Мои документы',
    body: html`<section class="card"><h1>Мои документы</h1><p class="from">${user.surname} ${user.givenName}</p>
<h2>Ждут подписи: ${waiting.length}</h2>${list(state, waiting)}
<h2>Закрытые</h2>${list(state, closed)}</section>`,
  })
}

const STATUS_TEXTS = {
  0: 'Ждёт подписи',
  1: 'Подписан',
  2: 'Отклонён',
  3: 'Удалён',
  4: 'Частично',
} as const

function list(state: SignmeState, requests: readonly SignRequest[]): Html {
  if (requests.length === 0) return html`<p class="from">Ничего нет.</p>`

  return html`<ul class="files">${requests.map((request) => {
    const status = statusOf(request)
    const path = URL.parse(pageUrl(state, request))?.pathname ?? '/'
    const [first] = request.files
    const more = request.files.length > 1 ? ` и ещё ${request.files.length - 1}` : ''

    return html`<li><span class="name"><a href="${path}">${first?.name ?? ''}${more}</a><small>${state.accounts.site(request.siteKey)?.name ?? ''}, ${moscowTime(request.createdAt)} МСК</small></span><span class="chip s${status}">${STATUS_TEXTS[status]}</span></li>`
  })}</ul>`
}

function loginPage(wrongLogin?: string): SimResponse {
  return pageResponse({
    title: 'Вход',
    body: html`<section class="card"><h1>Вход в Sign.Me</h1><p class="from">Документы, которые ждут вашей подписи.</p>
${wrongLogin === undefined ? undefined : html`<p class="alert" role="alert">${ERRNO_TEXTS[1]}</p>`}
<form method="post" action="/" class="login"><h2>Учётная запись</h2>
<label>Телефон или эл. почта<input name="login" type="text" autocomplete="username" required value="${wrongLogin ?? ''}"></label>
<label>Пароль<input name="password" type="password" autocomplete="current-password" required></label>
<button class="primary" type="submit">Войти</button></form></section>`,
  })
}
