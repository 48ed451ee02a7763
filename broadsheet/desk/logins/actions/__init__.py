"""Writes of log-ins: attempts and their pauses, where people are logged in, second factors."""
