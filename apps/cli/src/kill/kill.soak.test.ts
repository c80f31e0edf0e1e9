import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '@muhr/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runKillRounds } from './run-kill-rounds.ts'

describe('SIGKILL of server or database, many times', () => {
  let dataDir = ''

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'muhr-kill-'))
  })
  afterAll(() => rm(dataDir, { recursive: true, force: true }))

  it('loses nothing, doubles nothing, and the envelope goes on: two hundred random points', async () => {
    const [port = 0, consolePort = 0, caPort = 0] = await freePorts(3)
    const seed = Date.now() % 1_000_000_007
    const rounds = await runKillRounds({
      place: { dataDir, port, consolePort, caPort },
      rounds: 200,
      seed,
      onRound: ({ round, victim, atMs, faults }) =>
        console.log(`${round}: ${victim} at ${atMs} ms: ${faults.join('; ') || 'well'}`),
    })

    expect(
      rounds.filter((round) => round.faults.length > 0),
      `seed ${seed}`,
    ).toEqual([])
    expect(rounds).toHaveLength(200)
  }, 3_600_000)
})
