"""What all rooms stand on: ids, jurisdictions, languages, attachments, audit, jobs, registry."""
