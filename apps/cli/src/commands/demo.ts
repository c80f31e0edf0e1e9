import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MuhrError } from '@muhr/identifiers'
import { loadConfig } from '@muhr/server'
import { defineCommand } from 'citty'
import { createApi } from '../demo/api.ts'
import { egovFaultScenarios, egovScenarios } from '../demo/egov-scenarios.ts'
import { findOrStartGateway } from '../demo/find-gateway.ts'
import { runEgovScenario } from '../demo/run-egov.ts'

type SummaryLine = {
  readonly provider: string
  readonly scenario: string
  readonly expected: string
  readonly state: string
  readonly evidence?: string
}

/** `muhr demo`: real documents through the simulated services, and the evidence of it in a folder. */
export const demo = defineCommand({
  meta: { name: 'demo', description: 'Send documents through the sandbox and keep the evidence' },
  args: {
    provider: { type: 'string', default: 'all', description: 'egov-mobile, or all' },
    out: { type: 'string', default: 'muhr-demo', description: 'Folder for evidence and summary' },
    json: { type: 'boolean', default: false, description: 'Print the summary as one JSON line' },
    faults: {
      type: 'boolean',
      default: false,
      description: 'Also run every fault of the simulated phone',
    },
  },
  run: async ({ args }) => {
    const say = (line: string): void => {
      // With --json standard output is for the machine alone.
      ;(args.json ? process.stderr : process.stdout).write(`${line}\n`)
    }
    if (args.provider !== 'all' && args.provider !== 'egov-mobile') {
      process.stderr.write(
        `There is no provider ${args.provider} in this version. Use --provider egov-mobile.\n`,
      )
      process.exit(64)
    }
    try {
      process.exit(await runDemo(args, say))
    } catch (error) {
      if (!(error instanceof MuhrError)) {
        throw error
      }
      process.stderr.write(`${error.message}\n${error.advice}\n`)
      process.exit(1)
    }
  },
})

async function runDemo(
  args: { readonly out: string; readonly json: boolean; readonly faults: boolean },
  say: (line: string) => void,
): Promise<number> {
  const config = loadConfig(process.env, { mode: 'sandbox' })
  const gateway = await findOrStartGateway(config, say)
  try {
    await mkdir(args.out, { recursive: true })
    const api = createApi(gateway.url, gateway.apiKey)
    const summary: SummaryLine[] = []
    for (const scenario of args.faults
      ? [...egovScenarios, ...egovFaultScenarios]
      : egovScenarios) {
      const result = await runEgovScenario(api, gateway.ready, scenario)
      const evidence =
        result.evidence === undefined ? undefined : `egov-mobile-${scenario.name}.zip`
      if (evidence !== undefined && result.evidence !== undefined) {
        await writeFile(join(args.out, evidence), result.evidence)
      }
      summary.push({
        provider: 'egov-mobile',
        scenario: scenario.name,
        expected: scenario.expected,
        state: result.state,
        ...(evidence === undefined ? {} : { evidence }),
      })
      const mark = result.state === scenario.expected ? 'as expected' : 'NOT AS EXPECTED'
      say(
        `  ${scenario.name.padEnd(28)} ${result.state.padEnd(10)} ${mark}; signings ${result.signings.join(', ')}; the phone got ${result.answers.join(', ')}`,
      )
    }
    await writeFile(join(args.out, 'summary.json'), `${JSON.stringify(summary, undefined, 2)}\n`)
    await copyFile(gateway.ready.caFile, join(args.out, 'sandbox-ca.pem'))
    if (args.json) {
      process.stdout.write(`${JSON.stringify(summary)}\n`)
    } else {
      say(
        `Evidence in ${args.out}. Check it: npx muhr verify ${join(args.out, summary[0]?.evidence ?? '')} --trust ${join(args.out, 'sandbox-ca.pem')}`,
      )
    }

    return summary.every((line) => line.state === line.expected) ? 0 : 1
  } finally {
    await gateway.stop()
  }
}
