// Renders the fields of a notification with Go's own template engines and says how long it takes.
//
// It reads one job as JSON and answers with one line: nanoseconds for all fields of a case, the first time (cold), then as
// Alertmanager does it for every notification (clone the set, parse the field, escape, execute), then executing alone what was
// prepared before, and the text, so that who compares can see that it is the same.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	html "html/template"
	"os"
	"strings"
	text "text/template"
	"time"

	"oracle/template"
)

type field struct{ Engine, Text string }

type job struct {
	Templates    string
	Data         template.Data
	Fields       []field
	Milliseconds int
}

type answer struct {
	ColdNs     int64  `json:"coldNs"`
	EachNs     int64  `json:"eachNs"`
	PreparedNs int64  `json:"preparedNs"`
	Output     string `json:"output"`
}

type executor interface {
	Execute(w *bytes.Buffer, data any) error
}

type textField struct{ *text.Template }
type htmlField struct{ *html.Template }

func (t textField) Execute(w *bytes.Buffer, data any) error { return t.Template.Execute(w, data) }
func (t htmlField) Execute(w *bytes.Buffer, data any) error { return t.Template.Execute(w, data) }

var functions = map[string]any{
	"toUpper": strings.ToUpper,
	"join":    func(sep string, list []string) string { return strings.Join(list, sep) },
}

type set struct {
	text *text.Template
	html *html.Template
}

func newSet(templates string) set {
	return set{
		text.Must(text.New("").Option("missingkey=zero").Funcs(functions).Parse(templates)),
		html.Must(html.New("").Option("missingkey=zero").Funcs(functions).Parse(templates)),
	}
}

func (s set) prepare(f field) executor {
	if f.Engine == "html" {
		return htmlField{html.Must(html.Must(s.html.Clone()).New("").Option("missingkey=zero").Parse(f.Text))}
	}
	return textField{text.Must(text.Must(s.text.Clone()).New("").Option("missingkey=zero").Parse(f.Text))}
}

func execute(e executor, data any) string {
	var buffer bytes.Buffer
	if err := e.Execute(&buffer, data); err != nil {
		panic(err)
	}
	return buffer.String()
}

// The mean of as many calls as fit, after a tenth of the time to warm up.
func measure(milliseconds int, call func()) int64 {
	for end := time.Now().Add(time.Duration(milliseconds/10) * time.Millisecond); time.Now().Before(end); {
		call()
	}
	begin, calls := time.Now(), 0
	for time.Since(begin) < time.Duration(milliseconds)*time.Millisecond {
		call()
		calls++
	}
	return time.Since(begin).Nanoseconds() / int64(calls)
}

func main() {
	var j job
	if err := json.NewDecoder(os.Stdin).Decode(&j); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	data := template.For(j.Data)
	out := make([]string, len(j.Fields))
	begin := time.Now()
	s := newSet(j.Templates)
	for i, f := range j.Fields {
		out[i] = execute(s.prepare(f), data)
	}
	result := answer{ColdNs: time.Since(begin).Nanoseconds(), Output: strings.Join(out, "\x00")}
	result.EachNs = measure(j.Milliseconds, func() {
		for _, f := range j.Fields {
			execute(s.prepare(f), data)
		}
	})
	prepared := make([]executor, len(j.Fields))
	for i, f := range j.Fields {
		prepared[i] = s.prepare(f)
	}
	result.PreparedNs = measure(j.Milliseconds, func() {
		for _, p := range prepared {
			execute(p, data)
		}
	})
	_ = json.NewEncoder(os.Stdout).Encode(result)
}
