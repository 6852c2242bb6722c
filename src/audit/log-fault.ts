/** Why the log does not sign. The words are in the web texts and in the error words of the command line. */
export type LogFaultCode =
  /** The tree is not what the last checkpoint says. */
  | 'root-differs'
  /** Tiles and leaves do not belong together. */
  | 'tiles-differ'
  /** Fewer leaves than were signed. */
  | 'leaves-missing'
  /** The log has a key, and the file with it is not here. */
  | 'key-missing'
  /** The file holds another key than the one that signs for this log. */
  | 'key-other'
  /** The file holds no Ed25519 key. */
  | 'key-unreadable'
  /** The log has another origin than the one that is set. */
  | 'origin-other'

export class LogFault extends Error {
  readonly code: LogFaultCode
  readonly params: Readonly<Record<string, unknown>>
  constructor(code: LogFaultCode, params: Readonly<Record<string, unknown>> = {}) {
    super(code)
    this.name = 'LogFault'
    this.code = code
    this.params = params
  }
}
