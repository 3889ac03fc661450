"""The memory: tables, engine, migrations, journal, keys, fast reader. Imports no other room."""
