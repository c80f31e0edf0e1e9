import type { Json } from '@muhr/envelope'
import { z } from 'zod'

/** What is read out of a JSON body is JSON. A recursive schema would say no more. */
const anyJson = z.unknown() as unknown as z.ZodType<Json, Json>

const jsonObject = z.record(z.string().max(100), anyJson)
const name = z.string().trim().min(1).max(120)
const policy = z.string().max(40).describe('How signatures that come through it are judged')
const signerKey = z
  .string()
  .max(60)
  .nullable()
  .describe('Id of the signer key that it seals with by default; null: none')
const settings = jsonObject.describe(
  'As its provider names them. A secret is shown as { masked, ref }; sent back so, it stays as it is',
)

export const newConnectionSchema = z.strictObject({
  provider: z.string().max(40),
  name,
  policy: policy.optional(),
  settings: settings.optional(),
  signerKey: signerKey.optional(),
})

export const changedConnectionSchema = z.strictObject({
  revision: z.int().min(1).describe('Of the reading that is changed'),
  name: name.optional(),
  policy: policy.optional(),
  settings: settings.optional(),
  signerKey: signerKey.optional(),
})

export const connectionSchema = z
  .object({
    id: z.string(),
    provider: z.string(),
    name: z.string(),
    policy: z.string(),
    settings,
    signerKey,
    state: z
      .enum(['enabled', 'disabled', 'unusable'])
      .describe('`disabled`: no new envelope can use it; what was sent goes on to its end'),
    faults: z
      .array(z.object({ field: z.string(), code: z.string(), advice: z.string() }))
      .describe('Why it is unusable'),
    watch: z
      .object({
        watchedAt: z.string().nullable(),
        failures: z.int(),
        failedCode: z.string().nullable(),
        failedSince: z.string().nullable(),
        lateSeconds: z
          .int()
          .optional()
          .describe(
            'How late the question is that waits longest, where requests are asked about one by one',
          ),
      })
      .nullable()
      .describe('How the last look at its open requests went; null: nothing was looked at'),
    notificationAddress: z
      .string()
      .optional()
      .describe('Where its service calls about the connection as a whole, for services that do'),
    revision: z.int(),
    createdAt: z.string(),
    disabledAt: z.string().nullable(),
  })
  .meta({ id: 'Connection' })

export type ConnectionBody = z.output<typeof connectionSchema>

export const connectionDetailSchema = connectionSchema
  .extend({
    events: z.array(
      z.object({
        at: z.string(),
        type: z.enum(['created', 'changed', 'disabled', 'enabled', 'checked', 'resealed']),
        actor: z.object({ kind: z.string(), id: z.string().optional() }),
        data: z.record(z.string(), anyJson),
      }),
    ),
  })
  .meta({ id: 'ConnectionDetail' })

export const connectionCheckSchema = z
  .object({
    at: z.string(),
    result: z.enum(['passed', 'notice', 'warning', 'failed']).describe('The worst of the findings'),
    findings: z.array(
      z.object({
        check: z.string(),
        result: z.enum(['passed', 'notice', 'warning', 'failed']),
        code: z.string(),
        message: z.string(),
        advice: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'ConnectionCheck' })

export type ConnectionCheckBody = z.output<typeof connectionCheckSchema>

export const apiKeyFileWishSchema = z.strictObject({
  file: z.base64().min(4).max(1_400_000).describe('CSV of the partner cabinet, base64'),
  connection: z.string().max(60).optional().describe('Its API-Keys are told as known'),
})

export const apiKeyFileSchema = z
  .object({
    encoding: z.enum(['utf-8', 'windows-1251']),
    separator: z.enum([';', ',', 'tab', 'none']),
    header: z.array(z.string()).nullable(),
    keys: z.array(
      z.object({
        line: z.int(),
        apiKey: z.string(),
        name: z.string(),
        dates: z.array(z.string()).describe('YYYY-MM-DD, the earliest first'),
      }),
    ),
    refused: z.array(
      z.object({
        line: z.int(),
        reason: z.enum(['no-key', 'several-keys', 'double', 'known']),
        sameAs: z.int().optional().describe('The earlier line of a double'),
      }),
    ),
  })
  .meta({ id: 'ApiKeyFile' })
