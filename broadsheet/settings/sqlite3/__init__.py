"""Django's backend for SQLite with a shorter wait for the lock (decision 0026). ``DATABASES`` names this package."""
