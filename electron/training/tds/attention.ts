/**
 * A client's wish to cancel. It gets its acknowledgement after the running request's response has been closed, or at once
 * when nothing runs any more: the response and the attention may have crossed on the way.
 */
export class Attention {
  #pending = false;
  #running: AbortController | undefined;

  /** A request starts; the signal aborts on an attention, also on one that came before. */
  begin(): AbortSignal {
    const controller = new AbortController();
    this.#running = controller;
    if (this.#pending) {
      controller.abort();
    }
    return controller.signal;
  }

  raise(): void {
    this.#pending = true;
    this.#running?.abort();
  }

  /** Ends the running request without an attention: the connection is going. */
  interrupt(): void {
    this.#running?.abort();
  }

  /** Nothing runs any more. True when an acknowledgement is due; asking takes it off. */
  settle(): boolean {
    const due = this.#pending;
    this.#pending = false;
    this.#running = undefined;
    return due;
  }
}
