"""Check a document (核对文件): files, a folder or a zip → report, annotated Word file, workbook, statistics; a history of what was checked."""
