import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../app-context.ts'
import { loadConnection } from '../connections/load-connection.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { counts } from '../envelopes/present-envelope.ts'
import { policyFraming } from '../http/guards.ts'
import { Problem } from '../http/problems.ts'
import { contentDisposition, sendBytes } from '../http/send-bytes.ts'
import { readPage } from '../http/static-pages.ts'
import { streamSnapshots } from '../http/stream-envelope.ts'
import { hintRequests } from '../watching/hint-requests.ts'
import { type FoundSigning, findSigning } from './find-signing.ts'
import { presentSigner } from './present-signer.ts'
import { renderSigner } from './render-signer.ts'

const tokenParams = z.object({ token: z.string().max(100) })
const positionParams = z.object({
  token: z.string().max(100),
  position: z.coerce.number().int().min(0).max(1000),
})

/**
 * Origins whose pages the signer page may show in a frame: those of the recipient's own connections, be a
 * request open yet or not, since the page lives on while one opens.
 */
async function framedBy(app: AppContext, found: FoundSigning): Promise<readonly string[]> {
  const connections = await Promise.all(
    found.recipient.methods.map(({ connection }) => loadConnection(app, connection)),
  )

  return [
    ...new Set(
      connections.flatMap((each) =>
        each === undefined ? [] : (each.provider.frames?.(each.settings) ?? []),
      ),
    ),
  ]
}

/** Who opens the page again and again has the service asked no more often than this, ms. */
const hintRestMs = 5_000

/** The signer is here: their service is asked more often how their requests stand. */
async function hintAtOpen(app: AppContext, { aggregate, signing }: FoundSigning): Promise<void> {
  const watched = aggregate.requests.filter(
    (request) =>
      request.signing === signing.id &&
      (request.state === 'open' || request.state === 'unknown') &&
      app.providers.get(request.provider)?.look !== undefined,
  )
  await hintRequests(
    app,
    watched.map(({ id }) => ({ envelope: aggregate.envelope.id, request: id })),
    { restMs: hintRestMs },
  )
}

/** `/s/{token}`: what a signer, who has nothing but the link, sees and does. */
export function signerRoutes(app: AppContext): FastifyPluginAsyncZod {
  return async (fastify) => {
    const require = async (token: string): Promise<FoundSigning> => {
      const found = await findSigning(app, token)
      if (found === undefined) {
        throw new Problem('request.not-found', 'This link is not known.', {
          advice: 'Open the link exactly as it was sent, or ask the sender for a new one.',
        })
      }

      return found
    }

    fastify.get(
      '/s/:token',
      {
        schema: {
          hide: true,
          params: tokenParams,
          querystring: z.object({ lang: z.string().max(5).optional() }),
        },
      },
      async (request, reply) => {
        const found = await findSigning(app, request.params.token)
        const page = await readPage(app, 'sign.html')
        const view = found === undefined ? undefined : await presentSigner(app, found)
        const origins = found === undefined ? [] : await framedBy(app, found)
        if (found !== undefined) {
          await hintAtOpen(app, found)
        }
        const html = renderSigner(page, view, {
          token: request.params.token,
          language: request.query.lang,
          acceptLanguage: request.headers['accept-language'],
        })

        return reply
          .code(found === undefined ? 404 : 200)
          .header('content-type', 'text/html; charset=utf-8')
          .header('cache-control', 'no-store')
          .header('referrer-policy', 'no-referrer')
          .header('x-robots-tag', 'noindex')
          .header('content-security-policy', policyFraming(origins))
          .send(html)
      },
    )

    fastify.get(
      '/s/:token/api/view',
      { schema: { hide: true, params: tokenParams } },
      async (request, reply) => {
        reply.header('cache-control', 'no-store')

        return presentSigner(app, await require(request.params.token))
      },
    )

    fastify.get(
      '/s/:token/api/stream',
      { exposeHeadRoute: false, schema: { hide: true, params: tokenParams } },
      async (request, reply) => {
        const found = await require(request.params.token)

        return streamSnapshots(
          app,
          { request, reply },
          {
            listen: (refresh) => ({
              onChange: ({ envelope }) => {
                if (envelope === found.aggregate.envelope.id) {
                  refresh()
                }
              },
            }),
            event: 'view',
            read: async () => {
              const now = await findSigning(app, request.params.token)

              return now === undefined
                ? undefined
                : {
                    id: String(now.aggregate.envelope.version),
                    body: await presentSigner(app, now),
                  }
            },
          },
        )
      },
    )

    fastify.get(
      '/s/:token/api/documents/:position',
      { schema: { hide: true, params: positionParams } },
      async (request, reply) => {
        const { aggregate } = await require(request.params.token)
        const document = aggregate.documents.find(
          (candidate) => candidate.position === request.params.position,
        )
        if (document === undefined) {
          throw new Problem('request.not-found', 'There is no such document.')
        }

        return sendBytes(reply, app.store, document)
      },
    )

    fastify.get(
      '/s/:token/api/signature/:position',
      { schema: { hide: true, params: positionParams } },
      async (request, reply) => {
        const { aggregate, signing } = await require(request.params.token)
        const document = aggregate.documents.find(
          (candidate) => candidate.position === request.params.position,
        )
        const contents = aggregate.contents
          .filter((content) => content.document === document?.id)
          .map((content) => content.id)
        const artifact = aggregate.artifacts.find(
          (candidate) =>
            candidate.signing === signing.id &&
            counts(candidate, signing) &&
            contents.includes(candidate.content),
        )
        if (document === undefined || artifact === undefined) {
          throw new Problem('request.not-found', 'This document is not signed by this link yet.')
        }

        return reply
          .header('content-type', 'application/pkcs7-signature')
          .header(
            'content-disposition',
            contentDisposition('attachment', `${document.fileName}.p7s`),
          )
          .header('x-content-type-options', 'nosniff')
          .header('cache-control', 'private, no-store')
          .send(Buffer.from(await app.store.read(artifact.sha256)))
      },
    )

    fastify.post(
      '/s/:token/api/renew',
      { schema: { hide: true, params: tokenParams } },
      async (request) => {
        const { aggregate, signing } = await require(request.params.token)
        const result = await changeEnvelope(app, aggregate.envelope.id, {
          kind: 'renew',
          signing: signing.id,
          actor: { kind: 'signer', id: signing.id },
        })
        if (result.kind === 'refused') {
          throw new Problem('signing.state', 'There is nothing to renew.', {
            advice: result.refusal.advice,
          })
        }

        return presentSigner(app, await require(request.params.token))
      },
    )

    fastify.post(
      '/s/:token/api/decline',
      {
        schema: {
          hide: true,
          params: tokenParams,
          body: z.strictObject({ reason: z.string().trim().max(500).optional() }),
        },
      },
      async (request) => {
        const { aggregate, signing } = await require(request.params.token)
        const result = await changeEnvelope(app, aggregate.envelope.id, {
          kind: 'decline',
          signing: signing.id,
          actor: { kind: 'signer', id: signing.id },
          reason: request.body.reason === '' ? undefined : request.body.reason,
        })
        if (result.kind === 'refused') {
          throw new Problem('signing.state', 'This can no longer be declined.', {
            advice: result.refusal.advice,
          })
        }

        return presentSigner(app, await require(request.params.token))
      },
    )
  }
}
