"""The pages of people: signing in, their own account, and what administrators and officers do."""
