"""The tests: a flat mirror of the code, and e2e/ for the browser."""
