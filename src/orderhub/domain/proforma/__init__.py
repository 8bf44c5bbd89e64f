"""The arithmetic of a proforma: lines, fees, freight, taxes, deposit. Pure; quotes, orders and invoices share it."""
