import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '@muhr/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runKillRounds } from './run-kill-rounds.ts'

describe('SIGKILL of server or database in the middle of a flow', () => {
  let dataDir = ''

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'muhr-kill-'))
  })
  afterAll(() => rm(dataDir, { recursive: true, force: true }))

  it('loses nothing, doubles nothing, and the envelope goes on: ten random points', async () => {
    const [port = 0, consolePort = 0, caPort = 0] = await freePorts(3)
    const seed = Date.now() % 1_000_000_007
    const rounds = await runKillRounds({
      place: { dataDir, port, consolePort, caPort },
      rounds: 10,
      seed,
    })

    expect(
      rounds.filter((round) => round.faults.length > 0),
      `seed ${seed}`,
    ).toEqual([])
    expect(rounds).toHaveLength(10)
  }, 300_000)
})
