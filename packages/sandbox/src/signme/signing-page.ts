import type { SimResponse } from '../http/sim-http.ts'
import type { SignmeCompany, SignmeUser } from './accounts.ts'
import { type Html, html, pageResponse } from './html.ts'
import type { Errno } from './outgoing.ts'
import { type SignFile, type SignRequest, suffixOf } from './request.ts'
import type { SignmeState } from './state.ts'
import { moscowTime } from './times.ts'

/** What the page says of each errno (seed 7). */
export const ERRNO_TEXTS: Readonly<Record<Errno, string>> = {
  0: 'Документы подписаны.',
  1: 'Неверный пароль. Проверьте раскладку клавиатуры и попробуйте ещё раз.',
  2: 'Неверный код из СМС.',
  3: 'У вас нет права подписывать эти документы.',
  4: 'В компании запрещено подписывать первым: сначала должна подписать другая сторона.',
  5: 'Запрос на подпись отклонён.',
  6: 'Внутренняя ошибка сервера. Запишите точное время и попробуйте позже.',
  7: 'Вы не можете подписать от имени этой компании.',
}

export type PageView = {
  readonly request: SignRequest
  /** Files that this page is about: of a group all, or the one of its own suffix. */
  readonly files: readonly SignFile[]
  /** Path of the page, to which its form goes. */
  readonly path: string
  /** What came of the last attempt. */
  readonly errno?: Errno
  /** What was typed in, but the password and the code. */
  readonly login?: string
}

/** The page on which somebody signs or refuses; it works without scripts, and says where things stand. */
export function signingPage(state: SignmeState, view: PageView): SimResponse {
  const { request, files, errno } = view
  const { accounts } = state
  const user = request.userId === undefined ? undefined : accounts.user(request.userId)
  const company =
    request.companyInn === undefined ? undefined : accounts.findCompany({ inn: request.companyInn })
  const isOpen = files.some(({ status }) => status === 0)
  const site = accounts.site(request.siteKey)
  const alert =
    errno === undefined || errno === 0 || (!isOpen && errno === 5)
      ? undefined
      : html`<p class="alert" role="alert" id="alert">${ERRNO_TEXTS[errno]}${errno === 6 ? ` ${moscowTime(state.world.clock.now().getTime())} МСК` : ''}</p>`

  return pageResponse({
    title: isOpen ? 'Подписание документов' : headlineOf(files),
    formTarget: originOf(request),
    body: html`<section class="card">
${isOpen ? heading(files.length, site?.name ?? '') : endOf(files)}
${alert}
<h2 id="files">${files.length === 1 ? 'Документ' : `Документы: ${files.length}`}</h2>
<ul class="files" aria-labelledby="files">${files.map((file, index) => fileRow(file, { href: `${view.path}/file/${index + 1}`, isOneOfMany: files.length > 1 }))}</ul>
${isOpen ? signForm({ view, user, company }) : undefined}
</section>`,
  })
}

const heading = (count: number, site: string): Html =>
  html`<h1>${count === 1 ? 'Подпишите документ' : 'Подпишите документы'}</h1><p class="from">Отправитель: <b>${site}</b></p>`

function headlineOf(files: readonly SignFile[]): string {
  if (files.every(({ status }) => status === 1)) {
    return files.length === 1 ? 'Документ подписан' : 'Документы подписаны'
  }
  if (files.every(({ status }) => status === 2)) return 'Запрос отклонён'
  if (files.every(({ status }) => status === 3)) return 'Файл удалён'

  return 'Запрос закрыт'
}

function endOf(files: readonly SignFile[]): Html {
  const [first] = files
  const isSigned = files.every(({ status }) => status === 1)
  const reason = files.find(({ comment }) => comment !== '')?.comment

  return html`<div class="result ${isSigned ? 'good' : 'bad'}" role="status"><h1>${headlineOf(files)}</h1>
${first?.closedAt === undefined ? undefined : html`<p>${moscowTime(first.closedAt)} МСК</p>`}
${reason === undefined ? undefined : html`<p>Причина: ${reason}</p>`}
${isSigned ? html`<p>Отправитель узнает об этом сам. Страницу можно закрыть.</p>` : undefined}</div>`
}

