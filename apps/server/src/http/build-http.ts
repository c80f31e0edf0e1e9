import cookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import { MuhrError } from '@muhr/identifiers'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import type { AppContext } from '../app-context.ts'
import { guardApi } from '../auth/guard-api.ts'
import { callbackRoutes } from '../callbacks/callback-routes.ts'
import { signerRoutes } from '../signer/signer-routes.ts'
import { answerBrokenRequest } from './broken-requests.ts'
import { describeApi } from './describe-api.ts'
import { drainUnread } from './drain-unread.ts'
import { applicationPolicy, guardHost, securityHeaders } from './guards.ts'
import { Problem, problemBody } from './problems.ts'
import { connectionRoutes } from './routes/connection-routes.ts'
import { documentRoutes } from './routes/document-routes.ts'
import { envelopeRoutes } from './routes/envelope-routes.ts'
import { healthRoutes } from './routes/health-routes.ts'
import { keyRoutes } from './routes/key-routes.ts'
import { requestRoutes } from './routes/request-routes.ts'
import { sealRoutes } from './routes/seal-routes.ts'
import { loginRoutes, sessionRoutes } from './routes/session-routes.ts'
import { signingRoutes } from './routes/signing-routes.ts'
import { trustRoutes } from './routes/trust-routes.ts'
import { verificationRoutes } from './routes/verification-routes.ts'
import { workbenchRoutes } from './routes/workbench/workbench-routes.ts'
import { problemAnswers } from './schemas/answers.ts'
import { readPage } from './static-pages.ts'

/**
 * `public`: what signers and services reach (`/s`, `/cb`). `admin`: the API and its pages. A listener
 * may carry one or both, so that the public one can stand in front of the world alone (design rule 12).
 */
export type ListenerPart = 'public' | 'admin'

/** Builds a listener with its routes; it does not listen yet. */
export async function buildHttp(
  app: AppContext,
  parts: readonly ListenerPart[] = ['public', 'admin'],
): Promise<FastifyInstance> {
  const fastify = Fastify({
    loggerInstance: app.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 4 * 1024 * 1024,
    forceCloseConnections: true,
    requestTimeout: 0,
    trustProxy: (_address, hop) => hop < app.config.proxyHops,
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 300 },
    clientErrorHandler: answerBrokenRequest,
  })
  fastify.setValidatorCompiler(validatorCompiler)
  fastify.setSerializerCompiler(serializerCompiler)
  await fastify.register(cookie)
  guardHost(app, fastify)
  drainUnread(fastify)
  securityHeaders(fastify)
  setErrorAnswers(app, fastify)

  if (parts.includes('admin')) {
    await fastify.register(swagger, describeApi(app))
    await fastify.register(
      async (v1) => {
        guardApi(app, v1)
        v1.addHook('onRoute', (route) => {
          const schema = route.schema ?? {}
          route.schema = { ...schema, response: { ...(schema.response ?? {}), ...problemAnswers } }
        })
        await v1.register(documentRoutes(app))
        await v1.register(envelopeRoutes(app))
        await v1.register(signingRoutes(app))
        await v1.register(requestRoutes(app))
        await v1.register(sealRoutes(app))
        await v1.register(sessionRoutes(app))
        await v1.register(keyRoutes(app))
        await v1.register(connectionRoutes(app))
        await v1.register(trustRoutes(app))
        await v1.register(workbenchRoutes(app))
        await v1.register(verificationRoutes(app))
        v1.get('/openapi.json', { config: { needs: 'public' }, schema: { hide: true } }, async () =>
          fastify.swagger(),
        )
      },
      { prefix: '/v1' },
    )
    await fastify.register(loginRoutes(app))
  }
  if (parts.includes('public')) {
    await fastify.register(signerRoutes(app))
    await fastify.register(callbackRoutes(app))
  }
  await fastify.register(healthRoutes(app))
  await servePages(app, fastify, parts)

  return fastify
}

