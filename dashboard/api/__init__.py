"""What programs ask and are answered, as values: parameters, operations, shapes of answers, their document."""
