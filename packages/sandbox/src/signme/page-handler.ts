import type { SimRequest, SimResponse } from '../http/sim-http.ts'
import { type Attempt, rejectByUser, signRequest } from './act.ts'
import { readForm } from './form.ts'
import { notFoundPage } from './html.ts'
import { ERRNO, type Errno, returnUrl } from './outgoing.ts'
import type { SignFile, SignRequest } from './request.ts'
import { signingPage } from './signing-page.ts'
import { addNotice, type SignmeState } from './state.ts'

/** Which request a page is of, and which of its files. */
export type PageTarget = {
  readonly request: SignRequest
  /** Of the one file, where the page is that of a suffix. */
  readonly file?: SignFile
  readonly path: string
}

const filesOf = ({ request, file }: PageTarget): readonly SignFile[] =>
  file === undefined ? request.files : [file]

/** Shows the signing page; a request with `forcesms` has its code sent. */
export function showPage(state: SignmeState, target: PageTarget): SimResponse {
  const { request, path } = target
  const user = state.accounts.user(request.userId ?? '')
  const files = filesOf(target)
  if (request.isForceSms && user !== undefined && files.some(({ status }) => status === 0)) {
    addNotice(state, { kind: 'sms', to: user.phone, text: `Код Sign.Me: ${user.smsCode}` })
  }

  return signingPage(state, { request, files, path })
}

/** Takes the form of the page: signs or rejects, then returns to the sender's URL or shows how it went. */
export async function actOnPage(
  state: SignmeState,
  target: PageTarget,
  request: SimRequest,
): Promise<SimResponse> {
  const fields = readForm(Buffer.from(await request.body(64 * 1024)).toString('utf8'))
  const rid = target.file?.rid
  const errno =
    fields.get('action') === 'reject'
      ? await reject(state, target.request, { reason: (fields.get('reason') ?? '').trim(), rid })
      : await sign(state, target.request, {
          login: fields.get('login') ?? '',
          password: fields.get('password') ?? '',
          sms: (fields.get('sms') ?? '').trim(),
          ...(rid === undefined ? {} : { rid }),
        })
  const { url, isPush } = target.request
  if (url !== undefined && !isPush) {
    // 303: the browser comes back with GET.
    return {
      status: 303,
      headers: { location: returnUrl(url, errno), 'cache-control': 'no-store' },
    }
  }

  return signingPage(state, {
    request: target.request,
    files: filesOf(target),
    path: target.path,
    errno,
    login: fields.get('login') ?? '',
  })
}

async function sign(state: SignmeState, request: SignRequest, attempt: Attempt): Promise<Errno> {
  const { login, ...known } = attempt
  const isOfSomebody = request.userId !== undefined || login === undefined || login === ''

  return (await signRequest(state, request, isOfSomebody ? known : attempt)).errno
}

async function reject(
  state: SignmeState,
  request: SignRequest,
  { reason, rid }: { readonly reason: string; readonly rid: number | undefined },
): Promise<Errno> {
  await rejectByUser(state, request, { reason, ...(rid === undefined ? {} : { rid }) })

  return ERRNO.rejected
}

/** A document of a page, as a browser may show it without running it. */
export async function showFile(
  state: SignmeState,
  target: PageTarget,
  number: number,
): Promise<SimResponse> {
  const file = filesOf(target)[number - 1]
  if (file === undefined || file.status === 3) return notFoundPage('Файл удалён или его не было.')
  const isPdf = /\.pdf$/i.test(file.name)
  const isText = /\.(txt|csv|json|xml|html?)$/i.test(file.name)
  const type = isPdf
    ? 'application/pdf'
    : isText
      ? 'text/plain; charset=utf-8'
      : 'application/octet-stream'

  return {
    status: 200,
    headers: {
      'content-type': type,
      'content-disposition': `${isPdf || isText ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: await state.store.readFile(file.sha256),
  }
}
