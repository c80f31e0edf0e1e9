import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MuhrError } from '@muhr/identifiers'
import { loadConfig } from '@muhr/server'
import { defineCommand } from 'citty'
import { type Api, createApi } from '../demo/api.ts'
import { egovFaultScenarios, egovScenarios } from '../demo/egov-scenarios.ts'
import { findOrStartGateway, type Gateway } from '../demo/find-gateway.ts'
import { goskeyExpiries, goskeyScenarios } from '../demo/goskey-scenarios.ts'
import { keepContainers } from '../demo/keep-containers.ts'
import { runEgovScenario } from '../demo/run-egov.ts'
import { runGoskeyExpiries, runGoskeyScenarios } from '../demo/run-goskey.ts'
import { runSignmeScenarios } from '../demo/run-signme.ts'
import { signmeScenarios } from '../demo/signme-scenarios.ts'

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
    provider: {
      type: 'string',
      default: 'all',
      description: 'egov-mobile, goskey, signme, or all',
    },
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
    if (args.provider !== 'all' && !Object.hasOwn(demos, args.provider)) {
      process.stderr.write(
        `There is no provider ${args.provider} in this version. Use --provider ${Object.keys(demos).join(' or ')}.\n`,
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

type Ended = {
  readonly scenario: { readonly name: string; readonly expected: string }
  readonly result: {
    readonly state: string
    readonly signings: readonly string[]
    readonly evidence?: Uint8Array | undefined
  }
  /** What else is worth a word. */
  readonly more?: string
}

/** Runs the scenarios of a service and tells of each when it has ended. */
type Demo = (
  api: Api,
  gateway: Gateway,
  options: {
    readonly faults: boolean
    readonly out: string
    readonly tell: (ended: Ended) => Promise<void>
  },
) => Promise<void>

const demos: Readonly<Record<string, Demo>> = {
  'egov-mobile': async (api, { ready }, { faults, tell }) => {
    for (const scenario of faults ? [...egovScenarios, ...egovFaultScenarios] : egovScenarios) {
      const result = await runEgovScenario(api, ready, scenario)
      await tell({ scenario, result, more: `the phone got ${result.answers.join(', ')}` })
    }
  },
  goskey: async (api, { ready }, { tell }) => {
    for (const [run, scenarios] of [
      [runGoskeyScenarios, goskeyScenarios],
      [runGoskeyExpiries, goskeyExpiries],
    ] as const) {
      const results = await run(api, ready, scenarios)
      for (const [index, scenario] of scenarios.entries()) {
        const result = results[index]
        if (result !== undefined) await tell({ scenario, result })
      }
    }
  },
  signme: async (api, { ready }, { out, tell }) => {
    const results = await runSignmeScenarios(api, ready, signmeScenarios)
    for (const [index, result] of results.entries()) {
      const scenario = signmeScenarios[index]
      if (scenario === undefined) continue
      const folder = join(out, `signme-${scenario.name}`)
      const kept =
        result.evidence === undefined
          ? 0
          : await keepContainers(result.evidence, { folder, caFile: ready.caFile })
      await tell({ scenario, result, more: `${result.more}; ${kept} containers verify` })
    }
  },
}

async function runDemo(
  args: {
    readonly provider: string
    readonly out: string
    readonly json: boolean
    readonly faults: boolean
  },
  say: (line: string) => void,
): Promise<number> {
  const config = loadConfig(process.env, { mode: 'sandbox' })
  const gateway = await findOrStartGateway(config, say)
  try {
    await mkdir(args.out, { recursive: true })
    const api = createApi(gateway.url, gateway.apiKey)
    const summary: SummaryLine[] = []
    const chosen = Object.entries(demos).filter(
      ([provider]) => args.provider === 'all' || args.provider === provider,
    )
    for (const [provider, run] of chosen) {
      const tell = async (ended: Ended): Promise<void> => {
        summary.push(await keep(args.out, provider, ended))
        say(describe(ended))
      }
      await run(api, gateway, { faults: args.faults, out: args.out, tell })
    }
    await writeFile(join(args.out, 'summary.json'), `${JSON.stringify(summary, undefined, 2)}\n`)
    await copyFile(gateway.ready.caFile, join(args.out, 'sandbox-ca.pem'))
    if (args.json) {
      process.stdout.write(`${JSON.stringify(summary)}\n`)
    } else {
      const first = summary.find(({ evidence }) => evidence !== undefined)?.evidence ?? ''
      say(
        `Evidence in ${args.out}. Check it: npx muhr verify ${join(args.out, first)} --trust ${join(args.out, 'sandbox-ca.pem')}`,
      )
    }

    return summary.every((line) => line.state === line.expected) ? 0 : 1
  } finally {
    await gateway.stop()
  }
}

async function keep(
  folder: string,
  provider: string,
  { scenario, result }: Ended,
): Promise<SummaryLine> {
  const evidence = result.evidence === undefined ? undefined : `${provider}-${scenario.name}.zip`
  if (evidence !== undefined && result.evidence !== undefined) {
    await writeFile(join(folder, evidence), result.evidence)
  }

  return {
    provider,
    scenario: scenario.name,
    expected: scenario.expected,
    state: result.state,
    ...(evidence === undefined ? {} : { evidence }),
  }
}

function describe({ scenario, result, more }: Ended): string {
  const mark = result.state === scenario.expected ? 'as expected' : 'NOT AS EXPECTED'
  const signings = `signings ${result.signings.join(', ')}`
  const rest = [mark, signings, ...(more === undefined ? [] : [more])].join('; ')

  return `  ${scenario.name.padEnd(28)} ${result.state.padEnd(10)} ${rest}`
}
