"""What building costs, by number of clients, beside the least that it could cost: `make bench`, docs/performance.md."""
