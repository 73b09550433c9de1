import Contracts
import Kafka
import Logging

/// One line of work: takes what is there, decides it in one transaction, puts down how far it came.
///
/// A lane belongs to one thread. It owns its source and its store, and polls only when it is free.
/// - Source: DESIGN section 2, "Lane" and "Poison".
public final class Lane<H: Handler, S: Store, Source: RecordSource> where S.Aggregate == H.Aggregate {
    private let handler: H
    private let store: S
    private let source: Source
    private let clock: any Clock
    private let options: LaneOptions
    private let logger = Logger(label: "lane")
    private let topics: [String: Topic]
    private var schedule: LaneSchedule
    private var caution: Caution?
    private var carried: [KafkaRecord] = []

    public init(
        handler: H, store: S, source: Source, clock: any Clock, options: LaneOptions = LaneOptions()
    ) {
        self.handler = handler
        self.store = store
        self.source = source
        self.clock = clock
        self.options = options
        topics = Dictionary(uniqueKeysWithValues: (H.topics + H.referenceTopics).map { ($0.name, $0) })
        schedule = LaneSchedule(clock: clock)
        caution = options.attempts.map { Caution(attempts: $0) }
    }

    /// Takes one batch and handles it; answers what came of it.
    ///
    /// - Throws: What a crash probe throws, and errors nobody can retry (a bug in SQL, a fatal consumer).
    public func step() throws -> LaneReport {
        let records = try nextRecords()
        try options.probe(.afterPoll)
        var entries = try dueEntries()
        for record in records {
            guard let topic = topics[record.topic] else { continue }
            entries.append(.reading(record, topic: topic, by: handler))
        }
        guard !entries.isEmpty else { return LaneReport() }
        let report = try handleCautiously(entries)
        try storePositions(of: records)
        try options.probe(.afterOffsets)
        if report.facts > 0 || !report.faults.isEmpty { options.wakeRelay() }
        return report
    }

    /// What came while an outage was waited out goes first.
    private func nextRecords() throws -> [KafkaRecord] {
        guard carried.isEmpty else {
            defer { carried.removeAll() }
            return carried
        }
        return try source.poll(maximum: options.maximumBatch, timeoutMilliseconds: options.idleMilliseconds)
    }

    /// Timers, waiting messages and retried dead letters whose turn has come.
    private func dueEntries() throws -> [Entry<H.Message>] {
        guard options.readsTimers, schedule.isTimerTurn(clock) || schedule.isSweepTurn(clock) else { return [] }
        let shards = source.shards
        var entries: [Entry<H.Message>] = []
        try outlastingOutages {
            entries.removeAll()
            if schedule.isTimerTurn(clock) {
                for timer in try store.dueTimers(at: clock.now, shards: shards, atMost: options.maximumBatch) {
                    entries.append(.reading(timer, by: handler))
                }
                schedule.timersRead(isFull: entries.count == options.maximumBatch, clock)
            }
            if schedule.isSweepTurn(clock) {
                for row in try store.ripeWaits(at: clock.machineNow, shards: shards, atMost: options.maximumBatch) {
                    let topic = H.topic(named: row.record.topic)
                    entries.append(.reading(row.record, topic: topic, origin: .waiting(row), by: handler))
                }
                for row in try store.deadLetters(toRetry: options.maximumBatch, shards: shards) {
                    entries.append(reviving(row))
                }
                schedule.swept(clock)
            }
        }
        return entries
    }

    private func reviving(_ row: DeadLetterRow) -> Entry<H.Message> {
        if let timer = DueTimer(row.record) {
            return .reading(timer, origin: .deadLetter(id: row.id), attempts: row.attempts + 1, by: handler)
        }
        let topic = H.topic(named: row.record.topic)
        return .reading(
            row.record, topic: topic, origin: .deadLetter(id: row.id), attempts: row.attempts + 1, by: handler)
    }

    // MARK: handling

