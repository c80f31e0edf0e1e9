import type { SandboxReady } from '@muhr/sandbox'
import {
  createSignmeWorld,
  startTestInstallation,
  type TestInstallation,
} from '@muhr/server/testing'
import { copyEnvelope } from '../copy-envelopes.ts'
import { pauseWatch } from '../pause-watch.ts'
import { startSandboxProcess } from '../start-sandbox-process.ts'

/** The whole product with many requests open at a Sign.Me in another process. */
export type OpenWorld = {
  readonly muhr: TestInstallation
  /** Its own, with the watch paused. */
  readonly connection: string
  /** Each answer about a request comes after that time, ms. */
  readonly answerAfter: (ms: number) => Promise<void>
  readonly stop: () => Promise<void>
}

const patienceMs = 60_000

/**
 * Sends one envelope and copies its rows: as many requests, sent evenly over the days before, each under the suffix
 * of one that the simulator has.
 */
export async function openWorld(
  folder: string,
  { requests, days }: { readonly requests: number; readonly days: number },
): Promise<OpenWorld> {
  const sandbox = await startSandboxProcess(folder)
  const muhr = await startTestInstallation()
  const stop = async () => {
    await muhr.stop()
    sandbox.stop()
  }
  try {
    const control = controlOf(sandbox.ready)
    const connection = await connect(muhr, sandbox.ready)
    const envelope = await sendOne(muhr, connection)
    await pauseWatch(muhr)
    const { first } = (await control('synthetic', 'POST', { count: requests })) as {
      readonly first: number
    }
    await fillSuffixes(muhr, control, { first, requests })
    await copyEnvelope(muhr, {
      envelope,
      count: requests,
      request: {
        handle: `t."handle" || jsonb_build_object('key', t.id || '_' || n,
          'reference', (select suffix from bench_suffixes s where s.n = n.n))`,
        since: `now() - interval '${days} days' * n / ${requests}`,
      },
    })

    return {
      muhr,
      connection,
      answerAfter: async (delayMs) => {
        const fault = { on: 'status', fault: 'delay', delayMs, times: 1_000_000_000 }
        await control('faults', 'PUT', { faults: delayMs === 0 ? [] : [fault] })
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

type Control = (path: string, method: string, body?: object) => Promise<unknown>

function controlOf({ accounts, control }: SandboxReady): Control {
  return async (path, method, body) => {
    const response = await fetch(`${accounts.signme.control}/${path}`, {
      method,
      headers: { 'x-muhr-sim-secret': control.secret },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`the simulator answered ${response.status}`)

    return response.json()
  }
}

async function connect(muhr: TestInstallation, ready: SandboxReady): Promise<string> {
  const [site] = ready.accounts.signme.sites
  const { status, body } = await muhr.api.call<{ readonly id: string }>('/v1/connections', {
    method: 'POST',
    headers: { 'idempotency-key': crypto.randomUUID() },
    json: {
      provider: 'signme',
      name: 'Bench',
      settings: { baseUrl: ready.signme, key: site?.key ?? '' },
    },
  })
  if (status !== 201) throw new Error(`no connection: ${JSON.stringify(body)}`)

  return body.id
}

async function sendOne(muhr: TestInstallation, connection: string): Promise<string> {
  const { body } = await createSignmeWorld(muhr).send({ connection })
  await muhr.api.until(
    body.id,
    ({ signings }) => signings[0]?.requests[0]?.state === 'open',
    patienceMs,
  )

  return body.id
}

async function fillSuffixes(
  muhr: TestInstallation,
  control: Control,
  { first, requests }: { readonly first: number; readonly requests: number },
): Promise<void> {
  const listed = (await control(`synthetic?first=${first}&count=${requests}`, 'GET')) as {
    readonly requests: readonly { readonly suffix: string }[]
  }
  await muhr.sql('create table bench_suffixes (n int primary key, suffix text not null)')
  await muhr.sql(
    `insert into bench_suffixes select place - 1, suffix
      from unnest($1::text[]) with ordinality u(suffix, place)`,
    [listed.requests.map(({ suffix }) => suffix)],
  )
}
