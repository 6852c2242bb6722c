// Checks a Tenbin server with an implementation of RFC 6962 and of signed notes that is not ours: golang.org/x/mod/sumdb,
// which the Go command itself checks modules with.
//
//	tlog-check <address of the log, e.g. http://127.0.0.1:3000/log> <verifier key>…  < asked.json
//
// Reads the checkpoint with sumdb/note, fetches the tiles it needs, and asks sumdb/tlog whether they lead to the signed root
// and whether the proofs that the server gave hold. Prints what it has seen as JSON; the first thing that is wrong ends it.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type inclusion struct {
	Index      int64    `json:"index"`
	Size       int64    `json:"size"`
	Leaf       string   `json:"leaf"`
	Proof      []string `json:"proof"`
	Checkpoint string   `json:"checkpoint"`
}
type consistency struct {
	Old     int64    `json:"old"`
	New     int64    `json:"new"`
	OldRoot string   `json:"oldRoot"`
	NewRoot string   `json:"newRoot"`
	Proof   []string `json:"proof"`
}
type asked struct {
	Cookie      string        `json:"cookie"`
	Inclusion   []inclusion   `json:"inclusion"`
	Consistency []consistency `json:"consistency"`
}

func must(err error, what string) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
		os.Exit(1)
	}
}
func refuse(what string, args ...interface{}) { must(fmt.Errorf(what, args...), "wrong") }

func fetch(address, cookie string) []byte {
	request, err := http.NewRequest("GET", address, nil)
	must(err, address)
	if cookie != "" {
		request.Header.Set("cookie", cookie)
	}
	answer, err := http.DefaultClient.Do(request)
	must(err, address)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(err, address)
	if answer.StatusCode != 200 {
		refuse("%s answers %d: %s", address, answer.StatusCode, body)
	}
	return body
}

func hashOf(text string) tlog.Hash {
	bytes, err := base64.StdEncoding.DecodeString(text)
	must(err, text)
	return hashIn(bytes)
}
func hashOfHex(text string) tlog.Hash {
	bytes, err := hex.DecodeString(text)
	must(err, text)
	return hashIn(bytes)
}
func hashIn(bytes []byte) tlog.Hash {
	if len(bytes) != tlog.HashSize {
		refuse("a hash of %d bytes", len(bytes))
	}
	var hash tlog.Hash
	copy(hash[:], bytes)
	return hash
}
func hashesOf(texts []string) []tlog.Hash {
	hashes := make([]tlog.Hash, len(texts))
	for i, text := range texts {
		hashes[i] = hashOf(text)
	}
	return hashes
}

// The tree that a checkpoint signed by one of the keys tells of: origin, size, root.
func treeOf(text []byte, keys note.Verifiers) tlog.Tree {
	opened, err := note.Open(text, keys)
	must(err, "checkpoint")
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		refuse("a checkpoint of %d lines", len(lines))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, "size")
	return tlog.Tree{N: size, Hash: hashOf(lines[2])}
}

// Reads tiles over HTTP. Go writes tile/8/L/N where tlog-tiles has tile/L/N.
type reader struct {
	address string
	tiles   map[string][]byte
}

func (r *reader) Height() int { return 8 }
func (r *reader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		path := strings.TrimPrefix(tile.Path(), "tile/8/")
		if r.tiles[path] == nil {
			r.tiles[path] = fetch(r.address+"/tile/"+path, "")
		}
		data[i] = r.tiles[path]
	}
	return data, nil
}
func (r *reader) SaveTiles([]tlog.Tile, [][]byte) {}

