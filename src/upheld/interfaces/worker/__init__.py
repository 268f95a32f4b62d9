"""The worker: takes what probers saw, and does by itself whatever follows from it or falls due."""
