import type { SimRequest, SimResponse } from '../http/sim-http.ts'
import { refuse } from './error.ts'
import { type Html, html, notFoundPage, pageResponse } from './html.ts'
import { keyOf, type Package, textOf } from './read-package.ts'
import type { Signature } from './request.ts'
import { type CheckPage, type SignmeState, signaturesOf, uuid1 } from './state.ts'
import { moscowTime } from './times.ts'

export const CHECK_REQUEST_KEYS: readonly string[] = ['key', 'hash']
/** `name` stands in each file; the listing of the seed, broken off, shows it beside them (2.4). */
export const CHECK_MULTI_KEYS: readonly string[] = ['key', 'files', 'name']

/** A UUID for a page that lists who signed one file (seed 1.3). @throws {SignmeRefusal} the errors of seed 6 */
export function createCheckPage(state: SignmeState, found: Package): string {
  expectKey(state, found)

  return keep(state, { kind: 'single', files: [{ md5: hashOf(found) }] })
}

/** The same for several files (seed 2.4). @throws {SignmeRefusal} the errors of seed 6 */
export function createMultiCheckPage(state: SignmeState, found: Package): string {
  expectKey(state, found)
  const { files } = found
  if (!Array.isArray(files) || files.length === 0) throw refuse(1, 'wrong json')

  return keep(state, {
    kind: 'multi',
    files: files.map((each: unknown) => {
      if (typeof each !== 'object' || each === null) throw refuse(1, 'wrong json')
      const file: Package = { ...each }
      const name = textOf(file, 'name') ?? (files.length === 1 ? textOf(found, 'name') : undefined)

      return { md5: hashOf(file), ...(name === undefined ? {} : { name }) }
    }),
  })
}

function expectKey({ accounts, switches }: SignmeState, found: Package): void {
  if (accounts.site(keyOf(found, switches)) === undefined) throw refuse(2, 'wrong key')
}

function hashOf(found: Package): string {
  const hash = textOf(found, 'hash') ?? ''
  if (!/^[a-zA-Z0-9]+$/.test(hash)) throw refuse(3, 'wrong hash')

  return hash.toLowerCase()
}

function keep(state: SignmeState, page: CheckPage): string {
  const uuid = uuid1(state)
  state.checkPages.set(uuid, page)

  return uuid
}

/** The result, once: a second opening needs a new UUID (seed 1.3). */
export function showCheckPage(state: SignmeState, uuid: string): SimResponse {
  const page = state.checkPages.get(uuid)
  if (page === undefined) {
    return notFoundPage(
      'Результат проверки можно открыть только один раз. Запросите проверку снова.',
    )
  }
  state.checkPages.delete(uuid)

  return pageResponse({
    title: 'Проверка подписи',
    body: html`<section class="card"><h1>Проверка подписи</h1>${page.files.map((file) => fileResult(state, file))}</section>`,
  })
}

function fileResult(state: SignmeState, { md5, name }: CheckPage['files'][number]): Html {
  const signatures = signaturesOf(state, md5).filter(({ isHidden }) => isHidden !== true)

  return html`<h2>${name ?? `Файл с MD5 ${md5}`}</h2>${
    signatures.length === 0
      ? html`<p>Файл не подписан.</p>`
      : html`<ul class="signatures">${signatures.map((each) => signatureRow(state, each))}</ul>`
  }`
}

function signatureRow({ accounts }: SignmeState, { userId, companyInn, at }: Signature): Html {
  const user = accounts.user(userId)
  const company = companyInn === undefined ? undefined : accounts.findCompany({ inn: companyInn })

  return html`<li><b>${user?.surname ?? ''} ${user?.givenName ?? ''}</b>${
    company === undefined ? undefined : html`<br>${company.name}, ИНН ${company.inn}`
  }<br>${moscowTime(at)} МСК</li>`
}

/** JavaScript that puts the result where its script stands; the frame takes the one opening there is. */
export function checkScript(state: SignmeState, uuid: string, request: SimRequest): SimResponse {
  const page = state.checkPages.get(uuid)
  if (page === undefined) return notFoundPage('Результата проверки нет.')
  const url = `${baseUrlOf(request, state)}/signaturecheck/result/${uuid}${page.kind === 'multi' ? '/1' : ''}`

  return {
    status: 200,
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' },
    body: `(function () {
  var frame = document.createElement('iframe');
  frame.src = ${JSON.stringify(url)};
  frame.title = 'Sign.Me';
  frame.style.cssText = 'width:100%;height:480px;border:0';
  var script = document.currentScript;
  (script && script.parentNode ? script.parentNode : document.body).insertBefore(frame, script);
})();
`,
  }
}

/** The address under which the client knows us. */
export function baseUrlOf(request: SimRequest, { publicUrl }: SignmeState): string {
  const host = request.headers['host']

  return host === undefined || !/^[\w.:[\]-]+$/.test(host)
    ? publicUrl
    : `${request.isSecure === true ? 'https' : 'http'}://${host}`
}
