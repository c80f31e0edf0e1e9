#!/usr/bin/env node
// npx muhr: the muhr command, under a Node.js that can run it.
import { enter } from './enter.js'

const args = process.argv.slice(2)

enter(() =>
  import('./run-program.js').then(({ runProgram }) =>
    runProgram('apps/cli/src/main.ts', { args, needsPages: args[0] === 'serve' }),
  ),
)
