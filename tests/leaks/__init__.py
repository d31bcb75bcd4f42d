"""The leak test's tools: canaries, a world full of them, and a crawler that looks for them everywhere."""
