"""What `workbook` is made of: its pages as plain records, what stands on each, and how they are written."""
