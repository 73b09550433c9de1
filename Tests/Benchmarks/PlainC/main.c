/* The twin of the Swift lane in plain C: the same broker and database calls, no pipeline, no checks, no JSON beyond
 * finding two fields. `lane SERVERS PREFIX URL COUNT GROUP` prints the same line. */
#include <arpa/inet.h>
#include <librdkafka/rdkafka.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { BATCH = 300, COLUMNS = 16 };

typedef struct { char *bytes; size_t count, room; } Buffer;
typedef struct { Buffer data; size_t start[COLUMNS]; int count; } Values;

static void append(Buffer *buffer, const void *bytes, size_t count) {
    if (buffer->count + count > buffer->room) {
        buffer->room = (buffer->count + count) * 2;
        buffer->bytes = realloc(buffer->bytes, buffer->room);
    }
    memcpy(buffer->bytes + buffer->count, bytes, count);
    buffer->count += count;
}
static void append32(Buffer *buffer, int32_t number) {
    uint32_t big = htonl((uint32_t)number);
    append(buffer, &big, 4);
}
static void append64(Buffer *buffer, int64_t number) {
    append32(buffer, (int32_t)(number >> 32));
    append32(buffer, (int32_t)number);
}
static void begin(Values *values, int oid, int count) {
    values->start[values->count++] = values->data.count;
    append32(&values->data, 1);
    append32(&values->data, 0);
    append32(&values->data, oid);
    append32(&values->data, count);
    append32(&values->data, 1);
}
static void text(Values *values, const char *bytes, size_t count) {
    append32(&values->data, (int32_t)count);
    append(&values->data, bytes, count);
}
static void int8(Values *values, int64_t number) {
    append32(&values->data, 8);
    append64(&values->data, number);
}
static void int4(Values *values, int32_t number) {
    append32(&values->data, 4);
    append32(&values->data, number);
}
static void scalar(Values *values, const char *bytes) {
    values->start[values->count++] = values->data.count;
    append(&values->data, bytes, strlen(bytes));
}
static void clear(Values *values) { values->data.count = 0; values->count = 0; }

static void fail(const char *what, PGconn *connection) {
    fprintf(stderr, "%s: %s\n", what, connection ? PQerrorMessage(connection) : "");
    exit(1);
}
static void send_statement(PGconn *connection, const char *name, Values *values) {
    const char *pointers[COLUMNS];
    int lengths[COLUMNS], formats[COLUMNS];
    for (int i = 0; i < values->count; i++) {
        size_t end = i + 1 < values->count ? values->start[i + 1] : values->data.count;
        pointers[i] = values->data.bytes + values->start[i];
        lengths[i] = (int)(end - values->start[i]);
        formats[i] = 1;
    }
    if (!PQsendQueryPrepared(connection, name, values->count, pointers, lengths, formats, 1)) fail(name, connection);
}
/* Reads results up to the one that `wanted` says, or to the sync when it is 0. */
static PGresult *receive(PGconn *connection, int wanted) {
    int seen = 0;
    for (;;) {
        PQflush(connection);
        if (!PQconsumeInput(connection)) fail("read", connection);
        while (!PQisBusy(connection)) {
            PGresult *result = PQgetResult(connection);
            if (!result) continue;
            ExecStatusType status = PQresultStatus(result);
            if (status == PGRES_PIPELINE_SYNC) { PQclear(result); return NULL; }
            if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(PQresultErrorMessage(result), connection);
            if (++seen == wanted) return result;
            PQclear(result);
        }
        struct pollfd entry = {PQsocket(connection), POLLIN, 0};
        poll(&entry, 1, -1);
    }
}
static int64_t read64(const char *bytes) {
    uint32_t high, low;
    memcpy(&high, bytes, 4);
    memcpy(&low, bytes + 4, 4);
    return (int64_t)((uint64_t)ntohl(high) << 32 | ntohl(low));
}
static const char *STATEMENTS[][2] = {
    {"begin", "BEGIN"},
    {"known",
     "SELECT m.ordinal, i.body_hash FROM unnest($2::date[], $3::text[]) WITH ORDINALITY AS m(day, id, ordinal) "
     "JOIN inbox i ON i.day = m.day AND i.consumer = $1 AND i.message_id = m.id UNION ALL "
     "SELECT m.ordinal, w.body_hash FROM unnest($2::date[], $3::text[]) WITH ORDINALITY AS m(day, id, ordinal) "
     "JOIN waiting w ON w.day = m.day AND w.message_id = m.id"},
    {"load", "SELECT id, total FROM counters WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE"},
    {"waiting", "SELECT id FROM waiting WHERE key = ANY($1::text[]) ORDER BY id LIMIT 500 FOR UPDATE"},
    {"versions",
     "INSERT INTO fact_versions AS f (topic, key, version) "
     "SELECT topic, key, count FROM unnest($1::text[], $2::text[], $3::int8[]) AS n(topic, key, count) "
     "ON CONFLICT (topic, key) DO UPDATE SET version = f.version + EXCLUDED.version RETURNING topic, key, version"},
    {"save",
     "INSERT INTO counters (id, total) SELECT * FROM unnest($1::text[], $2::int8[]) "
     "ON CONFLICT (id) DO UPDATE SET total = EXCLUDED.total"},
    {"inbox",
     "INSERT INTO inbox (day, consumer, message_id, topic, partition, record_offset, body_hash, decided_at) "
     "SELECT day, $1, id, topic, 0, record_offset, 0, now() "
     "FROM unnest($2::date[], $3::text[], $4::text[], $5::int8[]) AS n(day, id, topic, record_offset)"},
    {"outbox",
     "WITH written AS (INSERT INTO outbox (day, shard, aggregatetype, aggregateid, type, event_id, source, subject, "
     "occurred_at, correlation_id, causation_id, payload) SELECT day, shard, topic, key, type, event_id, "
     "'/services/bench', key, now(), cause, cause, payload FROM unnest($1::date[], $2::int4[], $3::text[], $4::text[], "
     "$5::text[], $6::text[], $7::text[], $8::bytea[]) AS n(day, shard, topic, key, type, event_id, cause, payload) "
     "RETURNING shard, id, day, aggregateid) INSERT INTO outbox_unsent (shard, id, day, aggregateid) "
     "SELECT shard, id, day, aggregateid FROM written"},
    {"commit", "COMMIT"},
};

