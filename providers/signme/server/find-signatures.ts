import type { ContentView, ProviderIo, Recipient, RequestView } from '@muhr/envelope'
import { isPkiError } from '@muhr/pki'
import type { Client } from './clients.ts'
import type { SignmeHandle } from './handle.ts'
import { isContactAlone, type Match, matchSigner } from './match-signers.ts'

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
  const { recipient } = request
  const said = needsSaid(recipient)
    ? await breaker.run(io.now, () => signme.check(md5, { signal: io.signal }))
    : []
  try {
    return matchSigner(container, { recipient, sentAt, said })
  } catch (error) {
    if (!isPkiError(error)) throw error

    // No container that anybody can read: the verifier says so of the whole.
    return { kind: 'other', container, isDetached: true }
  }
}

function needsSaid(recipient: Recipient): boolean {
  return isContactAlone(recipient)
}
