"""A backup of all that cannot be made again: the register, people, contributions, surveys, evidence, short links."""
