import { Readable } from 'node:stream'

import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { wholeOf } from '#platform/files.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'

import type { TemplatesPage } from './api.ts'
import type { MadeFile } from './make-document.ts'
import { type DocumentKind, documentKinds, type Language, languages } from './model.ts'
import {
  choicesOf,
  chosenOf,
  insertChoice,
  insertTemplate,
  organisationOf,
  templateFile,
  templatesOf,
} from './store.ts'
import { requireTemplate } from './word/check-template.ts'
import { defaultTemplate } from './word/default-template.ts'
import { packageLimits } from './word/open-package.ts'
import { templateWords } from './word/template-words.ts'

type Slot = { readonly kind: DocumentKind; readonly language: Language }

/** The templates of the organisation for which the role is held, with their history. */
export async function listTemplates(deps: ProcurementDeps, actor: Actor): Promise<TemplatesPage> {
  const organisation = await organisationOf(deps.db, actor.organisationId)
  if (!organisation) throw new AppError('not-found', { organisation: actor.organisationId })
  const templates = await templatesOf(deps.db, organisation.id)
  const choices = await choicesOf(deps.db, organisation.id)
  const slots = documentKinds.flatMap((kind) =>
    languages.map((language) => {
      const own = choices.filter((choice) => choice.kind === kind && choice.language === language)
      const mine = templates.filter((template) => template.kind === kind && template.language === language)
      const number = own[0]?.number ?? null
      return {
        kind,
        language,
        inForce: mine.find((template) => template.number === number)?.id ?? null,
        templates: mine.map(({ organisationId: _id, ...template }) => template),
        choices: own.map(({ at, by, number: chosen }) => ({ at, by, number: chosen })),
      }
    }),
  )
  return {
    organisation: { id: organisation.id, name: organisation.name },
    slots,
    limit: packageLimits.fileBytes,
    may: holds(() => deps.may(actor, 'manage-templates', { organisationPath: organisation.path })),
  }
}

function holds(ask: () => void): boolean {
  try {
    ask()
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-permitted') return false
    throw error
  }
}

/**
 * Takes a template that a ministry hands in: checked whole, kept as a new version, in force from then on.
 * @throws AppError `not-permitted`, `bad-file` with `template` (what is wrong, where) or `fault`, `too-large`
 */
export async function addTemplate(
  deps: ProcurementDeps,
  actor: Actor,
  given: Slot & { readonly fileName: string; readonly note: string; readonly content: Readable },
): Promise<{ id: string; number: number }> {
  const path = await pathOf(deps, actor)
  deps.may(actor, 'manage-templates', { organisationPath: path })
  const bytes = await wholeOf(given.content)
  await requireTemplate(given.kind, given.fileName, bytes)
  const kept = await deps.files.keep(Readable.from([bytes]))
  return deps.tx(actor, async (t) => {
    const id = t.newId()
    const { organisationId } = actor
    const { kind, language, fileName, note } = given
    const number = await insertTemplate(t, {
      id,
      organisationId,
      kind,
      language,
      fileName,
      note,
      bytes: kept.bytes,
      sha256: kept.sha256,
    })
    await insertChoice(t, { organisationId, kind, language }, id)
    await t.append({
      type: 'template.added',
      itemKind: 'document-template',
      itemId: id,
      organisationId,
      detail: { kind, language, number, sha256: kept.sha256 },
    })
    return { id, number }
  })
}

/**
 * Goes back to an earlier version, or to the template of the house.
 * @param choice  `seen`: what was in force on the screen
 * @throws AppError `not-permitted`, `not-found`, `changed-meanwhile` with what is in force `now`
 */
export async function chooseTemplate(
  deps: ProcurementDeps,
  actor: Actor,
  choice: Slot & { readonly template: string | null; readonly seen: string | null },
): Promise<void> {
  const path = await pathOf(deps, actor)
  deps.may(actor, 'manage-templates', { organisationPath: path })
  await deps.tx(actor, async (t) => {
    const { kind, language, template } = choice
    const slot = { organisationId: actor.organisationId, kind, language }
    const mine = await templatesOf(t.db, actor.organisationId)
    if (template !== null && !mine.some((one) => one.id === template && one.kind === kind && one.language === language))
      throw new AppError('not-found', { template })
    const now = (await chosenOf(t.db, slot)) ?? null
    if (now !== choice.seen) throw new AppError('changed-meanwhile', { now })
    await insertChoice(t, slot, template)
    await t.append({
      type: 'template.chosen',
      itemKind: 'organisation',
      itemId: actor.organisationId,
      detail: { kind, language, template },
    })
  })
}

async function pathOf({ db }: ProcurementDeps, actor: Actor): Promise<readonly string[]> {
  const organisation = await organisationOf(db, actor.organisationId)
  if (!organisation) throw new AppError('not-found', { organisation: actor.organisationId })
  return organisation.path
}

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** A template to change in Word: one that was handed in, or that of the house. @throws AppError `not-found` */
export async function templateToChange(deps: ProcurementDeps, slot: Slot, id: string | undefined): Promise<MadeFile> {
  if (id === undefined) {
    const title = templateWords[slot.language].titles[slot.kind].replaceAll(/[:　]+/g, ' ')
    return {
      fileName: `${title}.docx`,
      contentType: docxType,
      content: await defaultTemplate(slot.kind, slot.language),
    }
  }
  const file = await templateFile(deps.db, id)
  if (!file) throw new AppError('not-found', { template: id })
  return { fileName: file.fileName, contentType: docxType, content: await deps.files.read(file.sha256) }
}
