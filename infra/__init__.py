"""Where Docket runs: on AWS and on one machine, symmetric to each other."""
