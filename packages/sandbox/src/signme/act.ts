import type { SignmeCompany, SignmeUser } from './accounts.ts'
import type { SignFault } from './faults.ts'
import { ERRNO, type Errno, notify, push } from './outgoing.ts'
import { isOpen, type SignFile, type SignRequest } from './request.ts'
import { signFile } from './sign-files.ts'
import { inTurn, keepSignature, nowOf, runApart, type SignmeState, signaturesOf } from './state.ts'

/** What a person does on the page, in the app or through the control. */
export type Attempt = {
  /** Who it is, when known already; otherwise by `login`. */
  readonly user?: SignmeUser
  readonly login?: string
  /** Absent: not asked, as in the app. */
  readonly password?: string
  readonly sms?: string
  /** For which company, when not the one of the request. */
  readonly companyInn?: string
  /** One file of a group alone. */
  readonly rid?: number
  readonly fault?: SignFault
  /** Fails with errno 6. */
  readonly isBroken?: boolean
}

export type ActResult = {
  readonly errno: Errno
  /** A fault could not be played: it needs a file that begins with a colliding string. */
  readonly isImpossible?: true
  /** Pushes and notifications that go out, each settled once it was made. */
  readonly told?: readonly Promise<unknown>[]
}

/**
 * Signs all open files of a request, or one, as the attempt can; whatever comes of it is pushed, when the request has
 * a push (seed 7). A wrong password or code leaves everything open.
 */
export function signRequest(
  state: SignmeState,
  request: SignRequest,
  attempt: Attempt,
): Promise<ActResult> {
  return inTurn(state, request, async () => {
    // Signed before: nothing is done again, and nothing is told again.
    if (openFiles(request, attempt.rid).length === 0 && !hasRejected(request, attempt.rid)) {
      return { errno: ERRNO.ok }
    }
    const result = await trySigning(state, request, attempt)
    if (result.isImpossible === true || request.outcome?.push === 'lost') return result
    const pushed = push(state, request, { errno: result.errno, times: timesOf(request) })

    return { ...result, told: [...(result.told ?? []), pushed] }
  })
}

const openFiles = ({ files }: SignRequest, rid: number | undefined): readonly SignFile[] =>
  files.filter((file) => file.status === 0 && (rid === undefined || file.rid === rid))

const hasRejected = ({ files }: SignRequest, rid: number | undefined): boolean =>
  files.some((file) => file.status === 2 && (rid === undefined || file.rid === rid))

const timesOf = ({ outcome }: SignRequest): number => (outcome?.push === 'duplicate' ? 2 : 1)

async function trySigning(
  state: SignmeState,
  request: SignRequest,
  attempt: Attempt,
): Promise<ActResult> {
  const files = openFiles(request, attempt.rid)
  if (files.length === 0) return { errno: ERRNO.rejected }
  if (attempt.isBroken === true) return { errno: ERRNO.internal }
  const user = whoIs(state, request, attempt)
  const errno = refusalOf(state, request, { attempt, user, files })
  if (errno !== undefined || user === undefined) return { errno: errno ?? ERRNO.wrongPassword }
  const inn = attempt.companyInn ?? request.companyInn
  const company = inn === undefined ? undefined : state.accounts.findCompany({ inn })
  const fault = attempt.fault ?? request.outcome?.sign
  if (request.outcome?.push === 'false') return { errno: ERRNO.ok }
  const at = nowOf(state)
  const made: {
    readonly file: SignFile
    readonly container: string
    certificate: string
    userId: string
  }[] = []
  for (const file of files) {
    const content = await state.store.readFile(file.sha256)
    const signature = await signFile(state, content, { user, company, fault, at })
    if (signature === undefined) return { errno: ERRNO.internal, isImpossible: true }
    made.push({
      file,
      container: Buffer.from(signature.container).toString('base64'),
      certificate: Buffer.from(signature.certificate).toString('base64'),
      userId: signature.user.id,
    })
  }
  const told: Promise<unknown>[] = []
  for (const { file, ...signed } of made) {
    const signature = {
      ...signed,
      number: state.nextSignature,
      rid: file.rid,
      md5: file.md5,
      at,
      ...(company === undefined ? {} : { companyInn: company.inn }),
      ...(fault === 'missing' ? { isHidden: true } : {}),
      ...(fault === 'count' ? { isMiscounted: true } : {}),
    }
    keepSignature(state, signature)
    state.store.saveSignature(signature)
    close(file, { status: 1, comment: '', at })
    if (request.outcome?.push !== 'lost') {
      const foreign = state.accounts.all().sites.find(({ key }) => key !== request.siteKey)
      told.push(
        notify(state, request, {
          file,
          times: timesOf(request),
          ...(request.outcome?.push === 'foreign-key' ? { apiKey: foreign?.key ?? 'FOREIGN' } : {}),
        }),
      )
    }
  }
  state.store.saveRequest(request)

  return { errno: ERRNO.ok, told }
}

