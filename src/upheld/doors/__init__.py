"""Who may come in: addresses with their rule, what was asked, forms done once, refusals; what console and portal share."""
