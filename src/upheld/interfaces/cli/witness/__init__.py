"""
The customer's witness: a programme of its own, packed into `upheld-witness.pyz`, that trusts nothing of the provider's code.

Standard library only, and written for Python 3.9 and newer, because it runs wherever the customer has a Python: it shares no
module with core, and so it is a second opinion on trees, notes and signatures too.
"""
