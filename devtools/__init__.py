"""The local run: everything here stays on this machine and is never deployed."""
