/** Each takes the arguments after its name and gives the exit code; it is loaded when asked for. */
const suites: {
  readonly [name: string]: (args: readonly string[]) => Promise<number>
} = {
  goskey: async (args) => (await import('./goskey/suite.ts')).runGoskeySuite(args),
  gost: async (args) => (await import('./gost/suite.ts')).runGostSuite(args),
  pki: async () => (await import('./pki/suite.ts')).runPkiSuite(),
  signme: async (args) => (await import('./signme/suite.ts')).runSignmeSuite(args),
  server: async () => (await import('./server/suite.ts')).runServerSuite(),
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
