// Loaded before the program: each SIGUSR2 sets its clock, an hour forward and back in turn. To set
// the machine's would need root, and disturb all else that runs. What only counts up (timers, the
// monotonic clock, uptime) goes on, as it does when a clock is set.
const HOUR = 3_600_000;
const now = Date.now.bind(Date);
let ahead = 0;

Date.now = () => now() + ahead;
process.on('SIGUSR2', () => {
  ahead = HOUR - ahead;
  process.stderr.write('The clock was set.\n');
});
