import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createSigningKey,
  type DigestibleContent,
  decodeBase64,
  digestContent,
  parseCertificate,
  signDigestedContent,
} from '@muhr/pki'
import type { TestOrganisationKey } from '../test-organisation.ts'

/** A signing service as the README describes it, over real HTTP. */
export type StandInService = {
  readonly url: string
  /** Bodies of the requests so far, parsed. */
  readonly requests: () => readonly Readonly<Record<string, unknown>>[]
  readonly close: () => Promise<void>
}

export type ServiceFault =
  | 'other-content'
  | 'redirect'
  | 'hang'
  | 'flood'
  | 'not-json'
  | 'wrong-pin'
  | 'refuse'

export async function startStandInService({
  key,
  thumbprint,
  secret,
  fault,
}: {
  readonly key: TestOrganisationKey
  readonly thumbprint: string
  readonly secret: string
  readonly fault?: ServiceFault
}): Promise<StandInService> {
  const requests: Record<string, unknown>[] = []
  const server = createServer(async (request, response) => {
    if (request.headers.authorization !== `Bearer ${secret}`) {
      return answer(response, 401, { code: 'denied' })
    }
    const body = JSON.parse(await textOf(request))
    requests.push(body)
    switch (fault) {
      case 'redirect':
        response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end()
        return
      case 'hang':
        return
      case 'flood':
        return answer(response, 200, { cms: 'A'.repeat(3_000_000) })
      case 'not-json':
        response.writeHead(200).end('<html>')
        return
      case 'wrong-pin':
        return answer(response, 422, { code: 'wrong-pin' })
      case 'refuse':
        return answer(response, 503, { code: 'busy' })
      default:
        return answer(response, ...(await sign(body, { key, thumbprint, fault })))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/seal`,
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Body = {
  readonly version: number
  readonly thumbprint: string
  readonly format: string
  readonly detached: boolean
  readonly signingTime: string
  readonly digest?: { readonly algorithm: string; readonly value: string }
  readonly content?: string
}

async function sign(
  body: Body,
  {
    key,
    thumbprint,
    fault,
  }: {
    readonly key: TestOrganisationKey
    readonly thumbprint: string
    readonly fault: ServiceFault | undefined
  },
): Promise<[number, object]> {
  const isOfContract =
    body.version === 1 && body.format === 'CAdES-BES' && body.detached && !('pin' in body)
  if (!isOfContract || (body.digest === undefined) === (body.content === undefined)) {
    return [400, { code: 'bad-request' }]
  }
  if (body.thumbprint !== thumbprint) {
    return [404, { code: 'key-not-found' }]
  }
  const certificate = parseCertificate(key.certificate)
  const { key: publicKey } = certificate.spki
  const signer = createSigningKey(key.pkcs8, {
    publicKey: publicKey.type === 'gost' ? publicKey.point : undefined,
  })
  if (body.digest !== undefined && body.digest.algorithm !== signer.scheme.digestOid) {
    return [422, { code: 'digest-algorithm' }]
  }
  const content: DigestibleContent =
    fault === 'other-content'
      ? await digestContent(new Uint8Array(3), [signer.scheme.digestOid])
      : body.digest === undefined
        ? await digestContent(decodeBase64(body.content ?? ''), [signer.scheme.digestOid])
        : { looksLikeAttributes: false, digest: () => decodeBase64(body.digest?.value ?? '') }
  const cms = await signDigestedContent({
    content,
    signers: [
      {
        key: { ...signer, spki: certificate.spki },
        certificate,
        signingTime: new Date(body.signingTime),
      },
    ],
  })

  return [200, { cms: Buffer.from(cms).toString('base64') }]
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) {
    pieces.push(piece)
  }

  return Buffer.concat(pieces).toString('utf8')
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
