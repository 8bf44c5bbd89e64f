// Reads recorded answers with a client: answers ANSWERS. What is told apart comes as what it is.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	"orderhub"
)

type recorded struct {
	Answers struct {
		History map[string]struct{ Body openapi.OrderHistoryPage } `json:"list_order_transitions"`
		Events  map[string]struct{ Body openapi.EventFeed }        `json:"list_events"`
	}
}

func main() {
	var found recorded
	text, err := os.ReadFile(os.Args[1])
	if err == nil {
		err = json.Unmarshal(text, &found)
	}
	if err != nil {
		log.Fatal(err)
	}
	for _, happened := range found.Answers.History[""].Body.Data {
		if delivery := happened.OrderDeliverEntry; delivery != nil {
			fmt.Println(delivery.Said.GetMessage(), "with", len(delivery.Said.Files), "files")
		}
	}
	fmt.Println(len(found.Answers.Events[""].Body.Data), "events")
}
