import {
  type Handled,
  handleApi1,
  handleApi2Get,
  type PutReading,
  readLocale,
  readPut,
  refusalReply,
  type ServiceReply,
  type ServiceRequest,
  type Session,
  type SuccessForm,
  successReply,
} from '@muhr/egov-mobile'
import type {
  Candidate,
  HttpReply,
  ReceiveInput,
  Reception,
  Sha256Hex,
  SubmissionOutcome,
} from '@muhr/envelope'
import type { EgovHandle } from './advance.ts'
import type { EgovConnection } from './connection.ts'
import { documentIdOf, sessionOf } from './session-of.ts'
import { refusalOfVerdict, rejectionOf, type ServiceEvent, stateTable } from './state-table.ts'

type Input = ReceiveInput<EgovConnection, EgovHandle>

/**
 * Takes a call of the app: a GET of API #1 (`mgovSign`), a GET or PUT of API #2 (`documents`). What it
 * means goes to the core as observations and candidates; the answer waits for the core's judgement
 * only where signatures came.
 */
export async function receive(input: Input): Promise<Reception> {
  const { http, io } = input
  const session = sessionOf(input)
  const service: ServiceRequest = { method: http.method, headers: http.headers, body: http.body }

  if (session === undefined)
    return answer(refusalReply('unknown-session', readLocale(http.headers)))
  if (http.route === 'mgovSign') {
    return answerHandled(handleApi1(session, service, io.now()), 'opened')
  }
  if (http.route !== 'documents') {
    return answer(refusalReply('unknown-session', readLocale(http.headers)))
  }

  return http.method === 'PUT'
    ? receivePut(input, session, service)
    : answerHandled(handleApi2Get(session, service, io.now()), 'fetched')
}

function answerHandled({ reply, refusal }: Handled, event: ServiceEvent): Reception {
  if (refusal !== undefined) return { ...answer(reply), observations: [rejectionOf(refusal)] }
  const { observation } = stateTable[event]

  return { ...answer(reply), observations: observation === undefined ? [] : [observation] }
}

async function receivePut(
  input: Input,
  session: Session,
  service: ServiceRequest,
): Promise<Reception> {
  const reading = await readPut(session, service, {
    now: input.io.now(),
    success: successForm(input),
    cancelStatus: input.connection.cancelStatus,
  })

  switch (reading.kind) {
    case 'signed':
      return {
        observations: [],
        candidates: candidatesOf(input, reading),
        submission: reading.submission as Sha256Hex,
        reply: (outcome) => replyTo(outcome, { input, locale: reading.locale }),
      }
    case 'canceled':
      return answerHandled({ reply: reading.reply }, 'canceled')
    case 'repeated':
      return answer(reading.reply)
    case 'refused':
      return { ...answer(reading.reply), observations: [rejectionOf(reading.refusal)] }
  }
}

function candidatesOf(
  { request }: Input,
  { signatures }: Extract<PutReading, { readonly kind: 'signed' }>,
): readonly Candidate[] {
  return request.contents.flatMap((content) =>
    signatures
      .filter(({ documentId }) => documentId === documentIdOf(content))
      .map(({ bytes }) => ({
        content: content.id,
        bytes,
        format: 'CMS' as const,
        detached: request.method === 'CMS_SIGN_ONLY',
      })),
  )
}

/** The answer to a PUT of signatures, once the core has judged them. */
function replyTo(
  outcome: SubmissionOutcome | undefined,
  { input, locale }: { readonly input: Input; readonly locale: PutReading['locale'] },
): HttpReply {
  switch (outcome?.kind) {
    case undefined:
      return refusalReply('unavailable', locale)
    case 'accepted':
      return successReply(successForm(input))
    case 'refused':
      return refusalReply(refusalOfVerdict(outcome.code), locale)
    case 'late':
      return refusalReply('withdrawn', locale)
    case 'held': {
      const refusal = refusalOfVerdict(outcome.code)
      const isWaitingForData = refusal === 'check-unavailable'

      return isWaitingForData && input.connection.whenIndeterminate === 'accept-and-recheck'
        ? successReply(successForm(input))
        : refusalReply(refusal, locale)
    }
  }
}

function successForm({ connection, addresses }: Input): SuccessForm {
  return {
    form: connection.success,
    ...(connection.leadBack ? { backUrl: addresses.signerPage } : {}),
  }
}

function answer(reply: ServiceReply): Reception {
  return { observations: [], candidates: [], reply: () => reply }
}
