"""The tests, by what they hold: pure values, contracts, pages, a browser, faults."""
