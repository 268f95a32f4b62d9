"""The published vectors: bundles, heads and proofs, valid and invalid, each with what a verifier must say of it."""
