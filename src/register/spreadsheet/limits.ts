/**
 * What a delivered file may hold. They bound memory and time; each refusal names the limit and what was found.
 * Sizes of our own choosing: the largest real inventory seen has 3,611 rows and 3.1 MB.
 */
export const limits = {
  /** Bytes of the file as delivered. */
  fileBytes: 50 * 1024 * 1024,
  /** Rows of one sheet or CSV file, header and blank ones included. */
  rows: 200_000,
  columns: 1_000,
  /** UTF-16 units of one cell; a longer one has its row rejected, the file is still read. */
  cellCharacters: 1_000_000,
  /** Cells of one sheet. */
  cells: 4_000_000,
  /** Of an XLSX container: parts, bytes of one part and of all when unpacked, and unpacked per packed bytes. */
  zipEntries: 5_000,
  partBytes: 300 * 1024 * 1024,
  unpackedBytes: 400 * 1024 * 1024,
  /** Only asked of parts above `ratioFromBytes`: small parts of repeated XML compress far better than any text. */
  unpackedPerPacked: 200,
  ratioFromBytes: 10 * 1024 * 1024,
  /** Reading a file, in ms, and the heap of the thread that does it, in MB. */
  readMs: 60_000,
  readHeapMb: 512,
  /** How many places a message lists before it only counts. */
  placesListed: 20,
} as const

/** A cell of a spreadsheet program holds at most this many UTF-16 units (Excel specifications and limits). */
export const excelCellCharacters = 32_767
export const excelRows = 1_048_576
export const excelSheetName = 31
