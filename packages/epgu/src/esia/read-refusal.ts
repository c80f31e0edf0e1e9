import { isRecord, type JsonRecord, readJson, redact, textOf } from '@muhr/http'

/** What an answer of ESIA says about its refusal. */
export type EsiaRefusal = {
  readonly esiaCode: string | undefined
  readonly said: string | undefined
}

const CODE = /ESIA-\d{5,6}/

/**
 * Reads the body of a refusal in every form that ESIA is known to use: `{code, message}`,
 * `{code, description}`, and `{error, error_description}` where the description begins with the code
 * (spec §1). What is none of them is searched for a code.
 */
export function readEsiaRefusal(body: Uint8Array): EsiaRefusal {
  const reading = readJson(body)
  if (reading.ok && isRecord(reading.value)) return readRecord(reading.value)

  const text = new TextDecoder().decode(body.subarray(0, 65_536))

  return { esiaCode: CODE.exec(text)?.[0], said: undefined }
}

function readRecord(answer: JsonRecord): EsiaRefusal {
  const said =
    textOf(answer, 'message') ??
    textOf(answer, 'description') ??
    textOf(answer, 'error_description') ??
    textOf(answer, 'error')
  const places = [
    textOf(answer, 'code'),
    textOf(answer, 'error_description')?.slice(0, 11),
    textOf(answer, 'error'),
    said,
  ]
  const found = places.map((place) => CODE.exec(place ?? '')?.[0])

  return { esiaCode: found.find((code) => code !== undefined), said: redact(said) }
}
