"""What is said of a sourced order: letters and alerts."""
