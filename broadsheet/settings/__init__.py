"""Django settings: base, dev, test, production. They hold no logic."""
