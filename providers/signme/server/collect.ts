import { createHash } from 'node:crypto'
import type { Candidate, ProviderIo, RequestView, Sha256Hex } from '@muhr/envelope'
import { isSignmeError } from '@muhr/signme'
import { codeOf } from './call-errors.ts'
import type { Clients } from './clients.ts'
import type { SignmeConnection } from './connection.ts'
import { findSignatures } from './find-signatures.ts'
import { countsSince, namelessHandle, type SignmeHandle } from './handle.ts'
import type { Match } from './match-signers.ts'

type Collected = {
  readonly submission: Sha256Hex
  readonly candidates: readonly Candidate[]
  readonly flag?: string
  readonly refused?: string
}

/**
 * Fetches the signatures of a request that Sign.Me says is signed (§4.10): of each file that of its
 * recipient. Where the recipient has none but somebody else has, that one is handed on to be refused, so
 * that a person learns of it. As long as a file has none at all, nothing is, and all are fetched again
 * later. One that the recipient gave before this request proves nothing of it (trap T15): a person is
 * told, and it is fetched again.
 */
export async function collect(
  clients: Clients,
  input: {
    readonly connection: SignmeConnection
    readonly request: RequestView<SignmeHandle>
    readonly io: ProviderIo
  },
): Promise<Collected> {
  const { connection, request, io } = input
  const handle = request.handle ?? namelessHandle(request, io.now())
  const client = clients.open(connection, io)
  const search = { client, request, sentAt: countsSince(request, handle), io }
  const found = await findSignatures(search).catch((error: unknown) => {
    // What the same question would bring again is told to a person; it is asked again all the same.
    if (!isSignmeError(error) || error.data.retry !== 'final') throw error

    return codeOf(error)
  })
  if (typeof found === 'string') return { ...submissionOf([]), refused: found }
  const candidates = found.flatMap(({ content, match }): readonly Candidate[] =>
    match.kind === 'own' || (match.kind === 'other' && !request.closed)
      ? [
          {
            content: content.id,
            bytes: match.container,
            format: 'CMS',
            detached: match.isDetached,
            ...(isVouched(match) ? { vouched: true as const } : {}),
          },
        ]
      : [],
  )
  // Of one that was taken back nothing more will come: what is there is evidence.
  const isWhole = request.closed || candidates.length === found.length

  return {
    ...submissionOf(isWhole ? candidates : []),
    ...(found.some(({ match }) => match.kind === 'earlier')
      ? { flag: 'signme.signed-earlier' }
      : {}),
  }
}

function isVouched(match: Match): boolean {
  return match.kind === 'own' && match.isVouched
}

/** The same signatures are the same submission, however often they are fetched. */
function submissionOf(candidates: readonly Candidate[]): Collected {
  const hash = createHash('sha256')
  for (const { content, bytes } of candidates) {
    hash.update(`${content} ${createHash('sha256').update(bytes).digest('hex')}\n`)
  }

  return { submission: hash.digest('hex') as Sha256Hex, candidates }
}
