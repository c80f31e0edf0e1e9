import { z } from 'zod'
import { localeSchema, localisedSchema } from './envelope-schemas.ts'

export const sessionSchema = z
  .object({
    user: z.object({
      id: z.string().describe('Empty for an API key'),
      name: z.string(),
      role: z.enum(['owner', 'sender', 'viewer', 'auditor']),
      locale: localeSchema,
    }),
    organisation: z.object({
      id: z.string(),
      name: z.string(),
      names: localisedSchema,
      bin: z.string().optional(),
      sandbox: z.boolean(),
    }),
    mode: z.enum(['sandbox', 'live']),
    sandbox: z.object({ consoleUrl: z.string(), phoneUrl: z.string() }).optional(),
    scopes: z.array(z.string()),
    version: z.string(),
  })
  .meta({ id: 'Session' })

export const providersSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        country: z.enum(['RU', 'KZ', 'UZ']),
        acts: z.enum(['service', 'watched', 'browser']),
        limits: z.object({ maxDocuments: z.int(), maxBytes: z.int() }),
        methods: z.array(
          z.object({ method: z.string(), detached: z.boolean(), format: z.string() }),
        ),
        connections: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            sandbox: z.boolean(),
            failing: z
              .object({ code: z.string(), since: z.string(), retryAt: z.string() })
              .optional()
              .describe('It cannot be watched: what the service says of its requests is not heard'),
            lateSeconds: z
              .int()
              .optional()
              .describe(
                'How late the question is that waits longest, where requests are asked about one by one',
              ),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Providers' })
