"""The spine: papers in their versions, issues, and questions, each with the page on which all meets."""
