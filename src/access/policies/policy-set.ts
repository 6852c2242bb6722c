import {
  checkParseSchema,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs'
import { createHash } from 'node:crypto'

import type { Item } from '#access/may.ts'
import { type Action, actions, type Breadths, breadths } from '#access/model.ts'
import type { Actor } from '#audit/transaction.ts'

import { lineAtByte, type Policy, type PolicyFault, type PolicyFiles } from './policy-files.ts'

export type Answer = {
  readonly allowed: boolean
  /** Ids of the policies that made it so: those that permit, or those that forbid; none where nothing permits. */
  readonly because: readonly string[]
}
export type PolicySet = {
  readonly policies: readonly Policy[]
  /** @param item  without it, one of the actor's own */
  ask(actor: Actor, action: Action | Breadths, item?: Item): Answer
}

/** What Cedar finds: names that the schema does not know, types that do not fit, conditions that never hold. */
export function faultsOf({ schema, policies }: PolicyFiles): PolicyFault[] {
  const parsed = checkParseSchema(schema.text)
  if (parsed.type === 'failure')
    return parsed.errors.map((e) => ({
      file: schema.file,
      line: lineAtByte(schema.text, e.sourceLocations?.[0]?.start ?? 0),
      fault: 'syntax',
      message: e.message,
    }))
  const unknown = [...actions, ...breadths].filter((action) => !schema.text.includes(`"${action}"`))
  if (unknown.length > 0)
    return unknown.map((action) => ({ file: schema.file, line: 1, fault: 'action-unknown', message: action }))
  const answer = validate({ schema: schema.text, policies: { staticPolicies: textsOf(policies) } })
  if (answer.type === 'failure')
    return answer.errors.map((e) => ({ file: schema.file, line: 1, fault: 'does-not-fit', message: e.message }))
  return [...answer.validationErrors, ...answer.validationWarnings].map(({ policyId, error }) => {
    const { file, line, text } = policies.find((one) => one.id === policyId)!
    const within = lineAtByte(text, error.sourceLocations?.[0]?.start ?? 0) - 1
    const message = [error.message, error.help ?? ''].filter((part) => part !== '').join(' ')
    return { file, line: line + within, fault: 'does-not-fit', policy: policyId, message }
  })
}

const textsOf = (policies: readonly Policy[]) => Object.fromEntries(policies.map(({ id, text }) => [id, text]))

/** Answers that were given are kept: the same question has the same answer as long as the process runs. */
const mostKept = 20_000

/** @param files  without faults */
export function policySet({ schema, policies }: PolicyFiles): PolicySet {
  const texts = textsOf(policies)
  // Cedar keeps parsed sets by name for the thread; the digest lets several stand beside each other.
  const name = createHash('sha256')
    .update(JSON.stringify([schema.text, texts]))
    .digest('hex')
  for (const parsed of [preparseSchema(name, schema.text), preparsePolicySet(name, { staticPolicies: texts })])
    if (parsed.type === 'failure') throw new Error(parsed.errors[0]?.message)
  const kept = new Map<string, Answer>()
  return {
    policies,
    ask(actor, action, item) {
      const key = JSON.stringify([actor.role, actor.organisationId, actor.personId, action, item])
      const known = kept.get(key)
      if (known) return known
      if (kept.size >= mostKept) kept.clear()
      const answer = decide(name, actor, action, item ?? ownOf(actor))
      kept.set(key, answer)
      return answer
    },
  }
}

/** Of a supplier's contact, one's own is what was sent. */
const ownOf = ({ organisationId, personId }: Actor): Item => ({
  organisationPath: [organisationId],
  ownerId: personId,
  sentTo: [personId],
})

const uid = (type: string, id: string) => ({ type: `Tenbin::${type}`, id })
const ref = (type: string, id: string) => ({ __entity: uid(type, id) })

function decide(name: string, actor: Actor, action: string, item: Item): Answer {
  const principal = uid('Actor', 'asking')
  const resource = uid('Item', 'asked')
  const answer = statefulIsAuthorized({
    principal,
    action: uid('Action', action),
    resource,
    context: {},
    preparsedSchemaName: name,
    preparsedPolicySetId: name,
    validateRequest: true,
    entities: [
      {
        uid: principal,
        attrs: { person: ref('Person', actor.personId), organisation: ref('Organisation', actor.organisationId) },
        parents: [uid('Role', actor.role)],
      },
      {
        uid: resource,
        attrs: {
          sharing: ref('Sharing', item.sharing ?? 'ministry'),
          ...(item.stage === undefined ? {} : { stage: ref('Stage', item.stage) }),
          ...(item.ownerId === undefined ? {} : { owner: ref('Person', item.ownerId) }),
          sentTo: (item.sentTo ?? []).map((person) => ref('Person', person)),
          published: item.published === true,
        },
        parents: item.organisationPath.map((id) => uid('Organisation', id)),
      },
    ],
  })
  if (answer.type === 'failure') throw new Error(answer.errors[0]?.message)
  const { decision, diagnostics } = answer.response
  // Cedar leaves out a policy that cannot be evaluated: one that forbids must not be lost that way.
  if (diagnostics.errors.length > 0) throw new Error(diagnostics.errors[0]?.error.message)
  return { allowed: decision === 'allow', because: diagnostics.reason.toSorted() }
}
