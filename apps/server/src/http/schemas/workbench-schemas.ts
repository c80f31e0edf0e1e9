import { z } from 'zod'

const text = (max: number) => z.string().trim().min(1).max(max)
const url = z.string().min(1).max(300)
const id = z.string().min(1).max(120)
const serviceCode = z.string().regex(/^\d{1,20}$/)
const targetCode = z.string().regex(/^-?\d{1,20}$/)
const region = z
  .string()
  .regex(/^\d{2,11}$/)
  .describe('OKATO')
const xml = z
  .string()
  .min(1)
  .max(2 * 1024 * 1024)
const fileName = text(200)

export const newAccountSchema = z.strictObject({
  name: text(120),
  esiaUrl: url,
  epguUrl: url,
  publicOrigin: url.optional().describe('Origin that epguUrl stands for, where it is a terminator'),
  pathPrefix: z
    .string()
    .regex(/^[\w-]+(?:\/[\w-]+)*$/)
    .default('api'),
  userAgent: z
    .string()
    .regex(/^[\x20-\x7e]{1,300}$/)
    .optional(),
  apiKey: z.string().max(60).describe('UUID out of the cabinet; never given out again'),
  signerKey: id
    .optional()
    .describe('Id of the key that signs the API-Key, and packages by default'),
})

export const accountSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    source: z.enum(['account', 'connection']),
    esiaUrl: z.string(),
    epguUrl: z.string(),
    publicOrigin: z.string().optional(),
    pathPrefix: z.string(),
    apiKeyHint: z.string(),
    signerKey: z.string().optional(),
    isReadable: z.boolean().describe('False: the API-Key is under a secret key that is not set'),
    sealedUntil: z
      .string()
      .optional()
      .describe('Until when the clerk’s signature over the API-Key serves'),
    tokenUntil: z.string().optional().describe('Until when the token that is at hand lives'),
  })
  .meta({ id: 'WorkbenchAccount' })
export type AccountBody = z.output<typeof accountSchema>

export const serviceSettingsSchema = z.strictObject({
  name: text(120),
  serviceCode,
  targetCode: targetCode.optional().describe('Default: the service code with a minus'),
  region: region.default('00000000000'),
  mainFile: fileName
    .default('req.xml')
    .describe('Name of the request file; {{guid}} stands for that of the order'),
  template: xml.describe('XML with {{orderId}} and {{guid}} where they belong'),
  schema: xml.optional().describe('XML Schema 1.0 of the request file, whole'),
})

export const serviceSchema = z
  .object({
    id: z.string(),
    version: z.int(),
    at: z.string(),
    name: z.string(),
    serviceCode: z.string(),
    targetCode: z.string(),
    region: z.string(),
    mainFile: z.string(),
    template: z.string(),
    schema: z.string().optional(),
  })
  .meta({ id: 'WorkbenchService' })

export const serviceDetailSchema = serviceSchema
  .extend({ versions: z.array(z.object({ version: z.int(), at: z.string(), name: z.string() })) })
  .meta({ id: 'WorkbenchServiceDetail' })

export const xmlCheckSchema = z.strictObject({
  xml: xml,
  schema: xml.optional(),
  service: z
    .strictObject({ id, version: z.int().positive().optional() })
    .optional()
    .describe('Take the schema of this service'),
  goskey: z
    .union([
      z.literal('auto'),
      z.strictObject({
        service: z.enum(['person-unep', 'person-ukep', 'organisation-ukep', 'treasury-ukep']),
        profile: z.enum(['1.8', '1.9']),
      }),
    ])
    .optional()
    .describe('Take a schema of Goskey; `auto`: the one that the text is for, if any'),
})

