import { CliError } from '../command/cli-error.ts'

const timeoutMs = 10_000
const maxAnswerBytes = 1024 * 1024

function refused(message: string, cause?: unknown): CliError {
  return new CliError({
    code: 'cli.no-answer',
    message,
    advice: 'Check the address of --tsa and the way to it, or sign without a time-stamp.',
    cause,
  })
}

/**
 * Sends a TimeStampReq (RFC 3161 §3.4) to the service that the person named, and to no other: no
 * redirects, one try of ten seconds, answers up to 1 MiB.
 * @throws CliError `cli.no-answer`
 */
export async function askTimeStamp(
  url: string,
  request: Uint8Array,
  fetchImpl: typeof fetch = fetch,
): Promise<Uint8Array> {
  const response = await fetchImpl(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/timestamp-query',
      accept: 'application/timestamp-reply',
    },
    body: new Uint8Array(request),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw refused('The time-stamp service does not answer.', error)
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw refused(`The time-stamp service answers with HTTP ${response.status}.`)
  }
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.length
    if (size > maxAnswerBytes) {
      throw refused('The time-stamp service answers with more than any time-stamp has.')
    }
    pieces.push(piece)
  }

  return new Uint8Array(Buffer.concat(pieces))
}
