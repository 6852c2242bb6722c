export const tenders = {
  title: '調達の回答',
}
