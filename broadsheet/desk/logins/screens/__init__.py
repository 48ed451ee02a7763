"""The screens of log-ins: before the desk, on the account page, and for administrators."""
