"""Calls, and what people send in answer to them: drafts, receipts, checking, publication."""
