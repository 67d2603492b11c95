"""One machine as its users meet it: real processes, real HTTP, real SMTP, a real receiver."""
