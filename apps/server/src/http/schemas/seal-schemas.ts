import { z } from 'zod'

const itemSchema = z.object({
  name: z.string(),
  sha256: z.string(),
  size: z.int(),
  format: z.string(),
  href: z.string().optional().describe('Where the bytes are downloaded; not of an API-Key'),
})

export const sealTaskSchema = z
  .object({
    id: z.string(),
    kind: z
      .enum(['request', 'connection', 'order', 'account'])
      .describe(
        '`connection`: a credential whose signature serves for a while; `order`: the package of a workbench order; `account`: the API-Key of a workbench account',
      ),
    purpose: z.string(),
    signerKey: z.string().optional(),
    due: z.string().optional().describe('Sign it before; absent: as soon as possible'),
    connection: z.object({ id: z.string(), name: z.string() }).optional(),
    order: z
      .object({ id: z.string(), title: z.string(), number: z.string().optional() })
      .optional(),
    account: z.object({ name: z.string() }).optional(),
    envelope: z.object({ id: z.string(), title: z.string() }).optional(),
    recipient: z.string().optional().describe('Who is asked to sign what is sealed'),
    items: z.array(itemSchema),
  })
  .meta({ id: 'SealTask' })

export const sealListSchema = z.object({ items: z.array(sealTaskSchema) }).meta({ id: 'SealList' })

export const sealBatchSchema = z
  .object({
    id: z.string(),
    thumbprint: z.string().describe('SHA-1 of the certificate that must sign, hex'),
    due: z.string(),
    digestAlgorithm: z.string().describe('OID of the digest of the key'),
    items: z.array(
      z.object({
        name: z.string(),
        sha256: z.string(),
        digest: z.string().describe('What the signature is over, hex'),
        href: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'SealBatch' })

export const sealSignaturesSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(255),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        signature: z.base64().max(1_000_000).describe('Detached CMS over the item, DER or BER'),
      }),
    )
    .min(1)
    .max(200),
})

export const manySealsSchema = z.strictObject({
  seals: z
    .array(z.strictObject({ id: z.string().max(60), items: sealSignaturesSchema.shape.items }))
    .min(1)
    .max(200),
})

export const confirmedSealSchema = z
  .object({ id: z.string(), state: z.literal('made') })
  .meta({ id: 'ConfirmedSeal' })

export const confirmedSealsSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        state: z.enum(['made', 'refused']),
        code: z.string().optional(),
        advice: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'ConfirmedSeals' })
