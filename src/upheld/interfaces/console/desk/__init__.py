"""The console's desk: the queue, tickets, calls, macros, and how well the clocks were kept."""
