"""What console and portal show alike, each of the agreements that whoever asks may see, linked within its own addresses."""
