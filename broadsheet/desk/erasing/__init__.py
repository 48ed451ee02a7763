"""What an erasure reaches at the desk, table by table. The act is ``actions.erase``."""
