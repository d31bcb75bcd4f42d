"""Papers of questions: read from documents, matched to permanent ids, and compared version by version."""
