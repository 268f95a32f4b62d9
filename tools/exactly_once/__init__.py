"""Many clients do the same deeds over money again and again, and are killed: each thing is there once, the sum is right."""