function whoIs(
  { accounts }: SignmeState,
  { userId }: SignRequest,
  { user, login }: Attempt,
): SignmeUser | undefined {
  if (user !== undefined) return user
  if (login !== undefined && login !== '') return accounts.login(login)

  return userId === undefined ? undefined : accounts.user(userId)
}

/** Why somebody may not sign: password, SMS code, rights, company (seed 7). */
function refusalOf(
  state: SignmeState,
  request: SignRequest,
  {
    attempt,
    user,
    files,
  }: {
    readonly attempt: Attempt
    readonly user: SignmeUser | undefined
    readonly files: readonly SignFile[]
  },
): Errno | undefined {
  const isKnown = user?.isActivated === true
  if (!isKnown || (attempt.password !== undefined && attempt.password !== user.password)) {
    return ERRNO.wrongPassword
  }
  if (request.isForceSms && attempt.password !== undefined && attempt.sms !== user.smsCode) {
    return ERRNO.wrongSms
  }
  if (request.userId !== undefined && request.userId !== user.id) return ERRNO.noRight
  const inn = attempt.companyInn ?? request.companyInn
  if (inn === undefined) return undefined
  if (request.companyInn !== undefined && inn !== request.companyInn) return ERRNO.otherCompany
  const company = state.accounts.findCompany({ inn })
  if (company === undefined || !company.staff.includes(user.id)) {
    return state.accounts.companiesOf(user.id).length > 0 ? ERRNO.otherCompany : ERRNO.noRight
  }

  return isFirst(state, company, files) ? ERRNO.firstSignatureForbidden : undefined
}

/** Does a company that must not sign first stand before a file that nobody signed? */
const isFirst = (
  state: SignmeState,
  { isFirstSignatureForbidden }: SignmeCompany,
  files: readonly SignFile[],
): boolean =>
  isFirstSignatureForbidden && files.some(({ md5 }) => signaturesOf(state, md5).length === 0)

function close(
  file: SignFile,
  end: { readonly status: 1 | 2 | 3; readonly comment: string; readonly at: number },
): void {
  file.status = end.status
  file.comment = end.comment
  file.closedAt = end.at
}

/** The signer refuses: all open files, or one, with a reason; errno 5 is told. */
export function rejectByUser(
  state: SignmeState,
  request: SignRequest,
  { reason, rid }: { readonly reason: string; readonly rid?: number },
): Promise<boolean> {
  return inTurn(state, request, async () => {
    const isDone = rejectFiles(state, request, { reason, rid })
    if (isDone && request.outcome?.push !== 'lost') {
      void push(state, request, { errno: ERRNO.rejected, times: timesOf(request) })
    }

    return isDone
  })
}

/** Marks open files as rejected. @returns whether there were any */
export function rejectFiles(
  state: SignmeState,
  request: SignRequest,
  { reason, rid }: { readonly reason: string; readonly rid?: number | undefined },
): boolean {
  const files = openFiles(request, rid)
  for (const file of files) close(file, { status: 2, comment: reason, at: nowOf(state) })
  if (files.length > 0) state.store.saveRequest(request)

  return files.length > 0
}

/** The files are deleted: status 3, whatever they were. */
export function deleteFiles(state: SignmeState, request: SignRequest, rid?: number): void {
  for (const file of request.files) {
    if (rid === undefined || file.rid === rid) {
      close(file, { status: 3, comment: '', at: nowOf(state) })
    }
  }
  state.store.saveRequest(request)
}

/** Lets the addressee do what he does by himself, and time do what it does. */
export function scheduleRequest(state: SignmeState, request: SignRequest): void {
  const { retentionMs, behaviourMs } = state.settings
  if (retentionMs > 0) {
    state.due.add({
      at: request.createdAt + retentionMs,
      run: () => deleteFiles(state, request),
    })
  }
  const user = request.userId === undefined ? undefined : state.accounts.user(request.userId)
  if (user === undefined || !isOpen(request)) return
  if (user.behaviour === 'delay') {
    state.due.add({
      at: request.createdAt + user.delayMs,
      run: () => void runApart(state, () => signRequest(state, request, { user })),
    })
  }
  if (user.behaviour === 'sign' || user.behaviour === 'reject') {
    setTimeout(() => {
      if (state.isStopped) return
      void runApart(state, () => behave(state, request, user))
    }, behaviourMs).unref()
  }
}

/** What somebody does without being asked for a password. */
export async function behave(
  state: SignmeState,
  request: SignRequest,
  user: SignmeUser,
): Promise<void> {
  if (user.behaviour === 'reject') {
    await rejectByUser(state, request, { reason: 'Не согласен' })
  } else await signRequest(state, request, { user })
}

/** Signs before the request was answered, and waits until that was told (fault `early`). */
export async function signEarly(state: SignmeState, request: SignRequest): Promise<void> {
  const { staff = [] } =
    request.companyInn === undefined
      ? {}
      : (state.accounts.findCompany({ inn: request.companyInn }) ?? {})
  const user = state.accounts.user(request.userId ?? staff[0] ?? '')
  if (user === undefined) return
  const { told = [] } = await signRequest(state, request, { user })
  await Promise.all(told)
}
