import type { SwaggerOptions } from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { AppContext } from '../app-context.ts'
import { version } from '../version.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operation takes an `Idempotency-Key`. */
    readonly isIdempotent?: true
    /** The body is bytes of this type, streamed, and may be announced by its digest. */
    readonly bytes?: string
  }
}

const idempotencyKey = {
  type: 'string',
  maxLength: 255,
  description: 'A repeat with the same key is answered as before and does nothing again',
}
const claimedDigest = {
  type: 'string',
  pattern: '^[0-9a-fA-F]{64}$',
  description: 'SHA-256 of the body; a difference is refused',
}

type Transform = NonNullable<Extract<SwaggerOptions, { transform?: unknown }>['transform']>

/** What routes say of themselves by their configuration, beside their schemas. */
const transform: Transform = (document) => {
  const { schema, url } = jsonSchemaTransform(document)
  const { isIdempotent, bytes } = document.route.config ?? {}
  const headers = {
    ...(isIdempotent === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    ...(bytes === undefined ? {} : { 'x-muhr-sha256': claimedDigest }),
  }

  return {
    url,
    schema: {
      ...schema,
      ...(Object.keys(headers).length === 0
        ? {}
        : { headers: { type: 'object', properties: headers } }),
      ...(bytes === undefined
        ? {}
        : { consumes: [bytes], body: { type: 'string', format: 'binary' } }),
    },
  }
}

/** The description of the API, OpenAPI 3.1, made from the routes. */
export function describeApi(app: Pick<AppContext, 'config'>): SwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Muhr',
        version,
        description: 'Gateway to the national e-signature services of RU, KZ and UZ',
        license: { name: 'Apache-2.0' },
      },
      servers: [{ url: app.config.publicUrl }],
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'API key: muhr_…' },
          session: { type: 'apiKey', in: 'cookie', name: 'muhr_session' },
        },
      },
      security: [{ apiKey: [] }, { session: [] }],
    },
    transform,
    transformObject: jsonSchemaTransformObject,
  }
}
