"""What do the portal's parts look like? One page that shows every component in every state."""
