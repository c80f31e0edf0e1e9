import {
  createSignmeWorld,
  type SignmeWorld,
  startTestInstallation,
  type TestInstallation,
} from '@muhr/server/testing'
import { median, print, quantile } from '../figure.ts'
import { pauseWatch } from '../pause-watch.ts'

export type PushSize = {
  /** Pushes that come at the same time. */
  readonly atOnce: number
  readonly waves: number
}

const full: PushSize = { atOnce: 16, waves: 20 }
const patienceMs = 60_000

type Wave = { readonly waitsMs: readonly number[]; readonly cpuMs: number }

/** From a push to a verified, collected signature. */
export async function measurePush(size: PushSize = full): Promise<void> {
  const waves = await pushInWaves(size)
  // The first wave compiles what it runs, and opens connections.
  const warm = waves.slice(1).flatMap(({ waitsMs }) => waitsMs)
  const metric = `signme.push-to-signed-${size.atOnce}-at-once`
  print({ metric: `${metric}.p95`, value: quantile(warm, 0.95), unit: 'ms', bar: '<= 1000' })
  print({ metric: `${metric}.median`, value: median(warm), unit: 'ms' })
  print({ metric: `${metric}.most`, value: Math.max(...warm), unit: 'ms' })
  print({
    metric: `${metric}.first-wave.most`,
    value: Math.max(...(waves[0]?.waitsMs ?? [])),
    unit: 'ms, in a process that has just started',
  })
  print({
    metric: `${metric}.cpu-of-wave`,
    value: median(waves.slice(1).map(({ cpuMs }) => cpuMs)),
    unit: 'ms CPU of product and simulator for all of them, evidence included, without PostgreSQL',
  })
}

/**
 * Requests over files of their own are signed in the simulator, whose pushes are held back; then all are pushed at
 * once, as often as there are waves. Product, workers and simulator are one process, PostgreSQL another; nothing is
 * asked by a watch.
 * @returns of each wave how long it took from the push to the recorded, verified signature
 * @throws Error when one was not completed
 */
export async function pushInWaves({ atOnce, waves }: PushSize): Promise<readonly Wave[]> {
  const muhr = await startTestInstallation()
  try {
    const signme = createSignmeWorld(muhr)
    const measured: Wave[] = []
    for (let wave = 0; wave < waves; wave += 1) {
      await signme.control('faults', 'PUT', { outcomes: [{ push: 'lost', times: atOnce }] })
      const sent = await sendAll({ muhr, signme }, atOnce)
      await pauseWatch(muhr)
      for (const { rid } of sent) await signme.act(rid, 'sign', { user: 'anna' })
      const before = process.cpuUsage()
      const waitsMs = await pushAll({ muhr, signme }, sent)
      const { user, system } = process.cpuUsage(before)
      measured.push({ waitsMs, cpuMs: (user + system) / 1000 })
    }

    return measured
  } finally {
    await muhr.stop()
  }
}

type World = { readonly muhr: TestInstallation; readonly signme: SignmeWorld }
type Sent = { readonly envelope: string; readonly rid: number }

async function sendAll({ muhr, signme }: World, count: number): Promise<readonly Sent[]> {
  const envelopes = []
  for (let index = 0; index < count; index += 1) envelopes.push((await signme.send()).body.id)
  const sent = []
  for (const envelope of envelopes) {
    const open = await muhr.api.until(
      envelope,
      ({ signings }) => signings[0]?.requests[0]?.state === 'open',
      patienceMs,
    )
    const frame = open.signings[0]?.requests[0]?.presentation?.frame ?? ''
    sent.push({ envelope, rid: Number(/\/sjson\/(\d+)\//.exec(frame)?.[1]) })
  }

  return sent
}

async function pushAll({ muhr, signme }: World, sent: readonly Sent[]): Promise<number[]> {
  const pushedAt = new Map<string, number>()
  await Promise.all(
    sent.map(async ({ envelope, rid }) => {
      pushedAt.set(envelope, Date.now())
      await signme.act(rid, 'push')
    }),
  )
  const end = Date.now() + patienceMs
  for (;;) {
    const signed = await muhr.sql<{ envelope_id: string; at: Date }>(
      `select g.envelope_id, g.since as at from signings g join envelopes e on e.id = g.envelope_id
        where g.envelope_id = any($1::text[]) and g.state = 'signed' and e.state = 'completed'`,
      [sent.map(({ envelope }) => envelope)],
    )
    if (signed.length === sent.length) {
      return signed.map(({ envelope_id: id, at }) => at.getTime() - (pushedAt.get(id) ?? 0))
    }
    if (Date.now() > end) throw new Error(`of ${sent.length} only ${signed.length} were signed`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
