"""The operator's commands: check, judge, watch, run, back up, restore."""
