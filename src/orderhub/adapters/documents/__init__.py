"""Printing of documents: Typst for the pages, Factur-X for the XML within invoices."""
