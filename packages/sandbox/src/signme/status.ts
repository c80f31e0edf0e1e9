import { rejectFiles } from './act.ts'
import type { Fields } from './form.ts'
import { type SignFile, type SignRequest, statusOf } from './request.ts'
import { inTurn, type SignmeState } from './state.ts'
import { moscowTime } from './times.ts'

const MIXED = 'Различные состояния отдельных файлов'

type Status = { readonly status: string | number; readonly comment?: string }

/** Status of one file (seed 1.4). */
export function fileStatus({ switches }: SignmeState, { status, comment }: SignFile): Status {
  return {
    status: switches.statusType === 'string' ? String(status) : status,
    ...(status === 2 && comment !== '' ? { comment } : {}),
  }
}

/** Status of a group (seed 2.2): that of all its files, or 4, which the seed writes as a number. */
export function groupStatus(state: SignmeState, request: SignRequest): Status {
  const status = statusOf(request)
  const last = request.files.at(-1)
  if (status === 4 || last === undefined) return { status: 4, comment: MIXED }

  return fileStatus(state, last)
}

/** What 1.5 and 2.3 answer; the dates and reasons of a group are those of its last file. */
type Reject = Readonly<Record<string, string>>

/**
 * Rejects for the sender (seed 1.5, 2.3). What becomes of a signed or deleted request is not documented: there is
 * none to reject, `wrong_source_or_id`.
 */
export function rejectBySender(
  state: SignmeState,
  request: SignRequest | undefined,
  { fields, file }: { readonly fields: Fields; readonly file: SignFile | undefined },
): Promise<Reject> {
  const { accounts, switches } = state
  const key = fields.get('key') ?? (switches.apiKeyAlias ? fields.get('api_key') : undefined) ?? ''
  if (accounts.site(key) === undefined) return Promise.resolve({ result: 'wrong_source' })
  if (request === undefined) return Promise.resolve({ result: 'wrong_source_or_id' })
  if (request.siteKey !== key) return Promise.resolve({ result: 'wrong_source' })

  return inTurn(state, request, async () => {
    const isDone = rejectFiles(state, request, {
      reason: fields.get('reason') ?? '',
      rid: file?.rid,
    })
    const files = file === undefined ? request.files : [file]
    const last = files.findLast(({ status }) => status === 2)
    if (last === undefined) return { result: 'wrong_source_or_id' }
    const date = moscowTime(last.closedAt ?? 0)
    const reason = last.comment

    return {
      result: isDone ? '0' : 'already_rejected',
      ...(file === undefined ? { lastdate: date, lastreason: reason } : { date, reason }),
    }
  })
}
