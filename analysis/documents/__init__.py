"""Files to text: one reader for each format, and the tables and lists that stand in lines of plain text."""