    /// After an unclean stop the first messages of each partition are taken one by one, so that a deadly one is found.
    private func handleCautiously(_ entries: [Entry<H.Message>]) throws -> LaneReport {
        if caution == nil { return try handle(entries) }
        var report = LaneReport()
        var calm: [Entry<H.Message>] = []
        for entry in entries {
            guard caution?.isDue(for: entry) == true else {
                calm.append(entry)
                continue
            }
            report = report + (try handle(calm)) + (try handleSingly(entry))
            calm.removeAll()
        }
        return report + (try handle(calm))
    }

    private func handleSingly(_ entry: Entry<H.Message>) throws -> LaneReport {
        var isDeadly = false
        try outlastingOutages { isDeadly = try caution?.begins(entry) ?? false }
        let report = isDeadly ? try attempt([entry], .buried(Caution.fault)) : try handle([entry])
        try outlastingOutages { try caution?.ends(entry) }
        return report
    }

    /// Handles what the database takes together; a row it refuses is found by halving.
    ///
    /// Another lane may just have made the same row: read again it is there, so a clash is first tried again as a whole.
    private func handle(_ entries: [Entry<H.Message>], mayClash: Bool = true) throws -> LaneReport {
        if entries.isEmpty { return LaneReport() }
        do {
            return try attempt(entries, .together)
        } catch let error as any StoreFailure where error.isDataError {
            if error.isClash, mayClash { return try handle(entries, mayClash: false) }
            guard entries.count > 1 else { return try handleRefused(entries[0]) }
            let half = entries.count / 2
            let first = try handle(Array(entries[..<half]))
            return first + (try handle(Array(entries[half...])))
        }
    }

    /// Tries a refused entry without the messages that waited for it, which may be what is refused; then puts it aside.
    private func handleRefused(_ entry: Entry<H.Message>) throws -> LaneReport {
        do {
            return try attempt([entry], .alone)
        } catch let error as any StoreFailure where error.isDataError {
            return try attempt([entry], .buried(Fault("the database refused it: \(error.dataErrorReason)")))
        }
    }

    /// One transaction, repeated until no outage stops it.
    private func attempt(_ entries: [Entry<H.Message>], _ mode: BatchMode) throws -> LaneReport {
        var report = LaneReport()
        try outlastingOutages {
            var batch = Batch(
                handler: handler, store: store, now: clock.now, machineNow: clock.machineNow, mode: mode)
            try store.transaction {
                try options.probe(.afterBegin)
                try batch.run(entries, options.probe)
                try options.probe(.beforeCommit)
            }
            try options.probe(.afterCommit)
            report = batch.outcome
        }
        return report
    }

    /// Repeats `body` until no outage stops it; the source keeps polling, so that the group keeps this member.
    private func outlastingOutages(_ body: () throws -> Void) throws {
        var backoff = Backoff()
        while true {
            do {
                try body()
                if backoff.attempts > 0 {
                    try source.setPaused(false)
                    options.health.recovered(options.name)
                }
                return
            } catch let error as any StoreFailure where error.isOutage {
                if backoff.attempts == 0 { try source.setPaused(true) }
                let wait = backoff.next()
                options.health.failing(options.name, "\(error)")
                logger.debug("retrying", metadata: ["attempt": "\(backoff.attempts)", "error": "\(error)"])
                try rest(for: wait)
            }
        }
    }

    private func rest(for wait: Duration) throws {
        var left = Int(wait.milliseconds)
        while left > 0 {
            if options.stop.isRequested { throw LaneStopped() }
            let slice = min(left, 100)
            // Nothing comes from paused partitions; what a rebalance has just assigned is kept for the next step.
            carried += try source.poll(maximum: options.maximumBatch, timeoutMilliseconds: slice)
            try source.setPaused(true)
            left -= slice
        }
        if options.stop.isRequested { throw LaneStopped() }
    }

    private func storePositions(of records: [KafkaRecord]) throws {
        var next: [TopicPartition: Int64] = [:]
        for record in records {
            next[TopicPartition(topic: record.topic, partition: record.partition)] = record.offset + 1
        }
        try source.store(next)
        if options.commitsEachBatch { try source.commit() }
    }
}

/// The lane was told to stop while it waited for an outage to end; nothing of its batch is committed.
struct LaneStopped: Error {}
