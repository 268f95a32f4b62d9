"""Who keeps our heads outside: those who get them by mail each day, and witnesses who countersign them"""
