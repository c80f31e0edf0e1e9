import { z } from 'zod'

const locales = ['ru', 'kk', 'uz', 'en'] as const
export const localeSchema = z.enum(locales)

const shortText = z.string().trim().min(1).max(500)

export const localisedSchema = z.object({
  ru: shortText.optional(),
  kk: shortText.optional(),
  uz: shortText.optional(),
  en: shortText.optional(),
})

export const identifiersSchema = z
  .strictObject({
    snils: z.string().max(40).optional(),
    inn: z.string().max(40).optional(),
    ogrn: z.string().max(40).optional(),
    esiaOid: z.string().max(40).optional(),
    rafp: z.string().max(40).optional(),
    iin: z.string().max(40).optional(),
    bin: z.string().max(40).optional(),
    pinfl: z.string().max(40).optional(),
    uzInn: z.string().max(40).optional(),
  })
  .describe('National identifiers; at least one that the chosen service knows, or a contact')

export const contactSchema = z
  .strictObject({
    phone: z.string().max(40).optional().describe('With country code: +7…'),
    email: z.string().max(320).optional(),
  })
  .describe('By which a service knows or reaches the signer, where it does')

const identifiersOfSchema = z
  .strictObject({
    recipient: z.string().max(60),
    kinds: z
      .array(z.enum(['snils', 'inn', 'ogrn', 'iin', 'bin', 'pinfl', 'uzInn', 'phone', 'email']))
      .min(1)
      .max(9),
  })
  .describe(
    'A recipient of an earlier envelope, whose identifiers and contacts of these kinds stand here too: nobody has to know them',
  )

export const newRecipientSchema = z.strictObject({
  name: shortText.describe('As people call the signer; shown, never compared'),
  locale: localeSchema.default('ru'),
  orderGroup: z.int().min(1).max(100).default(1),
  identifiers: identifiersSchema.default({}),
  identifiersOf: identifiersOfSchema.optional(),
  contact: contactSchema.optional(),
  methods: z
    .array(
      z.strictObject({
        provider: z.string().min(1).max(40),
        method: z.string().min(1).max(60),
        connection: z.string().max(60).optional(),
      }),
    )
    .max(10),
})

export const newEnvelopeSchema = z
  .strictObject({
    title: shortText,
    documents: z
      .array(
        z.strictObject({
          id: z.string().min(1).max(60),
          title: localisedSchema.optional(),
          meta: z
            .array(z.strictObject({ name: shortText, value: shortText }))
            .max(50)
            .optional(),
        }),
      )
      .min(1)
      .max(100),
    recipients: z.array(newRecipientSchema).min(1).max(100),
    deadline: z.iso.datetime({ offset: true }).optional().describe('ISO 8601 with zone'),
    send: z.boolean().default(false).describe('Send at once'),
  })
  .meta({ id: 'NewEnvelope' })

/** As `NewEnvelope`, but everything may still be missing: the question is what stands in the way. */
export const preflightSchema = z
  .object({
    title: z.string().max(500).optional(),
    documents: z
      .array(z.object({ id: z.string().max(60) }).loose())
      .max(100)
      .default([]),
    recipients: z
      .array(
        z
          .object({
            name: z.string().max(500).default(''),
            locale: localeSchema.default('ru'),
            orderGroup: z.int().min(1).max(100).default(1),
            identifiers: identifiersSchema.default({}),
            identifiersOf: identifiersOfSchema.optional(),
            contact: contactSchema.optional(),
            methods: z
              .array(
                z.object({
                  provider: z.string().max(40),
                  method: z.string().max(60),
                  connection: z.string().max(60).optional(),
                }),
              )
              .max(10)
              .default([]),
          })
          .loose(),
      )
      .max(100)
      .default([]),
    deadline: z.string().max(60).optional(),
  })
  .loose()
  .meta({ id: 'Preflight' })

const noticeSchema = z.object({ field: z.string(), code: z.string(), advice: z.string() })
export const preflightAnswerSchema = z
  .object({
    obstacles: z.array(noticeSchema),
    warnings: z.array(noticeSchema),
    dispatches: z
      .array(
        z.object({
          recipient: z.int().describe('Place in `recipients`, from 0'),
          provider: z.string(),
          method: z.string(),
          expectedAt: z.string(),
        }),
      )
      .describe(
        'When requests would leave, sent now, at services that count what is asked of them',
      ),
  })
  .meta({ id: 'PreflightAnswer' })

const presentationSchema = z.object({
  qr: z.string().optional(),
  links: z.array(z.object({ kind: z.string(), url: z.string() })),
  frame: z
    .string()
    .optional()
    .describe('The page of the service in which the signer signs, which the signer page may frame'),
  isBearer: z
    .literal(true)
    .optional()
    .describe(
      'Whoever has the links acts as the signer: they are shown to those alone who may send',
    ),
  expiresAt: z.string().optional(),
  sender: z.string().optional().describe('Whom the app names as the sender'),
})

const reportSummarySchema = z.object({
  indication: z.string(),
  subIndication: z.string().optional(),
  policy: z.string(),
  at: z.string(),
  signer: z
    .object({
      name: z.string().optional(),
      serialNumber: z.string().optional(),
      iin: z.string().optional(),
      bin: z.string().optional(),
      organisation: z.string().optional(),
    })
    .optional(),
  signingTime: z.string().optional(),
  timestamp: z.string().optional(),
})

