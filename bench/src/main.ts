import { runServerSuite } from './server/suite.ts'

const suites: { readonly [name: string]: () => Promise<void> } = { server: runServerSuite }

const name = process.argv[2] ?? ''
const suite = suites[name]
if (suite === undefined) {
  process.stderr.write(
    `${name === '' ? 'Name a suite' : `There is no suite ${name}`}: npm run bench -- ${Object.keys(suites).join(' | ')}\n`,
  )
  process.exit(64)
}
await suite()
process.exit(0)
