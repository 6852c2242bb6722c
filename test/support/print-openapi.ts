// Prints the OpenAPI document of the whole server. A process of its own: zod keeps named schemas in one registry, and
// other tests in the same process add theirs to it.
import { openEmbeddedDatabase } from '#platform/database.ts'
import { migrate } from '#platform/migrate.ts'

import { appOn } from './app.ts'

const database = await openEmbeddedDatabase()
await migrate(database.db)
const { app } = await appOn(database)
const { payload } = await app.inject('/api/openapi.json')
process.stdout.write(payload)
await app.close()
await database.close()
