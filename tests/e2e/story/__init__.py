"""One consultation told through pages: people with browsers, and what each of them does."""
