"""The sub-commands of `huiyin`, one per file: `main(argv) -> exit code`."""
