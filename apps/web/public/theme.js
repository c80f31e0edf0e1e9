// Runs before the first paint, so that a chosen theme never flashes in the other one.
;(() => {
  try {
    const theme = localStorage.getItem('muhr.theme')
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  } catch {
    // Storage can be forbidden; the system's choice stands then.
  }
})()
