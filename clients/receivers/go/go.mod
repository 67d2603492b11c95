module docket.example/receiver

go 1.21