const STATUS_TEXTS = { 0: 'Ждёт подписи', 1: 'Подписан', 2: 'Отклонён', 3: 'Удалён' } as const

/** A document with its state; one of several can be signed alone, on the page of its own suffix (seed 2.2). */
function fileRow(
  file: SignFile,
  { href, isOneOfMany }: { readonly href: string; readonly isOneOfMany: boolean },
): Html {
  const { name, size, status } = file

  return html`<li><svg viewBox="0 0 20 20" aria-hidden="true"><path d="M5 1.500h7l4 4v13H5z M12 1.500v4h4"/></svg><span class="name">${
    status === 3
      ? html`${name}`
      : html`<a href="${href}" target="_blank" rel="noopener">${name}</a>`
  }<small>${sizeText(size)}${
    isOneOfMany && status === 0
      ? html` · <a href="/signapi/sjson/${suffixOf(file)}">подписать отдельно</a>`
      : undefined
  }</small></span><span class="chip s${status}">${STATUS_TEXTS[status]}</span></li>`
}

function sizeText(size: number): string {
  if (size < 1024) return `${size} Б`

  return size < 1024 * 1024
    ? `${Math.round(size / 1024)} КБ`
    : `${(size / 1024 / 1024).toFixed(1).replace('.', ',')} МБ`
}

function signForm({
  view,
  user,
  company,
}: {
  readonly view: PageView
  readonly user: SignmeUser | undefined
  readonly company: SignmeCompany | undefined
}): Html {
  const { request, errno, path } = view
  const described = errno === undefined ? undefined : html` aria-describedby="alert"`
  const isWrong = (number: Errno): Html => (errno === number ? html` aria-invalid="true"` : html``)

  return html`<form method="post" action="${path}" class="sign">
<h2>Подпись</h2>
<dl class="who">${
    user === undefined
      ? undefined
      : html`<dt>Подписант</dt><dd>${shortName(user)}</dd><dt>Телефон</dt><dd>${maskPhone(user.phone)}</dd>`
  }${
    company === undefined
      ? undefined
      : html`<dt>От имени</dt><dd>${company.name}, ИНН ${company.inn}</dd>`
  }</dl>
${
  user === undefined
    ? html`<label>Телефон или эл. почта<input name="login" type="text" autocomplete="username" required value="${view.login ?? ''}"></label>`
    : undefined
}
<label>Пароль от Sign.Me<input name="password" type="password" autocomplete="current-password" required${described}${isWrong(1)}></label>
${
  request.isForceSms
    ? html`<label>Код из СМС<input name="sms" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required aria-describedby="sms-note${errno === undefined ? '' : ' alert'}"${isWrong(2)}></label><p class="note" id="sms-note">Код отправлен на ${user === undefined ? 'ваш номер' : maskPhone(user.phone)}.</p>`
    : undefined
}
<button class="primary" type="submit" name="action" value="sign">Подписать</button>
</form>
<details class="refuse"><summary>Отказаться от подписи</summary>
<form method="post" action="${path}">
<label>Причина отказа<textarea name="reason" rows="3" maxlength="1000"></textarea></label>
<button type="submit" name="action" value="reject">Отклонить</button>
</form></details>`
}

function shortName({ surname, givenName }: SignmeUser): string {
  const initials = givenName
    .split(' ')
    .map((part) => `${part.slice(0, 1)}.`)
    .join(' ')

  return `${surname.slice(0, 1)}${surname.slice(1).toLowerCase()} ${initials}`
}

/** `+7 ··· ···-··-01` */
const maskPhone = (phone: string): string => `${phone.slice(0, 2)} ··· ···-··-${phone.slice(-2)}`

/** Where the form may lead after all: the return address. */
function originOf({ url, isPush }: SignRequest): string | undefined {
  if (url === undefined || isPush) return undefined
  const origin = URL.parse(url)?.origin

  return origin === 'null' ? undefined : origin
}
