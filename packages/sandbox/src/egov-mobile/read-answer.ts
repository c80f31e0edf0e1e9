import type { ServiceAnswer } from './call-service.ts'
import { isLoopback } from './check-host.ts'

/** What the service said to a PUT, or instead of API #1 or API #2. */
export type ReadAnswer = {
  readonly status: number
  readonly message: string | undefined
  /** Where the app may lead the person back (kz-egov-mobile §7, `backUrl`); https or loopback only. */
  readonly backUrl: string | undefined
}

const MAX_MESSAGE_LENGTH = 500

/**
 * Reads `{"message":…}`, the seed's form for people, and the bare text that some services answer.
 * Never throws: a body that is neither gives no message.
 */
export function readAnswer({ status, text }: ServiceAnswer): ReadAnswer {
  const parsed = parse(text)
  const backUrl = field(parsed, 'backUrl')

  return {
    status,
    message: (typeof parsed === 'string' ? parsed : field(parsed, 'message'))?.slice(
      0,
      MAX_MESSAGE_LENGTH,
    ),
    backUrl: backUrl !== undefined && isSafe(backUrl) ? backUrl : undefined,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return /^[^<]{1,200}$/.test(text) ? text : undefined
  }
}

function field(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const found: unknown = Reflect.get(value, name)

  return typeof found === 'string' ? found : undefined
}

function isSafe(text: string): boolean {
  const url = URL.parse(text)
  if (url === null) return false

  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}
