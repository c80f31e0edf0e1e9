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
 * Calls the simulator of eGov Mobile.
 * @param {string} path below /_sim/egov-mobile/
 * @param {object} [body] absent for GET
 */
export function call(path, body) {
  return callAt(`/_sim/egov-mobile/${path}`, body)
}

/**
 * Calls the simulator of Goskey.
 * @param {string} path below /_sim/goskey/
 * @param {object} [body] absent for GET
 */
export function callGoskey(path, body) {
  return callAt(`/_sim/goskey/${path}`, body)
}

/** @param {string} path @param {object} [body] */
async function callAt(path, body) {
  const response = await fetch(path, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Refusal(answer)

  return answer
}
