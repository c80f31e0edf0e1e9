/**
 * A vitest reporter that closes a run with one plain line, `N passed, N failed, N skipped`, for those who
 * read logs by program. A file that could not be run at all, and an error outside of any test, is a failure.
 */
export default class ClosingLine {
  onTestRunEnd(modules, unhandledErrors) {
    const states = modules.flatMap((module) =>
      Array.from(module.children.allTests(), (test) => test.result().state),
    )
    const count = (state) => states.filter((other) => other === state).length
    const broken = modules.filter((module) => module.state() === 'failed' && !hasFailedTest(module))
    const failed = count('failed') + broken.length + unhandledErrors.length

    console.log(`${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped`)
  }
}

function hasFailedTest(module) {
  return Array.from(module.children.allTests('failed')).length > 0
}
