"""What waits to be sent to the chain."""
