"""Shared code of Companion Hub: everything the Lambda functions have in common.

Dependencies point one way: functions → bootstrap → services → repositories | providers → models, errors.
"""
