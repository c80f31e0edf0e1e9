import type { ContentView, ProviderIo, RequestView } from '@muhr/envelope'
import { isPkiError } from '@muhr/pki'
import { isSignmeError, type SaidSignature } from '@muhr/signme'
import type { Client } from './clients.ts'
import type { SignmeHandle } from './handle.ts'
import { isContactAlone, isOneOfMany, type Match, matchSigner } from './match-signers.ts'

/** What Sign.Me has of one content for the recipient of a request. */
export type Found = { readonly content: ContentView; readonly match: Match }

type Finding = {
  readonly client: Client
  readonly request: RequestView<SignmeHandle>
  readonly sentAt: string
  readonly io: ProviderIo
}

/** Fetches the container of every content, and finds the recipient's signature in each. */
export async function findSignatures(finding: Finding): Promise<readonly Found[]> {
  const found: Found[] = []
  for (const content of finding.request.contents) {
    found.push({ content, match: await findIn(finding, content) })
  }

  return found
}

async function findIn(
  { client, request, sentAt, io }: Finding,
  { sha256 }: ContentView,
): Promise<Match> {
  const md5 = await io.md5(sha256)
  const { signme, breaker } = client
  const container = await breaker.run(io.now, () => signme.container(md5, { signal: io.signal }))
  if (container === undefined) return { kind: 'none' }
  const { recipient, method } = request
  const check = () => breaker.run(io.now, () => signme.check(md5, { signal: io.signal }))
  const said = isContactAlone(recipient)
    ? await check()
    : isOneOfMany(recipient)
      ? await check().catch(saysNothing)
      : []
  try {
    return matchSigner(container, { recipient, method, sentAt, said })
  } catch (error) {
    if (!isPkiError(error)) throw error

    // No container that anybody can read: the verifier says so of the whole.
    return { kind: 'other', container, isDetached: true }
  }
}

/** What the same question would bring again proves nothing; the certificate alone tells then. */
function saysNothing(error: unknown): readonly SaidSignature[] {
  if (!isSignmeError(error) || error.data.retry !== 'final') throw error

  return []
}
