// Written so that even a very old Node.js can read it, and say that it is too old.

const oldestMajor = 18

/** Runs a program of this folder; a StartError, and only that, is told without a stack. */
export function enter(run) {
  const major = Number(process.versions.node.split('.')[0])

  if (major < oldestMajor) {
    console.error(
      `Muhr needs Node.js ${oldestMajor} or newer to start; this is ${process.versions.node}.\n` +
        'Install a current Node.js from https://nodejs.org, then run the command again.',
    )
    process.exitCode = 1

    return
  }

  run().catch((error) => {
    console.error(error.name === 'StartError' ? error.message : error)
    process.exitCode = error.exitCode || 1
  })
}