typedef struct { char counter[32]; int64_t amount, total; char id[32]; const char *value; size_t length; int64_t offset; } Add;

static void read_add(Add *add, rd_kafka_message_t *message) {
    rd_kafka_headers_t *headers;
    const void *id;
    size_t count;
    rd_kafka_message_headers(message, &headers);
    rd_kafka_header_get_last(headers, "ce_id", &id, &count);
    snprintf(add->id, sizeof add->id, "%.*s", (int)count, (const char *)id);
    add->value = message->payload;
    add->length = message->len;
    add->offset = message->offset;
    sscanf(message->payload, "{\"counter\":\"%31[^\"]\",\"amount\":%ld", add->counter, &add->amount);
}

static int handle(PGconn *connection, rd_kafka_message_t **messages, int count) {
    static Values values;
    static Add adds[BATCH];
    int day = (int)(time(NULL) / 86400) - 10957;
    for (int i = 0; i < count; i++) read_add(&adds[i], messages[i]);
    clear(&values);
    send_statement(connection, "begin", &values);
    scalar(&values, "bench");
    begin(&values, 1082, count);
    for (int i = 0; i < count; i++) int4(&values, day);
    begin(&values, 25, count);
    for (int i = 0; i < count; i++) text(&values, adds[i].id, strlen(adds[i].id));
    send_statement(connection, "known", &values);
    PQsendFlushRequest(connection);
    PQclear(receive(connection, 2));
    clear(&values);
    begin(&values, 25, count);
    for (int i = 0; i < count; i++) text(&values, adds[i].counter, strlen(adds[i].counter));
    send_statement(connection, "load", &values);
    PQsendFlushRequest(connection);
    PGresult *rows = receive(connection, 1);
    for (int i = 0; i < count; i++) {
        int64_t total = 0;
        for (int low = 0, high = PQntuples(rows) - 1; low <= high;) {
            int middle = (low + high) / 2, order = strcmp(adds[i].counter, PQgetvalue(rows, middle, 0));
            if (order == 0) { total = read64(PQgetvalue(rows, middle, 1)); break; }
            if (order < 0) high = middle - 1; else low = middle + 1;
        }
        adds[i].total = total + adds[i].amount;
    }
    PQclear(rows);
    send_statement(connection, "waiting", &values);
    PQsendFlushRequest(connection);
    PQclear(receive(connection, 1));
    clear(&values);
    begin(&values, 25, count);
    for (int i = 0; i < count; i++) text(&values, "bench.totals.v1", 15);
    begin(&values, 25, count);
    for (int i = 0; i < count; i++) text(&values, adds[i].counter, strlen(adds[i].counter));
    begin(&values, 20, count);
    for (int i = 0; i < count; i++) int8(&values, 1);
    send_statement(connection, "versions", &values);
    PQsendFlushRequest(connection);
    PGresult *versions = receive(connection, 1);
    clear(&values);
    begin(&values, 25, count);
    for (int i = 0; i < count; i++) text(&values, adds[i].counter, strlen(adds[i].counter));
    begin(&values, 20, count);
    for (int i = 0; i < count; i++) int8(&values, adds[i].total);
    send_statement(connection, "save", &values);
    clear(&values);
    scalar(&values, "bench");
    begin(&values, 1082, count);
    for (int i = 0; i < count; i++) int4(&values, day);
    begin(&values, 25, count);
    for (int i = 0; i < count; i++) text(&values, adds[i].id, strlen(adds[i].id));
    begin(&values, 25, count);
    for (int i = 0; i < count; i++) text(&values, "bench.adds.v1", 13);
    begin(&values, 20, count);
    for (int i = 0; i < count; i++) int8(&values, adds[i].offset);
    send_statement(connection, "inbox", &values);
    clear(&values);
    begin(&values, 1082, count);
    for (int i = 0; i < count; i++) int4(&values, day);
    begin(&values, 23, count);
    for (int i = 0; i < count; i++) int4(&values, i % 8);
    begin(&values, 25, count);
    for (int i = 0; i < count; i++) text(&values, "bench.totals.v1", 15);
    begin(&values, 25, count);
    for (int i = 0; i < count; i++) text(&values, adds[i].counter, strlen(adds[i].counter));
    begin(&values, 25, count);
    for (int i = 0; i < count; i++) text(&values, "tributary.bench.totals.BenchAdded.v1", 36);
    begin(&values, 25, count);
    for (int i = 0; i < count; i++) {
        char id[96];
        int length = snprintf(id, sizeof id, "bench.totals.v1/%s/%ld", adds[i].counter, read64(PQgetvalue(versions, i, 2)));
        text(&values, id, (size_t)length);
    }
    begin(&values, 25, count);
    for (int i = 0; i < count; i++) text(&values, adds[i].id, strlen(adds[i].id));
    begin(&values, 17, count);
    for (int i = 0; i < count; i++) text(&values, adds[i].value, adds[i].length);
    send_statement(connection, "outbox", &values);
    PQclear(versions);
    clear(&values);
    send_statement(connection, "commit", &values);
    PQpipelineSync(connection);
    receive(connection, 0);
    return count;
}

