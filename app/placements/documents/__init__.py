"""What leaves the portal about a stage as a file."""
