"""Documents that count: proformas, final invoices, credit notes. Numbered without gaps, printed as they were frozen."""
