"""The pages that people read beside the API: problem codes, transition tables, guides. One template, no script."""
