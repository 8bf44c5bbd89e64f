"""What somebody has in front of them: lists and counts that put several packages together."""
