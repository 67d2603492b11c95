module docket.example/main

go 1.21

require docket.example/receiver v0.0.0

replace docket.example/receiver => ../../../../clients/receivers/go
