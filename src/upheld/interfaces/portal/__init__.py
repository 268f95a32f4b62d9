"""What a customer sees and does: their services, promises, claims and people; of anybody else nothing is there."""
