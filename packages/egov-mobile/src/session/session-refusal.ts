import type { RefusalCode } from '../http/refusals.ts'
import type { Session } from './session.ts'

/**
 * Why a session gives out nothing and takes no other signature any more, or undefined while it is
 * open. A closed session stays closed whatever the clock says.
 */
export function sessionRefusal(session: Session, now: Date): RefusalCode | undefined {
  switch (session.closed?.kind) {
    case 'accepted':
      return 'already-signed'
    case 'canceled':
    case 'replaced':
    case 'withdrawn':
      return session.closed.kind
    case undefined:
      return now.getTime() >= session.expiresAt.getTime() ? 'expired' : undefined
  }
}