export const xmlFindingsSchema = z
  .object({
    isValid: z.boolean(),
    faults: z.array(
      z.object({
        kind: z.enum(['not-well-formed', 'schema', 'refused']),
        line: z.int(),
        column: z.int(),
        element: z.string().optional(),
        attribute: z.string().optional(),
        code: z
          .string()
          .optional()
          .describe('What is wrong in a word, such as `value-pattern`; absent for what is rare'),
        message: z.string().describe('The words of libxml2, without values of the document'),
      }),
    ),
  })
  .meta({ id: 'XmlFindings' })

export const xmlTextSchema = z.object({ xml })

export const newOrderSchema = z
  .strictObject({
    title: z.string().trim().max(200).default(''),
    account: id,
    signerKey: id.optional(),
    service: z.strictObject({ id, version: z.int().positive().optional() }).optional(),
    serviceCode: serviceCode.optional(),
    targetCode: targetCode.optional(),
    region: region.optional(),
    mainFile: fileName.optional(),
    reserve: z
      .boolean()
      .default(true)
      .describe('Take a number now; false: the package goes out in one request'),
  })
  .refine((order) => order.service !== undefined || order.serviceCode !== undefined, {
    message: 'Name a service, or its code.',
    path: ['serviceCode'],
  })

const portalFile = z.object({
  fileName: z.string(),
  size: z.number().nullable(),
  mediaType: z.string().nullable(),
  link: z.string().nullable(),
})

const portalSchema = z
  .object({
    code: z.string().describe('OK, or how far the gateway is'),
    message: z.string().nullable(),
    statusId: z.int().nullable(),
    statusName: z.string().nullable(),
    stage: z.string().nullable(),
    isClosed: z.boolean(),
    isCancelAllowed: z.boolean(),
    stateOrgStatusCode: z.string().nullable(),
    statuses: z.array(
      z.object({
        id: z.string(),
        statusId: z.int(),
        title: z.string().nullable(),
        at: z.string().nullable(),
        comment: z.string().nullable(),
        isFinal: z.boolean(),
      }),
    ),
    sentFiles: z.array(portalFile),
    resultFiles: z.array(portalFile),
    goskey: z.string().nullable(),
  })
  .meta({ id: 'WorkbenchPortalView' })

export const orderSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    state: z.enum([
      'reserving',
      'draft',
      'sealing',
      'built',
      'sending',
      'unknown',
      'sent',
      'failed',
    ]),
    since: z.string(),
    createdAt: z.string(),
    account: z.object({
      id: z.string(),
      name: z.string(),
      esiaUrl: z.string(),
      epguUrl: z.string(),
      apiKeyHint: z.string(),
    }),
    signerKey: z.string().nullable(),
    service: z.object({ id: z.string(), version: z.int() }).nullable(),
    serviceCode: z.string(),
    targetCode: z.string(),
    region: z.string(),
    guid: z.string(),
    mainFile: z.string(),
    orderNumber: z.string().nullable(),
    sealDue: z.string().nullable(),
    progress: z.object({ sentBytes: z.number(), totalBytes: z.number() }).nullable(),
    lastCode: z.string().nullable().describe('Why the last call did not do what was asked'),
    isClosed: z.boolean(),
    portal: portalSchema.nullable(),
    observedAt: z.string().nullable(),
    isAsIs: z.boolean().describe('Its package is kept although rules are broken'),
  })
  .meta({ id: 'WorkbenchOrder' })
export type OrderBody = z.output<typeof orderSchema>

export const orderFileSchema = z
  .object({
    id: z.string(),
    role: z.enum(['main', 'document', 'signature', 'package', 'result']),
    name: z.string(),
    sha256: z.string(),
    size: z.number(),
    mediaType: z.string(),
    createdAt: z.string(),
    removedAt: z.string().nullable(),
    href: z.string().describe('Where the bytes are downloaded'),
  })
  .meta({ id: 'WorkbenchFile' })

