/** The present minute, as a rune: `Heute` becomes `Gestern` at midnight without anybody reloading. */
class Clock {
  now = $state.raw(new Date());

  /** Starts ticking; answers how to stop. */
  start(): () => void {
    const timer = setInterval(() => (this.now = new Date()), 30_000);
    return () => clearInterval(timer);
  }
}

export const clock = new Clock();
