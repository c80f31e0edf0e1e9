import type { Logger } from 'pino'

/** Hosts of one country (or of the sandbox) that the installation is configured to ask. */
export type TrustServiceHosts = {
  readonly ocspUrl?: string | undefined
  readonly tsaUrl?: string | undefined
}

export type TrustServices = {
  /** Sends an OCSP request (DER) and gives the answer (DER), or undefined when nobody answered. */
  readonly ocsp: (hosts: TrustServiceHosts, request: Uint8Array) => Promise<Uint8Array | undefined>
  /** Sends an RFC 3161 query (DER) and gives the answer (DER), or undefined when nobody answered. */
  readonly timeStamp: (
    hosts: TrustServiceHosts,
    query: Uint8Array,
  ) => Promise<Uint8Array | undefined>
}

const timeoutMs = 10_000
const tries = 3
const maxAnswerBytes = 1024 * 1024

/**
 * Asks OCSP and TSA hosts over HTTP. Only configured addresses are asked (design rule 11): what a
 * certificate names is not looked at. Ten seconds and three tries each, no redirects, answers up to
 * 1 MiB. Silence is undefined, never an exception: a verifier then says INDETERMINATE.
 */
export function createTrustServices(log: Logger, fetchImpl: typeof fetch = fetch): TrustServices {
  const post = async (
    url: string | undefined,
    contentType: string,
    accept: string,
    body: Uint8Array,
  ): Promise<Uint8Array | undefined> => {
    if (url === undefined) {
      return undefined
    }
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      try {
        const response = await fetchImpl(url, {
          method: 'POST',
          headers: { 'content-type': contentType, accept },
          body: Buffer.from(body),
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        })
        const bytes = await readLimited(response)
        if (response.ok && bytes !== undefined) {
          return bytes
        }
        log.warn({ url, status: response.status, attempt }, 'trust service refused')
      } catch (error) {
        log.warn({ url, attempt, reason: (error as Error).name }, 'trust service did not answer')
      }
    }

    return undefined
  }

  return {
    ocsp: (hosts, request) =>
      post(hosts.ocspUrl, 'application/ocsp-request', 'application/ocsp-response', request),
    timeStamp: (hosts, query) =>
      post(hosts.tsaUrl, 'application/timestamp-query', 'application/timestamp-reply', query),
  }
}

async function readLimited(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  if (response.body === null) {
    return new Uint8Array()
  }
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > maxAnswerBytes) {
      return undefined
    }
    chunks.push(chunk)
  }

  return Buffer.concat(chunks)
}
