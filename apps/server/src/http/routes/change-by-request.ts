import type { Input } from '@muhr/envelope'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppContext } from '../../app-context.ts'
import type { Caller } from '../../auth/authenticate.ts'
import { changeEnvelope } from '../../envelopes/change-envelope.ts'
import { presentEnvelope } from '../../envelopes/present-envelope.ts'
import { idempotent } from '../idempotency.ts'
import { Problem, type ProblemCode } from '../problems.ts'
import type { EnvelopeBody } from '../schemas/envelope-schemas.ts'

/**
 * Changes an envelope for a caller and answers with it; the answer is kept in the transaction of the
 * change.
 * @throws Problem `request.not-found`, `envelope.state` (or `refusedAs`) with the domain's advice
 */
export function changeByRequest(
  app: AppContext,
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly caller: Caller },
  change: {
    readonly envelope: string
    readonly input: Input
    readonly refusedAs?: ProblemCode | undefined
  },
): Promise<EnvelopeBody> {
  return idempotent(app, http, async (keep) => {
    let kept: EnvelopeBody | undefined
    const result = await changeEnvelope(app, change.envelope, change.input, {
      organisation: http.caller.organisationId,
      alongside:
        keep &&
        (async (tx, next) => {
          kept = await presentEnvelope({ ...app, db: tx }, next, http.caller)
          await keep(tx, { status: 200, body: kept })
        }),
    })
    if (result.kind === 'not-found') {
      throw new Problem('request.not-found', 'There is no such envelope.')
    }
    if (result.kind === 'refused') {
      const { code, field, advice } = result.refusal
      throw new Problem(
        change.refusedAs ?? 'envelope.state',
        'The envelope does not allow this now.',
        {
          fields: [{ field, code, advice }],
          advice,
        },
      )
    }

    return { status: 200, body: kept ?? (await presentEnvelope(app, result.next, http.caller)) }
  })
}
