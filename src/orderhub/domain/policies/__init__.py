"""What staff may change: durations, commissions, fees, working days, holidays, terms. Each change is a new version."""
