// Runs before the first paint, so that a remembered theme does not flash the other one.
try {
  const theme = JSON.parse(localStorage.getItem('wirepact.theme'));
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // No storage, or nothing readable in it: the system's theme it is.
}