static rd_kafka_t *consumer(const char *servers, const char *topic, const char *group) {
    char error[512];
    rd_kafka_conf_t *configuration = rd_kafka_conf_new();
    const char *settings[][2] = {{"bootstrap.servers", servers}, {"group.id", group}, {"auto.offset.reset", "earliest"},
        {"enable.auto.offset.store", "false"}, {"enable.auto.commit", "false"}, {"socket.nagle.disable", "true"},
        {"queued.min.messages", "2000"}};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (rd_kafka_conf_set(configuration, settings[i][0], settings[i][1], error, sizeof error)) fail(error, NULL);
    rd_kafka_t *handle = rd_kafka_new(RD_KAFKA_CONSUMER, configuration, error, sizeof error);
    if (!handle) fail(error, NULL);
    rd_kafka_poll_set_consumer(handle);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, topic, RD_KAFKA_PARTITION_UA);
    if (rd_kafka_subscribe(handle, list)) fail("subscribe", NULL);
    rd_kafka_topic_partition_list_destroy(list);
    return handle;
}
static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
static long cpu_microseconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000L + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

int main(int argc, char **argv) {
    if (argc != 7 || strcmp(argv[1], "lane")) { fprintf(stderr, "usage: lane SERVERS PREFIX URL COUNT GROUP\n"); return 64; }
    char topic[128];
    snprintf(topic, sizeof topic, "%sbench.adds.v1", argv[3]);
    int wanted = atoi(argv[5]), handled = 0;
    PGconn *connection = PQconnectdb(argv[4]);
    if (PQstatus(connection) != CONNECTION_OK) fail("connect", connection);
    for (size_t i = 0; i < sizeof STATEMENTS / sizeof *STATEMENTS; i++) {
        PGresult *result = PQprepare(connection, STATEMENTS[i][0], STATEMENTS[i][1], 0, NULL);
        if (PQresultStatus(result) != PGRES_COMMAND_OK) fail(STATEMENTS[i][0], connection);
        PQclear(result);
    }
    PQsetnonblocking(connection, 1);
    PQenterPipelineMode(connection);
    rd_kafka_t *kafka = consumer(argv[2], topic, argv[6]);
    rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(kafka);
    rd_kafka_message_t *messages[BATCH];
    double start = 0;
    long cpu = 0;
    int first = 0;
    while (handled < wanted) {
        ssize_t count = rd_kafka_consume_batch_queue(queue, 100, messages, BATCH);
        int data = 0;
        for (ssize_t i = 0; i < count; i++) {
            if (messages[i]->err) rd_kafka_message_destroy(messages[i]); else messages[data++] = messages[i];
        }
        if (data == 0) continue;
        handled += handle(connection, messages, data);
        for (int i = 0; i < data; i++) rd_kafka_message_destroy(messages[i]);
        if (first == 0) { first = handled; start = seconds(); cpu = cpu_microseconds(); }
    }
    printf("{\"messages\":%d,\"seconds\":%f,\"cpuMicroseconds\":%ld}\n", handled - first, seconds() - start, cpu_microseconds() - cpu);
    rd_kafka_queue_destroy(queue);
    rd_kafka_consumer_close(kafka);
    rd_kafka_destroy(kafka);
    PQfinish(connection);
    return 0;
}
