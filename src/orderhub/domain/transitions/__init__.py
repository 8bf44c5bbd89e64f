"""What every process leaves behind: its edges in the database, its history, its timers."""
