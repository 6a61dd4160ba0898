// The oracle renders templates with Go's own text/template and html/template.
//
// It reads {"data": {...}, "cases": [{"engine": "text", "text": "..."}]} and answers with a list of {"out": "..."} or
// {"err": "..."} in the same order. What it answers is recorded beside the tests; whoever has Go can record it again.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	html "html/template"
	"net/url"
	"os"
	"regexp"
	"strings"
	text "text/template"
	"time"

	"oracle/template"
)

type testCase struct {
	Engine string `json:"engine"`
	Text   string `json:"text"`
	// Files are parsed before the text, by name.
	Files []struct{ Name, Text string } `json:"files"`
}

type answer struct {
	Out string `json:"out,omitempty"`
	Err string `json:"err,omitempty"`
}

var functions = map[string]any{
	"toUpper":     strings.ToUpper,
	"toLower":     strings.ToLower,
	"trimSpace":   strings.TrimSpace,
	"join":        func(sep string, list []string) string { return strings.Join(list, sep) },
	"match":       regexp.MatchString,
	"safeHtml":    func(s string) html.HTML { return html.HTML(s) },
	"safeUrl":     func(s string) html.URL { return html.URL(s) },
	"urlUnescape": url.QueryUnescape,
	"reReplaceAll": func(pattern, repl, s string) string {
		return regexp.MustCompile(pattern).ReplaceAllString(s, repl)
	},
	"stringSlice": func(s ...string) []string { return s },
	"date":        func(layout string, t time.Time) string { return t.Format(layout) },
	"tz": func(name string, t time.Time) (time.Time, error) {
		zone, err := time.LoadLocation(name)
		if err != nil {
			return time.Time{}, err
		}
		return t.In(zone), nil
	},
	"toDate": func(layout, s string) time.Time {
		t, _ := time.ParseInLocation(layout, s, time.UTC)
		return t
	},
	"mustToDate": func(layout, s string) (time.Time, error) { return time.ParseInLocation(layout, s, time.UTC) },
	"toJson": func(v any) (string, error) {
		out, err := json.Marshal(v)
		return string(out), err
	},
	"base64encode": func(s string) string { return base64.URLEncoding.EncodeToString([]byte(s)) },
	"base64decode": func(s string) (string, error) {
		out, err := base64.URLEncoding.DecodeString(s)
		if err != nil {
			return "", err
		}
		return string(out), nil
	},
	"list": func(args ...any) []any {
		if args == nil {
			return []any{}
		}
		return args
	},
	"append": func(list []any, args ...any) []any { return append(list[:len(list):len(list)], args...) },
	"dict": func(args ...any) (map[string]any, error) {
		if len(args)%2 != 0 {
			return nil, errors.New("dict requires an even number of arguments")
		}
		out := map[string]any{}
		for i := 0; i < len(args); i += 2 {
			key, ok := args[i].(string)
			if !ok {
				return nil, errors.New("dict keys must be strings")
			}
			out[key] = args[i+1]
		}
		return out, nil
	},
}

func render(c testCase, data any) (out string, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("panic: %v", problem)
		}
	}()
	var buf bytes.Buffer
	if c.Engine == "html" {
		set := html.New("").Option("missingkey=zero").Funcs(html.FuncMap(functions))
		for _, file := range c.Files {
			if _, err := set.New(file.Name).Parse(file.Text); err != nil {
				return "", err
			}
		}
		tmpl, err := set.New("").Parse(c.Text)
		if err != nil {
			return "", err
		}
		err = tmpl.Execute(&buf, data)
		return buf.String(), err
	}
	set := text.New("").Option("missingkey=zero").Funcs(text.FuncMap(functions))
	for _, file := range c.Files {
		if _, err := set.New(file.Name).Parse(file.Text); err != nil {
			return "", err
		}
	}
	tmpl, err := set.New("").Parse(c.Text)
	if err != nil {
		return "", err
	}
	err = tmpl.Execute(&buf, data)
	return buf.String(), err
}

func main() {
	time.Local = time.UTC
	var input struct {
		Data  template.Data
		Cases []testCase
	}
	if err := json.NewDecoder(os.Stdin).Decode(&input); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	data := template.For(input.Data)
	answers := make([]answer, len(input.Cases))
	for i, each := range input.Cases {
		out, err := render(each, data)
		answers[i].Out = out
		if err != nil {
			answers[i] = answer{Err: err.Error()}
		}
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(answers); err != nil {
		os.Exit(1)
	}
}
