"""The offline verifier: stands on core alone and ships as upheld-verify.pyz."""
