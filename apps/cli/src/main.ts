import { version } from '@muhr/server/version'
import { defineCommand, runMain, type SubCommandsDef } from 'citty'

/** Each part is loaded only when it is called. */
const subCommands: SubCommandsDef = {
  serve: () => import('./commands/serve.ts').then((module) => module.serve),
  sandbox: () => import('./commands/sandbox.ts').then((module) => module.sandbox),
  login: () => import('./commands/login.ts').then((module) => module.login),
  organisation: () => import('./commands/organisation.ts').then((module) => module.organisation),
  demo: () => import('./commands/demo.ts').then((module) => module.demo),
  verify: () => import('./commands/verify.ts').then((module) => module.verify),
  sign: () => import('./commands/sign.ts').then((module) => module.sign),
  inspect: () => import('./commands/inspect.ts').then((module) => module.inspect),
  path: () => import('./commands/path.ts').then((module) => module.path),
  trust: () => import('./commands/trust.ts').then((module) => module.trust),
  epgu: () => import('./commands/epgu.ts').then((module) => module.epgu),
  signme: () => import('./commands/signme.ts').then((module) => module.signme),
  doctor: () => import('./commands/doctor.ts').then((module) => module.doctor),
}

/** The `muhr` command. */
const main = defineCommand({
  meta: {
    name: 'muhr',
    version,
    description: 'Gateway to the national e-signature services of Russia, Kazakhstan, Uzbekistan',
  },
  subCommands,
})

const [name, ...rest] = process.argv.slice(2)
if (name?.startsWith('-') || (name !== undefined && Object.hasOwn(subCommands, name))) {
  await runMain(main)
} else {
  // Not left to citty, whose exit code 1 would say that a signature fails (design §7).
  const { runInProcess } = await import('./command/run-guarded.ts')
  const { usageError } = await import('./command/cli-error.ts')
  await runInProcess(rest, () => {
    const names = Object.keys(subCommands).join(', ')
    throw usageError(
      name === undefined ? 'No command is named.' : 'There is no command of that name.',
      `Commands: ${names}; muhr COMMAND --help says more.`,
    )
  })
}
