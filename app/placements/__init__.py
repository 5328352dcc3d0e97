"""Stages and immersions (PMSMP): their dates and limits, their states, who was there, what came of them."""
