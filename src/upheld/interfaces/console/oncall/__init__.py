"""On call, for the provider's people: who is, who steps in, pages with their steps, and how each person is reached."""
