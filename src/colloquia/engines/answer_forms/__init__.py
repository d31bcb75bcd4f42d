"""The answer form: a Word document with a box for each question, written, and read back by question."""
