import { pageUrl } from './create-request.ts'
import { type SignRequest, statusOf, suffixOf } from './request.ts'
import type { SignmeState } from './state.ts'

/** A request as the control shows it. */
export function requestView(state: SignmeState, request: SignRequest) {
  return {
    id: request.id,
    kind: request.kind,
    handle: handleOf(request),
    page: pageUrl(state, request),
    key: request.siteKey,
    status: statusOf(request),
    files: request.files.map((file) => ({
      rid: file.rid,
      suffix: suffixOf(file),
      name: file.name,
      md5: file.md5,
      sha256: file.sha256,
      size: file.size,
      status: file.status,
      comment: file.comment,
      closedAt: file.closedAt === undefined ? null : new Date(file.closedAt).toISOString(),
    })),
    addressee: request.addressee,
    user: request.userId ?? null,
    company: request.companyInn ?? null,
    url: request.url ?? null,
    isPush: request.isPush,
    isForceSms: request.isForceSms,
    isNotified: request.isNotified,
    hasNoMail: request.hasNoMail,
    createdAt: new Date(request.createdAt).toISOString(),
    outcome: request.outcome ?? null,
  }
}

/** What the sender got: suffix or UUID. */
function handleOf({ uuid, files }: SignRequest): string {
  const [first] = files

  return uuid ?? (first === undefined ? '' : suffixOf(first))
}
