// Package receiver receives Docket's callbacks. One file, standard library only: copy it into your project.
//
//	r := receiver.New("whsec_…")
//	n, err := r.Accept(request.Header, body, time.Now())   // body: exactly as it came
//	// err: answer 401. n == nil: it came before. Otherwise do your work; answer 204 in both cases.
package receiver

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Tolerance is how far the sender's clock and yours may differ.
const Tolerance = 5 * time.Minute

// ErrNotGenuine says that the request was not signed with one of the secrets, is too old, or cannot be read.
var ErrNotGenuine = errors.New("docket: not a genuine notification")

// Notification is one notification. Content holds the document's members by their JSON names. Missed: so many of this
// order were given up before this one; Late: a later one came already. Then read …/history?after=<After>.
type Notification struct {
	ID, Order                        string
	Sequence, Attempt, Missed, After int
	Late                             bool
	Content                          map[string]any
}

// Receiver takes callbacks. What it remembers is in this process: keep it in your database, if it is to survive.
type Receiver struct {
	secrets []string
	lock    sync.Mutex
	ids     map[string]bool
	last    map[string]int
}

// New makes a receiver; give the old secret and the new one while a secret is being changed.
func New(secrets ...string) *Receiver {
	return &Receiver{secrets: secrets, ids: map[string]bool{}, last: map[string]int{}}
}

// Accept gives the notification, or nil for one that came before.
func (r *Receiver) Accept(header http.Header, body []byte, now time.Time) (*Notification, error) {
	if !Genuine(r.secrets, header, body, now) {
		return nil, ErrNotGenuine
	}
	content, err := Parse(body)
	if err != nil {
		return nil, errors.Join(ErrNotGenuine, err)
	}
	number := func(name string) int { n, _ := strconv.Atoi(header.Get(name)); return n }
	n := &Notification{
		ID: header.Get("webhook-id"), Order: header.Get("docket-order"), Sequence: number("docket-sequence"),
		Attempt: number("docket-attempt"), Missed: number("docket-missed"), Content: content,
	}
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.ids[n.ID] {
		return nil, nil
	}
	r.ids[n.ID] = true
	last := r.last[n.Order]
	n.After, n.Late = min(last, n.Sequence), n.Sequence < last
	r.last[n.Order] = max(last, n.Sequence)
	return n, nil
}

// Genuine says whether the signature fits the bytes as they came.
func Genuine(secrets []string, header http.Header, body []byte, now time.Time) bool {
	id, timestamp := header.Get("webhook-id"), header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if id == "" || err != nil || now.Sub(time.Unix(seconds, 0)).Abs() > Tolerance {
		return false
	}
	for _, secret := range secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
		if err != nil {
			continue
		}
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(id + "." + timestamp + "."))
		mac.Write(body)
		expected := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
		for _, one := range strings.Split(header.Get("webhook-signature"), " ") {
			if hmac.Equal([]byte(one), []byte(expected)) {
				return true
			}
		}
	}
	return false
}

type node struct {
	XMLName  xml.Name
	Text     string `xml:",chardata"`
	Children []node `xml:",any"`
}

// Parse reads JSON as it is; of XML the root's elements by their JSON names, a list where an element holds others.
func Parse(body []byte) (map[string]any, error) {
	content := map[string]any{}
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) {
		return content, json.Unmarshal(body, &content)
	}
	var root node
	if err := xml.Unmarshal(body, &root); err != nil {
		return nil, err
	}
	for _, child := range root.Children {
		name := strings.ToLower(child.XMLName.Local[:1]) + child.XMLName.Local[1:]
		if len(child.Children) == 0 {
			content[name] = child.Text
			continue
		}
		items := []string{}
		for _, item := range child.Children {
			items = append(items, item.Text)
		}
		content[name] = items
	}
	return content, nil
}
