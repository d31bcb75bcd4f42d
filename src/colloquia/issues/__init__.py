"""The spine: papers in their versions, issues, questions, and the page on which everything about one meets."""
