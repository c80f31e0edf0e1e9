import type { ProviderIo, RequestView } from '@muhr/envelope'
import { isSignmeError, type SignmeState } from '@muhr/signme'
import type { Clients } from './clients.ts'
import type { SignmeConnection } from './connection.ts'
import type { SignmeHandle } from './handle.ts'

/** What its signer reads as the reason. */
const reason = 'Запрос отозван отправителем'

/**
 * Takes a request back (1.5, 2.3), then asks once more how it stands: a signature that came first stands
 * (trap T18).
 */
export async function cancel(
  clients: Clients,
  input: {
    readonly connection: SignmeConnection
    readonly request: RequestView<SignmeHandle>
    readonly io: ProviderIo
  },
): Promise<'cancelled' | 'cancelled-in-part' | 'too-late' | 'unsupported' | 'unknown'> {
  const { connection, request, io } = input
  const { handle } = request
  const reference = handle?.reference
  // Nobody knows by which name it could be taken back.
  if (handle === undefined || reference === undefined) return 'unsupported'
  const { signme } = clients.open(connection, io)
  const isFile = handle.kind === 'file'
  const options = { signal: io.signal }
  const isRejected = await (isFile
    ? signme.reject(reference, { reason, ...options })
    : signme.rejectGroup(reference, { reason, ...options })
  ).then(
    () => true,
    (error: unknown) => {
      // Signed or gone before, or its answer was lost: the status tells.
      if (
        !isSignmeError(error, 'signme.refused') &&
        !isSignmeError(error, 'signme.outcome-unknown')
      ) {
        throw error
      }

      return false
    },
  )
  const { state } = await (isFile
    ? signme.status(reference, options)
    : signme.groupStatus(reference, options))

  return resultOf(state, isRejected)
}

function resultOf(
  state: SignmeState,
  isRejected: boolean,
): 'cancelled' | 'cancelled-in-part' | 'too-late' | 'unknown' {
  switch (state) {
    case 'signed':
      return 'too-late'
    case 'rejected':
    case 'deleted':
      return 'cancelled'
    case 'mixed':
      // Some of its files were signed before; the others nobody can sign any more.
      return isRejected ? 'cancelled-in-part' : 'unknown'
    case 'not-signed':
      return 'unknown'
  }
}