export const envelopeSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    state: z.string(),
    version: z.int(),
    createdAt: z.string(),
    sentAt: z.string().optional(),
    deadline: z.string().optional(),
    endedAt: z.string().optional(),
    reason: z.string().optional(),
    sandbox: z.boolean(),
    documents: z.array(
      z.object({
        id: z.string(),
        sha256: z.string(),
        size: z.int(),
        mediaType: z.string(),
        fileName: z.string(),
        title: localisedSchema,
        meta: z.array(z.object({ name: z.string(), value: z.string() })),
        signatures: z.int(),
      }),
    ),
    signings: z.array(
      z.object({
        id: z.string(),
        state: z.string(),
        since: z.string(),
        orderGroup: z.int(),
        round: z.int(),
        reason: z.string().optional(),
        recipient: z.object({
          id: z.string(),
          name: z.string(),
          locale: localeSchema,
          identifiersMasked: z.record(z.string(), z.string()),
        }),
        methods: z.array(z.object({ provider: z.string(), method: z.string() })),
        requests: z.array(
          z.object({
            id: z.string(),
            provider: z.string(),
            method: z.string(),
            state: z.string(),
            outcome: z.string().optional(),
            round: z.int(),
            window: z.object({ opensAt: z.string(), expiresAt: z.string() }).optional(),
            expectedDispatchAt: z
              .string()
              .optional()
              .describe(
                'When it is expected to leave, while the quota of its service makes it wait',
              ),
            clerkSeal: z
              .object({ due: z.string().optional() })
              .optional()
              .describe('A clerk is to confirm its seal (GET /v1/seals), in time'),
            attention: z
              .object({ kind: z.string(), code: z.string(), since: z.string() })
              .optional(),
            presentation: presentationSchema.optional(),
          }),
        ),
        signerUrl: z
          .string()
          .optional()
          .describe('For those alone who may send: whoever has it acts as the signer'),
        artifacts: z.array(
          z.object({
            id: z.string(),
            sha256: z.string(),
            document: z.string(),
            standing: z.string(),
            receivedAt: z.string(),
            indication: z.string().optional(),
            subIndication: z.string().optional(),
            format: z.string(),
            detached: z.boolean(),
            vouched: z
              .literal(true)
              .optional()
              .describe(
                'That it is the signature of this recipient is the word of the service alone',
              ),
          }),
        ),
        report: reportSummarySchema.optional(),
        acceptedBy: z
          .object({
            actor: z.object({ kind: z.string(), id: z.string().optional() }),
            reason: z.string(),
            at: z.string(),
          })
          .optional(),
      }),
    ),
    evidence: z.object({
      ready: z.boolean().describe('A bundle can be had'),
      proven: z.int(),
      of: z.int(),
      timestamped: z.boolean().describe('The envelope ended and its manifest has its time-stamp'),
    }),
    display: z.object({ state: z.string(), attention: z.string().nullable() }),
    warnings: z.array(noticeSchema).optional(),
  })
  .meta({ id: 'Envelope' })
export type EnvelopeBody = z.infer<typeof envelopeSchema>

export const envelopeSummarySchema = z
  .object({
    id: z.string(),
    title: z.string(),
    state: z.string(),
    createdAt: z.string(),
    sentAt: z.string().optional(),
    deadline: z.string().optional(),
    windowEndsAt: z
      .string()
      .optional()
      .describe(
        'When the first service stops waiting for its signer, where it offers no new request',
      ),
    needsPerson: z.boolean().describe('It stands first, and counts in `counts.needsPerson`'),
    documents: z.int(),
    signings: z.array(
      z.object({
        id: z.string(),
        state: z.string(),
        name: z.string(),
        provider: z.string().optional(),
        reason: z
          .string()
          .optional()
          .describe('Why it ended: a code of its service, or what a person wrote'),
        attention: z.string().optional(),
      }),
    ),
    display: z.object({ state: z.string(), attention: z.string().nullable() }),
  })
  .meta({ id: 'EnvelopeSummary' })
export type EnvelopeSummaryBody = z.infer<typeof envelopeSummarySchema>

export const listAnswerSchema = z
  .object({
    items: z.array(envelopeSummarySchema),
    nextCursor: z.string().optional(),
    counts: z.object({ needsPerson: z.int(), open: z.int(), all: z.int() }),
  })
  .meta({ id: 'EnvelopeList' })

const eventSchema = z
  .object({
    envelopeId: z.string(),
    seq: z.int(),
    at: z.string(),
    type: z.string(),
    actor: z.unknown().describe('{kind, id}: who did it'),
    signingId: z.string().optional(),
    requestId: z.string().optional(),
    artifactId: z.string().optional(),
    data: z.unknown().describe('Codes and ids; never a person or a text'),
    prevHash: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'Event' })

export const eventsAnswerSchema = z
  .object({
    items: z.array(eventSchema),
    chain: z.object({ intact: z.boolean(), brokenAt: z.int().optional() }),
  })
  .meta({ id: 'EventList' })

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    advice: z.string(),
    field: z.string().optional(),
    fields: z.array(noticeSchema.extend({ detail: z.string().optional() })).optional(),
    limit: z.int().optional(),
    availableAt: z.string().optional().describe('When the same may be asked for again'),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' })
