"""What the service keeps for its users and the chain does not know: schema app."""
