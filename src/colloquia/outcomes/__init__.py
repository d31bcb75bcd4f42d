"""What came of a consultation: the summary, priorities, considerations, outcomes and the revised paper."""
