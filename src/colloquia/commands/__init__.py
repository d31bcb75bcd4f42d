"""The subcommands of ``colloquia``, one module each, imported only when used."""
