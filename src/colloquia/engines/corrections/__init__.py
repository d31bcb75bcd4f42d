"""Officers' corrections as a pure function: machine's themes and a list of acts in, themes in effect out."""
