import { z } from 'zod'

export const callSchema = z
  .object({
    id: z.string(),
    account: z.string(),
    order: z.string().nullable(),
    operation: z.enum([
      'token',
      'reserve',
      'push',
      'push-chunk',
      'order-details',
      'orders-status',
      'updated-after',
      'cancel',
      'download',
      'dictionary',
      'other',
    ]),
    method: z.string(),
    url: z.string().describe('API-Key and signature are replaced by their names in braces'),
    at: z.string(),
    elapsedMs: z.int(),
    status: z.int().nullable(),
    fault: z.string().nullable().describe('Why there is no answer'),
  })
  .meta({ id: 'WorkbenchCall' })
export type CallBody = z.output<typeof callSchema>

export const callDetailSchema = callSchema
  .extend({
    request: z.object({
      headers: z.record(z.string(), z.string()),
      body: z.string().nullable(),
      fields: z.array(
        z.object({ name: z.string(), value: z.string(), contentType: z.string().nullable() }),
      ),
      file: z
        .object({ name: z.string(), fileName: z.string(), contentType: z.string() })
        .nullable()
        .describe('Of a multipart body, without its bytes'),
      bytes: z.number().nullable(),
    }),
    answer: z.object({
      mediaType: z.string().nullable(),
      bytes: z.number().nullable(),
      text: z.string().nullable().describe('The first 64 KiB; null for files'),
    }),
    told: z
      .object({
        code: z.string(),
        action: z.enum([
          'fix-signing',
          'fix-config',
          'ask-admin',
          'renew-key',
          'operator',
          'fix-request',
          'retry-later',
        ]),
        meaning: z.string(),
        advice: z.string(),
      })
      .nullable()
      .describe('What the code of a refusal means, and who must act'),
    isRepeatable: z.boolean().describe('It changed nothing, and may be made again from here'),
  })
  .meta({ id: 'WorkbenchCallDetail' })
