"""When a side broke, in four centuries of battles: a regression, not the simulator."""
