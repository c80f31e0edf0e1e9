import { runGostSuite } from './gost/suite.ts'
import { runServerSuite } from './server/suite.ts'

/** Each takes the arguments after its name and may give an exit code. */
const suites: {
  readonly [name: string]: (args: readonly string[]) => Promise<number | undefined>
} = {
  gost: runGostSuite,
  server: async () => {
    await runServerSuite()

    return 0
  },
}

const [name = '', ...args] = process.argv.slice(2)
const suite = suites[name]
if (suite === undefined) {
  process.stderr.write(
    `${name === '' ? 'Name a suite' : `There is no suite ${name}`}: npm run bench -- ${Object.keys(suites).join(' | ')}\n`,
  )
  process.exit(64)
}
process.exit(await suite(args))