export const orderDetailSchema = orderSchema
  .extend({
    files: z.array(orderFileSchema).describe('Sent and received, removed ones too'),
    parts: z
      .array(
        z.object({
          index: z.int().describe('From 0'),
          fileName: z.string(),
          size: z.number(),
          status: z.int().nullable().describe('HTTP status of the answer to it'),
        }),
      )
      .describe('How the package is cut, and how each part fared in the last sending'),
    history: z.array(
      z.object({
        at: z.string(),
        type: z.string(),
        actor: z.record(z.string(), z.unknown()),
        data: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .meta({ id: 'WorkbenchOrderDetail' })
export type OrderDetailBody = z.output<typeof orderDetailSchema>

export const pushSchema = z
  .strictObject({
    chunkBytes: z.int().min(5_000_000).max(50_000_000).optional(),
    parallel: z.int().min(1).max(8).optional(),
  })
  .nullish()

export const resolveSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('not-sent') }),
  z.strictObject({ outcome: z.literal('sent'), orderNumber: z.string().regex(/^\d{1,19}$/) }),
])

export const cancelSchema = z.strictObject({ reason: z.string().max(500).optional() }).nullish()

export const bulkQuerySchema = z.object({
  account: id,
  date: z.iso.date().optional().describe('A day of Moscow'),
  since: z.iso.datetime({ offset: true }).optional(),
  orders: z
    .string()
    .regex(/^\d{1,19}(,\d{1,19}){0,499}$/)
    .optional()
    .describe('Numbers with commas between them'),
})

export const bulkStatusesSchema = z
  .object({
    isCut: z.boolean(),
    items: z.array(
      z.object({
        orderNumber: z.string(),
        isFound: z.boolean(),
        statusId: z.int().nullable(),
        statusName: z.string().nullable(),
        stage: z.string().nullable(),
        updatedAt: z.string().nullable(),
        order: z.string().nullable().describe('Id of our order with that number'),
      }),
    ),
  })
  .meta({ id: 'WorkbenchStatuses' })

export const dictionaryQuerySchema = z.object({
  account: id,
  code: z.string().regex(/^[\w.-]{1,100}$/),
  search: z.string().max(200).optional(),
  parent: z.string().max(200).optional(),
  subtree: z.stringbool().default(false),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(500).default(50),
})

export const dictionarySchema = z
  .object({
    total: z.number().nullable(),
    items: z.array(
      z.object({
        value: z.string(),
        parentValue: z.string().optional(),
        title: z.string().optional(),
        isLeaf: z.boolean().optional(),
        attributeValues: z.record(
          z.string(),
          z.union([z.string(), z.number(), z.boolean(), z.null()]),
        ),
      }),
    ),
  })
  .meta({ id: 'WorkbenchDictionaryPage' })

export const chooseKeySchema = z.strictObject({ signerKey: id })

export const accountKeySchema = z.strictObject({
  signerKey: id.nullable().describe('null: none'),
})

export const buildSchema = z
  .strictObject({
    asIs: z
      .boolean()
      .default(false)
      .describe('Also with broken rules, to see what the portal says to them'),
  })
  .nullish()

export const tokenSchema = z
  .object({
    expiresAt: z.string(),
    issuedAt: z.string().nullable(),
    clientId: z.string().nullable().describe('Mnemonic of the system'),
    subjectOid: z.string().nullable().describe('The employee'),
    organisationOids: z.array(z.string()),
    scopes: z.array(z.string()),
  })
  .meta({ id: 'WorkbenchToken' })

export const packageSchema = z
  .object({
    files: z.array(
      z.object({
        name: z.string(),
        size: z.number(),
        role: z.string(),
        isSigned: z.boolean().describe('A signature lies beside it'),
      }),
    ),
    faults: z.array(
      z.object({
        rule: z.string(),
        field: z.string(),
        line: z.int().optional(),
        column: z.int().optional(),
        limit: z.union([z.number(), z.string()]).optional(),
        actual: z.number().optional(),
        detail: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'WorkbenchPackage' })
