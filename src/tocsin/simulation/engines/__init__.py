"""How soldiers are kept: counted by class, or one by one."""
