import type { VerificationReport } from '@muhr/pki'
import { z } from 'zod'

const indicationSchema = z.enum(['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED'])

/** A verification report (design §7): described for clients, passed on as the verifier made it. */
export const reportSchema = z
  .looseObject({
    indication: indicationSchema,
    subIndication: z.string().optional(),
    code: z.string().optional().describe('Why nothing of the container could be read'),
    policy: z.string(),
    validationTime: z.string(),
    sandbox: z.boolean(),
    signatures: z.array(
      z.looseObject({
        indication: indicationSchema,
        subIndication: z.string().optional(),
        format: z.string(),
        country: z.string().nullable(),
        cryptography: z.string(),
        contentDigest: z.string(),
        level: z.string(),
        signer: z.record(z.string(), z.unknown()),
        signingTime: z.string().optional(),
        checks: z.array(
          z.looseObject({ name: z.string(), result: z.string(), detail: z.string().optional() }),
        ),
      }),
    ),
    bundle: z
      .looseObject({
        checks: z.array(
          z.looseObject({ name: z.string(), result: z.string(), detail: z.string().optional() }),
        ),
      })
      .optional()
      .describe('What was found about an evidence bundle as a whole'),
  })
  .meta({ id: 'Report' }) as unknown as z.ZodType<
  Omit<VerificationReport, 'policy'> & { readonly policy: string }
>

const storedReportSchema = z.object({
  report: reportSchema,
  at: z.string(),
  sha256: z.string(),
  artifact: z.object({
    id: z.string(),
    sha256: z.string(),
    format: z.string(),
    detached: z.boolean(),
    standing: z.string(),
    receivedAt: z.string(),
    document: z.string().optional(),
  }),
})

export const signingReportSchema = storedReportSchema
  .extend({
    history: z.array(storedReportSchema).describe('Every report of every signature, oldest first'),
    envelope: z.string(),
  })
  .meta({ id: 'SigningReport' })
