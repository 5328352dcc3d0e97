"""What the scheduler does to the run log, and what runs a job."""