/** Built files, and for every other page of the application its one HTML. */
async function servePages(
  app: AppContext,
  fastify: FastifyInstance,
  parts: readonly ListenerPart[],
): Promise<void> {
  await fastify.register(fastifyStatic, {
    root: app.config.webDir,
    serve: true,
    wildcard: false,
    index: false,
    globIgnore: ['**/*.html'],
    setHeaders: (reply, path) => {
      reply.header(
        'cache-control',
        /[/\\]assets[/\\]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
  fastify.setNotFoundHandler(async (request, reply) => {
    const wantsPage =
      request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    const isApi = /^\/(v1|cb)(\/|$)/.test(request.url)
    if (parts.includes('admin') && wantsPage && !isApi) {
      return reply
        .header('content-type', 'text/html; charset=utf-8')
        .header('cache-control', 'no-cache')
        .header('content-security-policy', applicationPolicy)
        .send(await readPage(app, 'index.html'))
    }
    const problem = new Problem('request.not-found', 'There is nothing at this address.')

    return reply
      .code(404)
      .header('content-type', 'application/problem+json')
      .send(JSON.stringify(problemBody(problem, request.id)))
  })
}

/** Every error becomes one problem with a code; what is not ours says nothing of its inside. */
function setErrorAnswers(app: AppContext, fastify: FastifyInstance): void {
  fastify.setErrorHandler(async (error: unknown, request, reply) => {
    const problem = toProblem(error)
    if (request.raw.destroyed && !request.raw.complete) {
      // The client went away in the middle; there is nobody to answer, and nothing half-done stays.
      app.log.info({ requestId: request.id, route: request.routeOptions.url }, 'a client went away')
    } else if (problem.data.status >= 500) {
      app.log.error(
        {
          requestId: request.id,
          route: request.routeOptions.url,
          code: error instanceof MuhrError ? error.code : undefined,
          name: (error as Error).name,
          stack: (error as Error).stack,
        },
        'a request failed',
      )
    }

    return reply
      .code(problem.data.status)
      .header('content-type', 'application/problem+json')
      .serializer((body: unknown) => JSON.stringify(body))
      .send(problemBody(problem, request.id))
  })
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) {
    return error
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map(fieldOf)

    return new Problem('request.invalid', 'The request has fields that cannot be accepted.', {
      fields,
    })
  }
  const code = (error as { code?: unknown }).code
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new Problem('request.too-large', 'The body is too large.')
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new Problem('request.media-type', 'This content type is not read here.')
  }
  if (
    code === 'FST_ERR_CTP_INVALID_JSON_BODY' ||
    code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ||
    error instanceof SyntaxError
  ) {
    return new Problem('request.invalid', 'The body is not JSON.', { field: 'body' })
  }
  const status = (error as { statusCode?: unknown }).statusCode
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Problem('request.invalid', 'The request cannot be read.')
  }

  return new Problem('server.failed', 'Something failed inside.', { cause: error })
}

/** What is wrong with a field, in our words; the validator's own stand behind them. */
const adviceByKeyword: { readonly [keyword: string]: string } = {
  too_small: 'It is missing or too short.',
  too_big: 'It is too long or too large.',
  invalid_type: 'It is missing or of another type than the description of the API says.',
  invalid_format: 'Write it in the form that the description of the API names.',
  invalid_value: 'Choose one of the values that the description of the API names.',
  unrecognized_keys: 'There is no such field; check its spelling.',
}

function fieldOf(issue: {
  readonly keyword: string
  readonly instancePath: string
  readonly message?: string | undefined
  readonly params?: unknown
}): { readonly field: string; readonly code: string; readonly advice: string } {
  const keys = (issue.params as { keys?: unknown } | undefined)?.keys
  const unknownKey = Array.isArray(keys) ? `/${String(keys[0])}` : ''
  const advice = adviceByKeyword[issue.keyword] ?? 'Correct this field.'

  return {
    field: pathOf(`${issue.instancePath}${unknownKey}`),
    code: 'field.invalid',
    advice: issue.message === undefined ? advice : `${advice} (${issue.message})`,
  }
}

/** `/recipients/0/name` as `recipients[0].name`, the form of every other refusal. */
function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .filter((part) => part !== '')
    .reduce(
      (path, part) =>
        /^\d+$/.test(part) ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`,
      '',
    )
}
