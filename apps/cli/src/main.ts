import { version } from '@muhr/server/version'
import { defineCommand, runMain } from 'citty'

/** The `muhr` command. Each part is loaded only when it is called. */
const main = defineCommand({
  meta: {
    name: 'muhr',
    version,
    description: 'Gateway to the national e-signature services of Russia, Kazakhstan, Uzbekistan',
  },
  subCommands: {
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
    doctor: () => import('./commands/doctor.ts').then((module) => module.doctor),
  },
})

await runMain(main)
