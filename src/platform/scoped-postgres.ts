import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresDialect,
  type PostgresDialectConfig,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'

import { currentScope, settingsSql } from './scope.ts'

/**
 * PostgreSQL under row-level security: every statement stands in a transaction that first says for whom it runs. The
 * settings end with the transaction, so that nothing is left on a connection that a pooler hands to the next.
 * @param role  to be taken on in each transaction; without it the role that signed in is the application's own
 */
export class ScopedPostgresDialect extends PostgresDialect implements Dialect {
  readonly #role: string | undefined
  constructor(config: PostgresDialectConfig, role: string | undefined) {
    super(config)
    this.#role = role
  }
  override createDriver(): Driver {
    return new ScopedDriver(super.createDriver(), this.#role)
  }
}

class ScopedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection
  readonly #begin: string
  open = false
  constructor(inner: DatabaseConnection, begin: string) {
    this.inner = inner
    this.#begin = begin
  }
  async begin(settings: TransactionSettings = {}): Promise<void> {
    const level = settings.isolationLevel === undefined ? '' : ` isolation level ${settings.isolationLevel}`
    // Without parameters the driver sends both statements at once.
    await this.inner.executeQuery(CompiledQuery.raw(`begin${level}; ${this.#begin}`))
    this.open = true
  }
  async end(how: 'commit' | 'rollback'): Promise<void> {
    this.open = false
    await this.inner.executeQuery(CompiledQuery.raw(how))
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.open) return this.inner.executeQuery<R>(query)
    await this.begin()
    let result: QueryResult<R>
    try {
      result = await this.inner.executeQuery<R>(query)
    } catch (error) {
      // The connection itself may be gone; what went wrong first is what is told.
      await this.end('rollback').catch(() => {})
      throw error
    }
    await this.end('commit')
    return result
  }
  async *streamQuery<R>(query: CompiledQuery, size: number): AsyncGenerator<QueryResult<R>> {
    if (!this.open) throw new Error('a stream of rows needs a transaction')
    yield* this.inner.streamQuery<R>(query, size)
  }
}

class ScopedDriver implements Driver {
  readonly #inner: Driver
  readonly #role: string | undefined
  constructor(inner: Driver, role: string | undefined) {
    this.#inner = inner
    this.#role = role
  }
  init(): Promise<void> {
    return this.#inner.init()
  }
  async acquireConnection(): Promise<DatabaseConnection> {
    const role = this.#role === undefined ? '' : `; select set_config('role', '${this.#role}', true)`
    return new ScopedConnection(await this.#inner.acquireConnection(), settingsSql(currentScope(), true) + role)
  }
  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return (connection as ScopedConnection).begin(settings)
  }
  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return (connection as ScopedConnection).end('commit')
  }
  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return (connection as ScopedConnection).end('rollback')
  }
  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#inner.releaseConnection((connection as ScopedConnection).inner)
  }
  destroy(): Promise<void> {
    return this.#inner.destroy()
  }
}
