/** How a request ends early. None of these can be caught by TRY. */

/** The batch is over; what went wrong was already told to the client. */
export class BatchAbort extends Error {
  constructor() {
    super('the batch was aborted');
    this.name = 'BatchAbort';
  }
}

/** A module or a dynamic text is over, its caller goes on; what went wrong was already told. */
export class ScopeAbort extends Error {
  constructor() {
    super('the scope was aborted');
    this.name = 'ScopeAbort';
  }
}

/** The client asked to stop, or is gone. */
export class Attention extends Error {
  constructor() {
    super('the request was cancelled');
    this.name = 'Attention';
  }
}