func same(a, b []tlog.Hash) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Every entry of the bundles hashes to the leaf of the tree.
func checkEntries(address, cookie string, tree tlog.Tree, hashes tlog.HashReader) int64 {
	var index int64
	for n := int64(0); n*256 < tree.N; n++ {
		width := tree.N - n*256
		if width > 256 {
			width = 256
		}
		tile := tlog.Tile{H: 8, L: 0, N: n, W: int(width)}
		data := fetch(address+"/tile/entries/"+strings.TrimPrefix(tile.Path(), "tile/8/0/"), cookie)
		for len(data) > 0 {
			length := int(binary.BigEndian.Uint16(data))
			stored, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
			must(err, "hash of a leaf")
			if stored[0] != tlog.RecordHash(data[2:2+length]) {
				refuse("entry %d is not the leaf of the tree", index)
			}
			data = data[2+length:]
			index++
		}
	}
	if index != tree.N {
		refuse("%d entries in a tree of %d", index, tree.N)
	}
	return index
}

func checkInclusion(one inclusion, keys note.Verifiers, hashes tlog.HashReader) {
	tree := treeOf([]byte(one.Checkpoint), keys)
	if tree.N != one.Size {
		refuse("a proof for size %d with a checkpoint of size %d", one.Size, tree.N)
	}
	leaf, proof := tlog.RecordHash([]byte(one.Leaf)), tlog.RecordProof(hashesOf(one.Proof))
	must(tlog.CheckRecord(proof, tree.N, tree.Hash, one.Index, leaf), fmt.Sprintf("inclusion of %d", one.Index))
	own, err := tlog.ProveRecord(tree.N, one.Index, hashes)
	must(err, "own proof")
	if !same(own, proof) {
		refuse("the proof of %d is not the one of sumdb/tlog", one.Index)
	}
	if tlog.CheckRecord(proof, tree.N, tree.Hash, one.Index, tlog.RecordHash([]byte(one.Leaf+" "))) == nil {
		refuse("the proof of %d holds for another leaf", one.Index)
	}
}

func checkConsistency(one consistency, hashes tlog.HashReader) {
	older, newer, proof := hashOfHex(one.OldRoot), hashOfHex(one.NewRoot), tlog.TreeProof(hashesOf(one.Proof))
	what := fmt.Sprintf("consistency of %d with %d", one.Old, one.New)
	for size, root := range map[int64]tlog.Hash{one.Old: older, one.New: newer} {
		own, err := tlog.TreeHash(size, hashes)
		must(err, what)
		if own != root {
			refuse("%s: root of %d", what, size)
		}
	}
	must(tlog.CheckTree(proof, one.New, newer, one.Old, older), what)
	own, err := tlog.ProveTree(one.New, one.Old, hashes)
	must(err, what)
	if !same(own, proof) {
		refuse("%s: the proof is not the one of sumdb/tlog", what)
	}
}

func main() {
	address := os.Args[1]
	verifiers := make([]note.Verifier, 0, len(os.Args))
	for _, key := range os.Args[2:] {
		verifier, err := note.NewVerifier(key)
		must(err, key)
		verifiers = append(verifiers, verifier)
	}
	keys := note.VerifierList(verifiers...)
	var question asked
	must(json.NewDecoder(os.Stdin).Decode(&question), "standard input")

	checkpoint := fetch(address+"/checkpoint", "")
	tree := treeOf(checkpoint, keys)
	if _, err := note.Open(bytes.Replace(checkpoint, []byte("\n"+strconv.FormatInt(tree.N, 10)+"\n"),
		[]byte("\n"+strconv.FormatInt(tree.N+1, 10)+"\n"), 1), keys); err == nil {
		refuse("a checkpoint that was changed is accepted")
	}
	read := &reader{address, map[string][]byte{}}
	hashes := tlog.TileHashReader(tree, read)
	root, err := tlog.TreeHash(tree.N, hashes)
	must(err, "root")
	if root != tree.Hash {
		refuse("the tiles lead to another root than the checkpoint")
	}
	entries := checkEntries(address, question.Cookie, tree, hashes)
	for _, one := range question.Inclusion {
		checkInclusion(one, keys, hashes)
	}
	for _, one := range question.Consistency {
		checkConsistency(one, hashes)
	}
	must(json.NewEncoder(os.Stdout).Encode(map[string]int64{"size": tree.N, "tiles": int64(len(read.tiles)), "entries": entries,
		"inclusion": int64(len(question.Inclusion)), "consistency": int64(len(question.Consistency))}), "result")
}
