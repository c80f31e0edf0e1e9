/** A time as Sign.Me wrote it, and what we read in it. */
export type SaidTime = {
  readonly raw: string
  readonly at: Date | undefined
  /** `moscow`: no zone was written, and Moscow time (UTC+3) is our guess. */
  readonly zone: 'written' | 'moscow' | undefined
}

const RUSSIAN = /^(\d{2})\.(\d{2})\.(\d{4})(?:[ T,]+(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i
const EPOCH = /^\d{9,10}$/

/**
 * Reads `dd.mm.yyyy[ HH:MM[:SS]]`, ISO 8601 and seconds since 1970; the format is not documented (spec
 * §4.2). For evidence the signing time of the CMS stands, not this.
 */
export function readSaidTime(raw: string): SaidTime {
  const text = raw.trim()
  if (EPOCH.test(text)) return { raw, at: new Date(Number(text) * 1000), zone: 'written' }

  const russian = RUSSIAN.exec(text)
  if (russian !== null) {
    const [, day = '', month = '', year = '', hour = '00', minute = '00', second = '00'] = russian

    return told(raw, `${year}-${month}-${day}T${hour}:${minute}:${second}`, undefined)
  }
  const iso = ISO.exec(text)
  if (iso !== null) {
    const [, year, month, day, hour, minute, second = '00', zone] = iso

    return told(raw, `${year}-${month}-${day}T${hour}:${minute}:${second}`, zone)
  }

  return { raw, at: undefined, zone: undefined }
}

function told(raw: string, local: string, zone: string | undefined): SaidTime {
  const offset = zone?.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2') ?? '+03:00'
  const at = new Date(`${local}${offset}`)
  // 31.02. would become 3 March.
  const isReal =
    !Number.isNaN(at.getTime()) && new Date(`${local}Z`).toISOString().slice(0, 19) === local
  if (!isReal) return { raw, at: undefined, zone: undefined }

  return { raw, at, zone: zone === undefined ? 'moscow' : 'written' }
}
