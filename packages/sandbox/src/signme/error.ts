import type { SimResponse } from '../http/sim-http.ts'

/** A refusal in the words of Sign.Me, `error N: text`, thrown by whatever finds the reason (seed 4 to 6). */
export class SignmeRefusal extends Error {
  override readonly name = 'SignmeRefusal'
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }

  /** The body on the wire. */
  get text(): string {
    return `error ${this.code}: ${this.message}`
  }
}

export const refuse = (code: number, message: string): SignmeRefusal =>
  new SignmeRefusal(code, message)

/** Every endpoint that wants POST (seed 6, last line). */
export const wrongMethod = (): SignmeRefusal => refuse(0, 'wrong method')

/** A plain text that nobody stores. */
export function textResponse(status: number, body: string): SimResponse {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body,
  }
}

/** JSON in ASCII, as Python writes it: `"не согласен"` goes as escapes. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

export function asciiJsonResponse(value: unknown): SimResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: asciiJson(value),
  }
}
