import { describeVariables } from '@muhr/server/config'
import { defineCommand } from 'citty'
import { examine } from '../doctor/examine.ts'
import { printExamination, printVariables } from '../doctor/print-examination.ts'

/** `muhr doctor`: looks at ports, folders, database, clock, trust, and says what to do. Exit 1 if a look failed. */
export const doctor = defineCommand({
  meta: { name: 'doctor', description: 'Look at everything Muhr needs here, and say what to do' },
  args: {
    sandbox: {
      type: 'boolean',
      default: false,
      description: 'As serve --sandbox would be started',
    },
    json: { type: 'boolean', default: false, description: 'Print findings and variables as JSON' },
  },
  run: async ({ args }) => {
    const examination = await examine(process.env, args.sandbox ? { mode: 'sandbox' } : {})
    const variables = describeVariables(process.env)
    const text = args.json
      ? JSON.stringify({ ...examination, variables }, undefined, 2)
      : `${printExamination(examination)}\n\n${printVariables(variables)}`
    process.stdout.write(`${text}\n`)
    process.exitCode = examination.findings.some(({ result }) => result === 'failed') ? 1 : 0
  },
})
