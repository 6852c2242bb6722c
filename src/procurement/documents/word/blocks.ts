/**
 * What a document is made of, without a word on how it looks: that is said by the styles of the template. Numbers of
 * headings are given by Word from the heading styles; a heading of level 0 has none and is not in the contents.
 */
export type Block =
  | { readonly kind: 'heading'; readonly level: 0 | 1 | 2 | 3; readonly text: string }
  /** `note`: smaller, for sources and marks. */
  | { readonly kind: 'paragraph'; readonly text: string; readonly look?: 'text' | 'note' }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table'
      readonly caption?: string
      readonly head: readonly string[]
      readonly rows: readonly (readonly string[])[]
      /** Shares of the width of the text. */
      readonly widths: readonly number[]
      /** Columns, from 0, whose cells are centred: marks and numbers. */
      readonly centred?: readonly number[]
      /** The first cell of a row is its head. */
      readonly rowHeads?: boolean
    }
  | { readonly kind: 'page-break' }

/** What a heading of the contents is named by: Word's own bookmarks begin so. */
export const bookmarkName = (n: number): string => `_Toc${String(900_000_000 + n)}`
