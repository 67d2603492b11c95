// Reads {secrets, deliveries} from standard input; prints one line of JSON for each delivery.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"time"

	"docket.example/receiver"
)

type script struct {
	Secrets    []string
	Deliveries []struct {
		Now     int64
		Headers map[string]string
		Body    []byte
	}
}

func main() {
	var given script
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		panic(err)
	}
	r := receiver.New(given.Secrets...)
	for _, d := range given.Deliveries {
		header := http.Header{}
		for name, value := range d.Headers {
			header.Set(name, value)
		}
		n, err := r.Accept(header, d.Body, time.Unix(d.Now, 0))
		switch {
		case err != nil:
			fmt.Println(`{"refused": true}`)
		case n == nil:
			fmt.Println("null")
		default:
			line, _ := json.Marshal(map[string]any{
				"id": n.ID, "order": n.Order, "sequence": n.Sequence, "attempt": n.Attempt, "missed": n.Missed,
				"after": n.After, "late": n.Late, "content": n.Content,
			})
			fmt.Println(string(line))
		}
	}
}
