import { isRecord, readBody, readJson, redact, textOf } from '@muhr/http'

/** What an answer of the gateway says about its refusal; both fields are optional (spec §2). */
export type GatewayRefusal = {
  readonly epguCode: string | undefined
  readonly said: string | undefined
}

const maxRefusalBytes = 65_536

/** Reads `{code, message}`. A body that is none of that says nothing: then HTTP decides. */
export async function readGatewayRefusal(response: Response): Promise<GatewayRefusal> {
  const body = await readBody(response, maxRefusalBytes)
  const reading = body.ok ? readJson(body.bytes) : undefined
  if (!reading?.ok || !isRecord(reading.value)) return { epguCode: undefined, said: undefined }
  const code = textOf(reading.value, 'code')

  return {
    // A code is a word; anything else could be anything.
    epguCode: code !== undefined && /^\w{1,60}$/.test(code) ? code : undefined,
    said: redact(textOf(reading.value, 'message')),
  }
}
