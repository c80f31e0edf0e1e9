import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../../app-context.ts'
import { callerOf } from '../../../auth/guard-api.ts'
import { checkXml, expectSchema } from '../../../workbench/check-xml.ts'
import { formatXml } from '../../../workbench/format-xml.ts'
import { goskeySchema } from '../../../workbench/goskey-schema.ts'
import {
  addService,
  changeService,
  listServices,
  loadService,
  removeService,
  type ServiceSettings,
  serviceVersions,
} from '../../../workbench/services.ts'
import { idempotent } from '../../idempotency.ts'
import { Problem } from '../../problems.ts'
import {
  serviceDetailSchema,
  serviceSchema,
  serviceSettingsSchema,
  xmlCheckSchema,
  xmlFindingsSchema,
  xmlTextSchema,
} from '../../schemas/workbench-schemas.ts'

const params = z.object({ id: z.string().max(60) })
/** A template and a schema, escaped as JSON. */
const bodyLimit = 12 * 1024 * 1024

const settingsOf = (body: z.output<typeof serviceSettingsSchema>): ServiceSettings => ({
  ...body,
  targetCode: body.targetCode ?? `-${body.serviceCode}`,
})

/** `/v1/workbench/services` and `/xml`: templates and schemas, and what the XML editor asks. */
export function workbenchServiceRoutes(app: AppContext): FastifyPluginAsyncZod {
  return async (fastify) => {
    fastify.get(
      '/workbench/services',
      {
        config: { needs: 'workbench:read' },
        schema: {
          tags: ['workbench'],
          summary: 'Services with their templates and schemas, newest versions',
          response: { 200: z.object({ items: z.array(serviceSchema) }) },
        },
      },
      async (request) => ({
        items: [...(await listServices(app.db, callerOf(request).organisationId))],
      }),
    )

    fastify.post(
      '/workbench/services',
      {
        config: { needs: 'workbench:write', isIdempotent: true },
        bodyLimit,
        schema: {
          tags: ['workbench'],
          summary: 'Add a service: codes, name of the request file, template, schema',
          body: serviceSettingsSchema,
          response: { 201: serviceSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const service = settingsOf(request.body)

        return idempotent(app, { request, reply, caller }, async (keep) => {
          await expectSchema(service.schema)

          return app.db.transaction().execute(async (tx) => {
            const answer = { status: 201, body: await addService(app, tx, { caller, service }) }
            await keep?.(tx, answer)

            return answer
          })
        })
      },
    )

    fastify.get(
      '/workbench/services/:id',
      {
        config: { needs: 'workbench:read' },
        schema: {
          tags: ['workbench'],
          summary: 'A service in one of its versions, the newest by default',
          params,
          querystring: z.object({ version: z.coerce.number().int().positive().optional() }),
          response: { 200: serviceDetailSchema },
        },
      },
      async (request) => {
        const { organisationId } = callerOf(request)
        const { id } = request.params
        const { version } = request.query
        const service = await loadService(app.db, organisationId, { id, version })
        const versions = await serviceVersions(app.db, organisationId, id)

        return {
          ...service,
          versions: versions.map((each) => ({
            version: each.version,
            at: each.at,
            name: each.name,
          })),
        }
      },
    )

    fastify.put(
      '/workbench/services/:id',
      {
        config: { needs: 'workbench:write' },
        bodyLimit,
        schema: {
          tags: ['workbench'],
          summary: 'Write a new version of a service; orders keep theirs',
          params,
          body: serviceSettingsSchema,
          response: { 200: serviceSchema },
        },
      },
      async (request) =>
        changeService(app, {
          caller: callerOf(request),
          id: request.params.id,
          service: settingsOf(request.body),
        }),
    )

    fastify.delete(
      '/workbench/services/:id',
      {
        config: { needs: 'workbench:write' },
        schema: {
          tags: ['workbench'],
          summary: 'Remove a service; orders that were made from it keep it',
          params,
          response: { 204: z.null().describe('Removed') },
        },
      },
      async (request, reply) => {
        await removeService(app, callerOf(request).organisationId, request.params.id)

        return reply.code(204).send(null)
      },
    )

    fastify.post(
      '/workbench/xml/check',
      {
        config: { needs: 'workbench:read' },
        bodyLimit,
        schema: {
          tags: ['workbench'],
          summary: 'Is the XML well-formed and valid: every fault with line and column',
          body: xmlCheckSchema,
          response: { 200: xmlFindingsSchema },
        },
      },
      async (request) => {
        const { organisationId } = callerOf(request)
        const { xml, schema, service, goskey } = request.body
        const octets = new TextEncoder().encode(xml)
        const kept =
          schema === undefined && service !== undefined
            ? await loadService(app.db, organisationId, service)
            : undefined
        const faults = await checkXml(
          octets,
          schema ?? kept?.schema ?? (goskey && goskeySchema(octets, goskey)),
        )

        return { isValid: faults.length === 0, faults: [...faults] }
      },
    )

    fastify.post(
      '/workbench/xml/format',
      {
        config: { needs: 'workbench:read' },
        bodyLimit,
        schema: {
          tags: ['workbench'],
          summary: 'The same XML, indented; texts and attributes stay as they are',
          body: xmlTextSchema,
          response: { 200: xmlTextSchema },
        },
      },
      async (request) => {
        const { xml } = request.body
        const faults = await checkXml(new TextEncoder().encode(xml), undefined)
        if (faults.length > 0) {
          throw new Problem('workbench.xml', 'The XML is not well-formed.', {
            fields: faults.map(({ line, column, message }) => ({
              field: `xml:${line}:${column}`,
              code: 'xml.not-well-formed',
              advice: message,
            })),
          })
        }

        return { xml: formatXml(xml) }
      },
    )
  }
}
