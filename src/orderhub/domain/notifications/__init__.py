"""What people are told of what happened: alerts in the member area, and mails."""
