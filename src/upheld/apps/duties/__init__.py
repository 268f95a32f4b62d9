"""What the sides owe besides: whose word counts, how the switches stand, who came in, what was asked and done."""
