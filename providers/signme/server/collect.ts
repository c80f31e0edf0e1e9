import { createHash } from 'node:crypto'
import type { Candidate, ProviderIo, RequestView, Sha256Hex } from '@muhr/envelope'
import type { Clients } from './clients.ts'
import type { SignmeConnection } from './connection.ts'
import { findSignatures } from './find-signatures.ts'
import { namelessHandle, type SignmeHandle } from './handle.ts'
import type { Match } from './match-signers.ts'

type Collected = {
  readonly submission: Sha256Hex
  readonly candidates: readonly Candidate[]
}

/**
 * Fetches the signatures of a request that Sign.Me says is signed (§4.10): of each file that of its
 * recipient. Where the recipient has none but somebody else has, that one is handed on to be refused, so
 * that a person learns of it; where there is none at all yet, nothing is, and it is fetched again later.
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
  const found = await findSignatures({ client, request, sentAt: handle.sentAt, io })

  return submissionOf(
    found.flatMap(({ content, match }) =>
      match.kind === 'none'
        ? []
        : [
            {
              content: content.id,
              bytes: match.container,
              format: 'CMS' as const,
              detached: true,
              ...(isVouched(match) ? { vouched: true as const } : {}),
            },
          ],
    ),
  )
}

function isVouched(match: Match): boolean {
  return (match.kind === 'own' || match.kind === 'earlier') && match.isVouched
}

/** The same signatures are the same submission, however often they are fetched. */
function submissionOf(candidates: readonly Candidate[]): Collected {
  const hash = createHash('sha256')
  for (const { content, bytes } of candidates) {
    hash.update(`${content} ${createHash('sha256').update(bytes).digest('hex')}\n`)
  }

  return { submission: hash.digest('hex') as Sha256Hex, candidates }
}
