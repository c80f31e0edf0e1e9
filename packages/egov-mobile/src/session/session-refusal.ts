import type { RefusalCode } from '../http/refusals.ts'
import type { Session } from './session.ts'

/**
 * Why a session gives out nothing and takes no other signature any more, or undefined while it is
 * open. A closed session stays closed whatever the clock says.
 */
export function sessionRefusal(session: Session, now: Date): RefusalCode | undefined {
  switch (session.closed?.kind) {
    case 'accepted':
    case 'signed-elsewhere':
      return 'already-signed'
    case 'canceled':
      return 'canceled'
    case 'withdrawn':
      return 'withdrawn'
    case undefined:
      return now.getTime() >= session.expiresAt.getTime() ? 'expired' : undefined
  }
}
