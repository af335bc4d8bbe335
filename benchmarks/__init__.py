"""How fast and how thrifty mailsetup is beside other tools, as ratios measured in one run: python -m benchmarks."""
