import type { Catalog, ListItem } from '#catalog/model.ts'

export type CatalogItem = ListItem & { readonly list: string }

/** The items of an edition that a question can concern: those of its lists, such as the check sheets. */
export const catalogItems = (content: Pick<Catalog, 'lists'>): CatalogItem[] =>
  content.lists.flatMap((list) => (list.items ?? []).map((item) => ({ ...item, list: list.id })))
