import { z } from 'zod'
import { problemSchema } from './envelope-schemas.ts'

type MediaAnswer = {
  readonly description: string
  readonly content: { readonly [mediaType: string]: { readonly schema: z.ZodType } }
}

/** An answer of bytes, for the description of the API; it is streamed, never serialised. */
export function bytesOf(description: string, mediaType: string): MediaAnswer {
  return {
    description,
    content: { [mediaType]: { schema: z.string().meta({ format: 'binary' }) } },
  }
}

/** A stream of server-sent events. */
export function eventsOf(description: string): MediaAnswer {
  return {
    description,
    content: { 'text/event-stream': { schema: z.string().describe('server-sent events') } },
  }
}

const problem = (description: string): MediaAnswer => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})

/** What any operation may answer instead (RFC 9457); `code` tells which. */
export const problemAnswers = {
  '4xx': problem('Refused: `code` names the reason, `advice` what to do, `fields` where'),
  '5xx': problem('Failed inside, or not available now'),
} as const
