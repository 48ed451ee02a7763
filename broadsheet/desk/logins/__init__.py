"""Who gets into the desk: log-ins and where they stand, pauses after failures, new passwords by mail, second factors."""
