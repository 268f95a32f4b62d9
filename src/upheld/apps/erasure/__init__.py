"""Erasing a person: every row that names them, and what their marks in the ledger stand for"""
