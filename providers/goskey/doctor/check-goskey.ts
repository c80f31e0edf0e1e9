import type { ProviderIo } from '@muhr/envelope'
import { isEpguError } from '@muhr/epgu'
import { MuhrError } from '@muhr/identifiers'
import type { GoskeyDoctorKey } from '../messages/doctor/index.ts'
import { ordersPerWindow, orderWindowMs } from '../server/buckets.ts'
import { codeOf } from '../server/call-errors.ts'
import type { EmployeeKey, GoskeyConnection } from '../server/connection.ts'
import { createGateways, type Gateways, SealWanted } from '../server/gateways.ts'

/** What was looked at. */
export type GoskeyCheck = 'esia' | 'epgu' | 'api-key' | 'token' | 'orders' | 'quota'

export type GoskeyFinding = {
  readonly check: GoskeyCheck
  readonly result: 'passed' | 'notice' | 'failed'
  /** Key of the text, in `messages/doctor/`. */
  readonly message: Extract<GoskeyDoctorKey, `doctor.${string}`>
  /** Whose API-Key, which host, how many: never a secret. */
  readonly detail?: string | undefined
  /** Code of ESIA or EPGU (`esia.ESIA-037214`), where there was one. */
  readonly code?: string | undefined
  /** What to do about that code; English. In other languages: `advice.CODE` of the texts. */
  readonly advice?: string | undefined
}

const hourMs = 3_600_000
/** Of this one page is read; it starts nothing. */
const changesSinceMs = 60_000
/** From when on the end of an API-Key is told. */
const soonMs = 30 * 24 * hourMs

/**
 * Looks at a connection as far as that has no effect: do both hosts answer, does ESIA give a token for
 * each API-Key, is it of this system and an organisation, does the gateway list changes, and how many
 * orders an hour the keys allow.
 */
export async function checkGoskey(input: {
  readonly connection: GoskeyConnection
  readonly io: ProviderIo
}): Promise<readonly GoskeyFinding[]> {
  const { connection, io } = input
  const hosts = [
    await checkHost('esia', connection.esiaUrl, io),
    await checkHost('epgu', connection.epguUrl, io),
  ]
  if (hosts.some(({ result }) => result === 'failed')) return hosts

  const gateways = createGateways()
  const keys: GoskeyFinding[] = []
  for (const employee of connection.apiKeys) {
    keys.push(...endingOf(employee, io.now()))
    keys.push(...(await checkKey(gateways, { connection, employee, io })))
  }
  const hasToken = keys.some(({ check, result }) => check === 'api-key' && result === 'passed')

  return [
    ...hosts,
    ...keys,
    ...(hasToken ? [await checkChanges(gateways, input)] : []),
    {
      check: 'quota',
      result: 'notice',
      message: 'doctor.quota',
      detail: String((connection.apiKeys.length * ordersPerWindow * hourMs) / orderWindowMs),
    },
  ]
}

/** What the day that the cabinet gave says; ESIA itself has the last word. */
function endingOf({ name, expires }: EmployeeKey, now: Date): readonly GoskeyFinding[] {
  if (expires === undefined) return []

  const leftMs = Date.parse(`${expires}T23:59:59+03:00`) - now.getTime()
  const about = { check: 'api-key', detail: `${name}, ${expires}` } as const

  if (leftMs < 0) return [{ ...about, result: 'notice', message: 'doctor.api-key.expired' }]

  return leftMs < soonMs ? [{ ...about, result: 'notice', message: 'doctor.api-key.expires' }] : []
}

async function checkHost(
  check: 'esia' | 'epgu',
  url: string,
  { fetch, signal }: ProviderIo,
): Promise<GoskeyFinding> {
  const detail = new URL(url).host
  try {
    // Whatever it answers: somebody is there, and speaks HTTP with us.
    const response = await fetch(url, { redirect: 'manual', signal })
    await response.body?.cancel()

    return { check, result: 'passed', message: 'doctor.host.passed', detail }
  } catch {
    return { check, result: 'failed', message: 'doctor.host.unreachable', detail }
  }
}

async function checkKey(
  gateways: Gateways,
  asked: {
    readonly connection: GoskeyConnection
    readonly employee: EmployeeKey
    readonly io: ProviderIo
  },
): Promise<readonly GoskeyFinding[]> {
  const { connection, employee, io } = asked
  const about = { check: 'api-key', detail: employee.name } as const
  try {
    const { claims } = await gateways.tokens(connection, employee, io).get()
    const token = { check: 'token', detail: employee.name } as const
    if (claims?.clientId !== undefined && claims.clientId !== connection.mnemonic) {
      return [
        { ...about, result: 'passed', message: 'doctor.token.passed' },
        {
          ...token,
          result: 'failed',
          message: 'doctor.claims.client',
          detail: `${employee.name}: ${claims.clientId}`,
        },
      ]
    }
    const hasOrganisation = (claims?.organisationOids.length ?? 0) > 0

    return [
      { ...about, result: 'passed', message: 'doctor.token.passed' },
      hasOrganisation
        ? { ...token, result: 'passed', message: 'doctor.claims.passed' }
        : { ...token, result: 'failed', message: 'doctor.claims.organisation' },
    ]
  } catch (error) {
    if (error instanceof SealWanted) {
      return [{ ...about, result: 'notice', message: 'doctor.token.seal-wanted' }]
    }
    if (!(error instanceof MuhrError)) throw error

    return [
      {
        ...about,
        result: 'failed',
        message: error.code.startsWith('esia.') ? 'doctor.token.refused' : 'doctor.token.key',
        code: codeOf(error),
        advice: error.advice,
      },
    ]
  }
}

async function checkChanges(
  gateways: Gateways,
  { connection, io }: { readonly connection: GoskeyConnection; readonly io: ProviderIo },
): Promise<GoskeyFinding> {
  const check = 'orders'
  const gateway = gateways.open({ connection, io, anyEmployee: true })
  const since = new Date(io.now().getTime() - changesSinceMs)
  try {
    for await (const _ of gateway.updatedAfter(since, { pageSize: 1, signal: io.signal })) break

    return { check, result: 'passed', message: 'doctor.updated.passed' }
  } catch (error) {
    if (!(error instanceof MuhrError)) throw error

    return {
      check,
      result: 'failed',
      message: isEpguError(error, 'epgu.refused')
        ? 'doctor.updated.refused'
        : 'doctor.updated.failed',
      code: codeOf(error),
      advice: error.advice,
    }
  }
}
