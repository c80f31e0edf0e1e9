import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { availableEngines } from '../database/testing/index.ts'
import { runHistory } from '../testing/histories/run-history.ts'
import { startTestInstallation, type TestInstallation } from '../testing/index.ts'

const steps = Number(process.env['MUHR_HISTORY_STEPS'] ?? 150)
const seed = Number(process.env['MUHR_HISTORY_SEED'] ?? 1)

describe.each(availableEngines())(
  'histories of people, phones and time, on %s PostgreSQL',
  (engine) => {
    let muhr: TestInstallation

    beforeAll(async () => {
      muhr = await startTestInstallation({ engine, env: { MUHR_SESSION_TTL_HOURS: '8760' } })
    })
    afterAll(() => muhr?.stop())

    it(`${steps} steps over two servers break nothing, from seed ${seed}`, async () => {
      const { problems, trace, ends } = await runHistory(muhr, { seed, steps })
      expect(problems, trace.slice(-40).join('\n')).toEqual([])
      expect(ends.get('completed') ?? 0).toBeGreaterThan(2)
      expect(ends.size).toBeGreaterThan(1)
    })
  },
)
