// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The scripts themselves. A script that has been released is never edited: a change is a new script.

namespace signalbox::schema_sql {

// Version 1: policies, datasets, traces. No table has a place for a key.
//
// What many traces share stands once: `contexts` (which policy, dataset and mode), `inputs` (what was asked,
// by its hash) and `reason_sets` (lists of reason codes, one a line). Rows below a trace are keyed by its
// number and their place.
inline constexpr const char* kVersion1 = R"sql(
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE policies (
    content_hash TEXT PRIMARY KEY,
    text         TEXT NOT NULL
) STRICT;

CREATE TABLE policy_versions (
    name          TEXT NOT NULL,
    version       INTEGER NOT NULL,
    content_hash  TEXT NOT NULL REFERENCES policies(content_hash),
    author        TEXT NOT NULL,
    message       TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE datasets (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE,
    source        TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
) STRICT;

-- prompt is the last message of the user. messages is a list of [role, content] in which that content is null;
-- NULL stands for a single message of the user. metadata is an object, attachments a list of [kind, name].
CREATE TABLE inputs (
    id          INTEGER PRIMARY KEY,
    input_hash  TEXT UNIQUE,
    prompt      TEXT NOT NULL,
    messages    TEXT,
    metadata    TEXT,
    attachments TEXT
) STRICT;

CREATE TABLE prompts (
    dataset         INTEGER NOT NULL REFERENCES datasets(id),
    position        INTEGER NOT NULL,
    id              TEXT NOT NULL,
    input           INTEGER NOT NULL REFERENCES inputs(id),
    reference       TEXT NOT NULL,
    intent          TEXT NOT NULL,
    difficulty      INTEGER NOT NULL,
    needs_retrieval INTEGER,
    labels          TEXT NOT NULL,
    PRIMARY KEY (dataset, position),
    UNIQUE (dataset, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE contexts (
    id             INTEGER PRIMARY KEY,
    mode           TEXT NOT NULL,
    dataset        TEXT NOT NULL,
    policy_name    TEXT NOT NULL,
    policy_hash    TEXT NOT NULL,
    prompt_version TEXT NOT NULL,
    judge_versions TEXT NOT NULL,
    UNIQUE (dataset, mode, policy_hash, policy_name, prompt_version, judge_versions)
) STRICT;

CREATE TABLE reason_sets (
    id    INTEGER PRIMARY KEY,
    codes TEXT NOT NULL UNIQUE
) STRICT;

-- known_cost, priced and unpriced repeat what the charges say, so that lists need not add them up; check compares.
CREATE TABLE traces (
    seq            INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    context        INTEGER NOT NULL REFERENCES contexts(id),
    prompt_id      TEXT NOT NULL,
    input          INTEGER NOT NULL REFERENCES inputs(id),
    started_at_ms  INTEGER NOT NULL,
    route          TEXT NOT NULL,
    router         TEXT NOT NULL,
    confidence     REAL,
    intent         TEXT NOT NULL,
    difficulty     INTEGER NOT NULL,
    decision_nanos INTEGER NOT NULL,
    barred         TEXT,
    status         TEXT NOT NULL,
    final_tier     TEXT NOT NULL,
    model          TEXT NOT NULL,
    reasons        INTEGER NOT NULL REFERENCES reason_sets(id),
    hop_count      INTEGER NOT NULL,
    escalations    INTEGER NOT NULL,
    latency_ms     REAL NOT NULL,
    ttft_ms        REAL,
    quality        REAL,
    quality_source TEXT NOT NULL,
    resolved       INTEGER,
    simulated      INTEGER NOT NULL,
    known_cost     INTEGER NOT NULL,
    priced         INTEGER NOT NULL,
    unpriced       INTEGER NOT NULL,
    answer         TEXT NOT NULL
) STRICT;

-- text is NULL when it is the trace's answer.
CREATE TABLE hops (
    trace               INTEGER NOT NULL REFERENCES traces(seq),
    position            INTEGER NOT NULL,
    hop_index           INTEGER NOT NULL,
    tier                TEXT NOT NULL,
    model               TEXT NOT NULL,
    status              TEXT NOT NULL,
    reason              TEXT NOT NULL,
    trigger_id          TEXT NOT NULL,
    input_tokens        INTEGER,
    cached_input_tokens INTEGER,
    output_tokens       INTEGER,
    reasoning_tokens    INTEGER,
    start_ms            REAL NOT NULL,
    ttft_ms             REAL,
    latency_ms          REAL NOT NULL,
    total_ms            REAL NOT NULL,
    text                TEXT,
    PRIMARY KEY (trace, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
    trace       INTEGER NOT NULL REFERENCES traces(seq),
    hop         INTEGER NOT NULL,
    position    INTEGER NOT NULL,
    purpose     TEXT NOT NULL,
    number      INTEGER NOT NULL,
    endpoint    TEXT NOT NULL,
    http_status INTEGER NOT NULL,
    error_kind  TEXT NOT NULL,
    message     TEXT NOT NULL,
    start_ms    REAL NOT NULL,
    connect_ms  REAL NOT NULL,
    ttft_ms     REAL,
    total_ms    REAL NOT NULL,
    simulated   INTEGER NOT NULL,
    PRIMARY KEY (trace, hop, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE gates (
    trace       INTEGER NOT NULL REFERENCES traces(seq),
    hop         INTEGER NOT NULL,
    position    INTEGER NOT NULL,
    trigger_id  TEXT NOT NULL,
    gate        TEXT NOT NULL,
    rubric      TEXT NOT NULL,
    judge_model TEXT NOT NULL,
    verdict     TEXT NOT NULL,
    raw_score   REAL,
    threshold   REAL,
    scale       INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    explanation TEXT NOT NULL,
    start_ms    REAL NOT NULL,
    latency_ms  REAL NOT NULL,
    PRIMARY KEY (trace, hop, position)
) STRICT, WITHOUT ROWID;

-- cost is in nano-dollars; NULL is unknown.
CREATE TABLE charges (
    trace               INTEGER NOT NULL REFERENCES traces(seq),
    position            INTEGER NOT NULL,
    kind                TEXT NOT NULL,
    model               TEXT NOT NULL,
    hop                 INTEGER NOT NULL,
    input_tokens        INTEGER,
    cached_input_tokens INTEGER,
    output_tokens       INTEGER,
    reasoning_tokens    INTEGER,
    price_source        TEXT NOT NULL,
    price_as_of         TEXT NOT NULL,
    cost                INTEGER,
    PRIMARY KEY (trace, position)
) STRICT, WITHOUT ROWID;
)sql";

// Version 2: knowledge documents, what was retrieved, and indexes for what dashboards and what-if ask.
//
// A document that is imported again with another text stays as it was for the traces that saw it: `current`
// says which one an index holds.
inline constexpr const char* kVersion2 = R"sql(
CREATE TABLE documents (
    seq         INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL,
    title       TEXT NOT NULL,
    text        TEXT NOT NULL,
    current     INTEGER NOT NULL
) STRICT;
CREATE INDEX documents_by_id ON documents(document_id);
CREATE UNIQUE INDEX documents_current ON documents(document_id) WHERE current = 1;

CREATE TABLE retrieved (
    trace    INTEGER NOT NULL REFERENCES traces(seq),
    position INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents(seq),
    score    REAL NOT NULL,
    PRIMARY KEY (trace, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX traces_by_time ON traces(started_at_ms);
CREATE INDEX traces_by_prompt ON traces(context, prompt_id);
)sql";

// Version 3: a charge says what was bought. Charges of older versions do not.
inline constexpr const char* kVersion3 = R"sql(
ALTER TABLE charges ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
)sql";

// Version 4: versions form a tree, and tags name some of them. Until then each version came from the one before.
//
// parent_name is NULL when the parent has the same name; text is NULL when it is the one under the content hash,
// else the same content in another layout. policy_tags is a history: the last row of a name and a tag says where
// the tag stands, NULL = nowhere. Nothing of all this is changed once it is written.
inline constexpr const char* kVersion4 = R"sql(
ALTER TABLE policy_versions ADD COLUMN parent_name TEXT;
ALTER TABLE policy_versions ADD COLUMN parent INTEGER;
ALTER TABLE policy_versions ADD COLUMN restored_from INTEGER;
ALTER TABLE policy_versions ADD COLUMN text TEXT;
UPDATE policy_versions SET parent = version - 1 WHERE version > 1;
CREATE INDEX policy_versions_by_hash ON policy_versions(content_hash);

CREATE TABLE policy_tags (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL,
    tag          TEXT NOT NULL,
    from_version INTEGER,
    to_version   INTEGER,
    author       TEXT NOT NULL,
    at_ms        INTEGER NOT NULL,
    FOREIGN KEY (name, from_version) REFERENCES policy_versions(name, version),
    FOREIGN KEY (name, to_version) REFERENCES policy_versions(name, version)
) STRICT;
CREATE INDEX policy_tags_by_name ON policy_tags(name, tag);
CREATE VIEW policy_tags_now AS
    SELECT name, tag, to_version AS version FROM policy_tags p
    WHERE id = (SELECT max(id) FROM policy_tags q WHERE q.name = p.name AND q.tag = p.tag) AND to_version IS NOT NULL;

CREATE TRIGGER policies_stay BEFORE UPDATE ON policies
    BEGIN SELECT raise(ABORT, 'the content of a policy is never overwritten'); END;
CREATE TRIGGER policy_versions_stay BEFORE UPDATE ON policy_versions
    BEGIN SELECT raise(ABORT, 'a version of a policy is never overwritten'); END;
CREATE TRIGGER policy_versions_are_kept BEFORE DELETE ON policy_versions
    BEGIN SELECT raise(ABORT, 'a version of a policy is never deleted'); END;
CREATE TRIGGER policy_tags_stay BEFORE UPDATE ON policy_tags
    BEGIN SELECT raise(ABORT, 'the history of tags is never overwritten'); END;
CREATE TRIGGER policy_tags_are_kept BEFORE DELETE ON policy_tags
    BEGIN SELECT raise(ABORT, 'the history of tags is never deleted'); END;
)sql";

// Version 5: calls have ids under which they went out, waiting is told apart from work, and calls whose
// process ended before it could record them are kept.
//
// A request_id that begins with a dot goes on after the id of its trace. lost_calls.trace is the trace that
// took the call over, NULL = none yet; its charges repeat the call as one of kind "lost".
inline constexpr const char* kVersion5 = R"sql(
ALTER TABLE traces ADD COLUMN user_tier TEXT NOT NULL DEFAULT '';
ALTER TABLE hops ADD COLUMN queue_ms REAL NOT NULL DEFAULT 0;
ALTER TABLE hops ADD COLUMN partial INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN queue_ms REAL NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN request_id TEXT NOT NULL DEFAULT '';
ALTER TABLE charges ADD COLUMN request_id TEXT NOT NULL DEFAULT '';

CREATE TABLE lost_calls (
    request_id          TEXT PRIMARY KEY,
    trace_id            TEXT NOT NULL,
    at_ms               INTEGER NOT NULL,
    dataset             TEXT NOT NULL,
    prompt_id           TEXT NOT NULL,
    mode                TEXT NOT NULL,
    policy_name         TEXT NOT NULL,
    policy_hash         TEXT NOT NULL,
    input_hash          TEXT NOT NULL,
    user_tier           TEXT NOT NULL,
    tier                TEXT NOT NULL,
    model               TEXT NOT NULL,
    purpose             TEXT NOT NULL,
    input_tokens        INTEGER,
    cached_input_tokens INTEGER,
    output_tokens       INTEGER,
    reasoning_tokens    INTEGER,
    price_source        TEXT NOT NULL,
    price_as_of         TEXT NOT NULL,
    cost                INTEGER,
    trace               INTEGER REFERENCES traces(seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX lost_calls_open ON lost_calls(dataset, prompt_id) WHERE trace IS NULL;
)sql";

// Version 6: charges whose tokens are estimated, because the server never said how many there were.
inline constexpr const char* kVersion6 = R"sql(
ALTER TABLE charges ADD COLUMN estimated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE charges ADD COLUMN estimate INTEGER;
)sql";

// Version 7: what a hop is for in its pattern.
inline constexpr const char* kVersion7 = R"sql(
ALTER TABLE hops ADD COLUMN role TEXT NOT NULL DEFAULT '';
)sql";

// Version 8: what a person thinks of the tier that answered. The newest word of anybody counts.
//
// fit is one of good_fit, underpowered, overprovisioned, failed.
inline constexpr const char* kVersion8 = R"sql(
CREATE TABLE ratings (
    trace  INTEGER PRIMARY KEY REFERENCES traces(seq),
    fit    TEXT NOT NULL,
    author TEXT NOT NULL,
    at_ms  INTEGER NOT NULL
) STRICT;
)sql";

// Version 9: answers that are given again, and vectors.
//
// cached_answers says under which key the answer of a trace may be given to another request; cache_hits, that a
// trace's answer is that of an earlier one (`source`: its id). Vectors are 32-bit floats, little-endian. Of a
// passage that was retrieved `score` is relative to the best, `absolute` is not; its ranks by words and by nearness
// count from 1 on, NULL = not among them.
inline constexpr const char* kVersion9 = R"sql(
CREATE TABLE cached_answers (
    trace        INTEGER PRIMARY KEY REFERENCES traces(seq),
    stored_at_ms INTEGER NOT NULL,
    partition_key TEXT NOT NULL,
    question     TEXT NOT NULL,
    vector       BLOB
) STRICT;

CREATE TABLE cache_hits (
    trace      INTEGER PRIMARY KEY REFERENCES traces(seq),
    source     TEXT NOT NULL,
    similarity REAL NOT NULL,
    age_ms     INTEGER NOT NULL,
    saved_cost INTEGER,
    saved_ms   REAL NOT NULL
) STRICT;

CREATE TABLE passage_vectors (
    embedder  TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    vector    BLOB NOT NULL,
    PRIMARY KEY (embedder, text_hash)
) STRICT, WITHOUT ROWID;

ALTER TABLE retrieved ADD COLUMN absolute REAL;
ALTER TABLE retrieved ADD COLUMN word_rank INTEGER;
ALTER TABLE retrieved ADD COLUMN vector_rank INTEGER;
ALTER TABLE retrieved ADD COLUMN similarity REAL;
)sql";

// Version 10: several processes on one workspace.
//
// traces.recorded_by is a number of the process that wrote the trace, 0 = an older version did; who runs reads what
// others have spent. lost_calls.claimed_by is the id of the journal of a process that goes on with the call's run:
// nobody else takes the call over as long as that journal stands. estimate: what the call may have cost at most.
inline constexpr const char* kVersion10 = R"sql(
ALTER TABLE traces ADD COLUMN recorded_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lost_calls ADD COLUMN estimate INTEGER;
ALTER TABLE lost_calls ADD COLUMN claimed_by TEXT NOT NULL DEFAULT '';
CREATE INDEX lost_calls_by_time ON lost_calls(at_ms);
)sql";

// Version 11: input that was written to a provider's cache, and how a draft ended.
//
// hops.finish_reason is the server's word in the vocabulary of ChatResult, "" = none came; hops.tool_calls is what
// toolCallsJson() makes of the draft's calls, NULL = it makes none.
inline constexpr const char* kVersion11 = R"sql(
ALTER TABLE hops ADD COLUMN cache_write_tokens INTEGER;
ALTER TABLE hops ADD COLUMN finish_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE hops ADD COLUMN tool_calls TEXT;
ALTER TABLE charges ADD COLUMN cache_write_tokens INTEGER;
ALTER TABLE lost_calls ADD COLUMN cache_write_tokens INTEGER;
)sql";

} // namespace signalbox::schema_sql
