import type { Finding } from '@muhr/server/doctor'

const oldestMajor = 24

/** Whether this Node.js is new enough. */
export function checkRuntime(version: string = process.versions.node): readonly Finding[] {
  const check = 'Node.js'

  return Number.parseInt(version, 10) >= oldestMajor
    ? [{ check, result: 'passed', message: `This is ${version}.` }]
    : [
        {
          check,
          result: 'failed',
          message: `This is ${version}.`,
          advice: `Install Node.js ${oldestMajor} or newer.`,
        },
      ]
}
