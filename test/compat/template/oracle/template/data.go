// Package template holds data of the shape notifications have, so that Go prints the type names users see in errors.
package template

import (
	"sort"
	"strings"
	"time"
)

type Pair struct{ Name, Value string }

type Pairs []Pair

func (p Pairs) collect(pick func(Pair) string) Strings {
	out := make(Strings, 0, len(p))
	for _, each := range p {
		out = append(out, pick(each))
	}
	return out
}

func (p Pairs) Names() Strings  { return p.collect(func(each Pair) string { return each.Name }) }
func (p Pairs) Values() Strings { return p.collect(func(each Pair) string { return each.Value }) }
func (p Pairs) String() string {
	return p.collect(func(each Pair) string { return each.Name + "=" + each.Value }).Join(", ")
}

type Strings []string

func (s Strings) Join(sep string) string { return strings.Join(s, sep) }

type KV map[string]string

func (kv KV) SortedPairs() Pairs {
	const first = "alertname"
	names := make([]string, 0, len(kv))
	for name := range kv {
		if name != first {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	pairs := make(Pairs, 0, len(kv))
	if value, ok := kv[first]; ok {
		pairs = append(pairs, Pair{first, value})
	}
	for _, name := range names {
		pairs = append(pairs, Pair{name, kv[name]})
	}
	return pairs
}

func (kv KV) Names() Strings  { return kv.SortedPairs().Names() }
func (kv KV) Values() Strings { return kv.SortedPairs().Values() }
func (kv KV) String() string  { return kv.SortedPairs().String() }
func (kv KV) Remove(names []string) KV {
	out := KV{}
	for name, value := range kv {
		out[name] = value
	}
	for _, name := range names {
		delete(out, name)
	}
	return out
}

type Alert struct {
	Status       string    `json:"status"`
	Labels       KV        `json:"labels"`
	Annotations  KV        `json:"annotations"`
	StartsAt     time.Time `json:"startsAt"`
	EndsAt       time.Time `json:"endsAt"`
	GeneratorURL string    `json:"generatorURL"`
	Fingerprint  string    `json:"fingerprint"`
}

type Alerts []Alert

func (a Alerts) with(status string) []Alert {
	out := []Alert{}
	for _, each := range a {
		if each.Status == status {
			out = append(out, each)
		}
	}
	return out
}

func (a Alerts) Firing() []Alert   { return a.with("firing") }
func (a Alerts) Resolved() []Alert { return a.with("resolved") }

type Data struct {
	Receiver           string `json:"receiver"`
	Status             string `json:"status"`
	Alerts             Alerts `json:"alerts"`
	NotificationReason string `json:"notification_reason"`
	GroupLabels        KV     `json:"groupLabels"`
	CommonLabels       KV     `json:"commonLabels"`
	CommonAnnotations  KV     `json:"commonAnnotations"`
	RouteLabels        KV     `json:"routeLabels"`
	ExternalURL        string `json:"externalURL"`

	routeLabelsRendered bool
}

// Rendered says that route labels are no templates any more.
func (d Data) rendered() Data { d.routeLabelsRendered = true; return d }

// For makes the data ready to be rendered.
func For(d Data) *Data { d = d.rendered(); return &d }
