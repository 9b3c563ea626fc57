"""The registry as a spreadsheet, out and in: XLSX, CSV, or all sheets as CSV in one ZIP archive."""
