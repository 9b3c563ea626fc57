"""What runs in the limited child: activity XML as messages. Light, so that the child starts at once."""
