// @ts-check
/** A refusal of the phone or of the simulator, with its code and particulars. */
export class Refusal extends Error {
  /** @param {{ code?: string, message?: string, data?: Record<string, string | number> }} body */
  constructor(body) {
    super(body.message ?? 'refused')
    this.code = body.code ?? 'other'
    this.data = body.data ?? {}
  }
}

/**
 * Calls the simulator.
 * @param {string} path below /_sim/egov-mobile/
 * @param {object} [body] absent for GET
 */
export async function call(path, body) {
  const response = await fetch(`/_sim/egov-mobile/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Refusal(answer)

  return answer
}
