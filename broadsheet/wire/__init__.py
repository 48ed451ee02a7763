"""The wire: receiving. It must never publish without a person or a rule of the paper."""
