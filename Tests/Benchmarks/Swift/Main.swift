import Contracts
import Foundation
import Kafka
import Pipeline
import Postgres

/// What `deploy/bench` measures with: one lane with a trivial handler, beside its twin in C, and the chain of orders.
///
/// - `prepare URL` makes the trivial schema; `feed SERVERS PREFIX COUNT` fills its topic;
/// - `lane SERVERS PREFIX URL COUNT GROUP` handles it and prints `{"messages", "seconds", "cpuMicroseconds"}`;
/// - `edge PORT SECRET visit|order|mutant RATE COUNT CONNECTIONS` posts to intake's edge and prints `{"postsPerSecond", …}`;
/// - `references SERVERS PREFIX` publishes what orders refer to;
/// - `orders SERVERS PREFIX URL intake|chain COUNT` feeds running services and prints `{…, "ordersPerSecond"}`;
/// - `adapters` reads native payloads and prints the processor time of each platform's per kilobyte;
/// - `forecast FIXTURES` compares forecasts of public series with those of others; `forecasts SKUS DAYS THREADS` times many;
/// - `routes COUNT LEAST MOST SEED` writes random orders over so many warehouses with their routes; `route COUNT` times one;
/// - `flash SERVERS PREFIX URL ORDERS UNITS PUBLISHERS` sells one SKU out while inventory runs;
/// - `follow-up SERVERS PREFIX URL scans|cases|commission3|commission10 COUNT` feeds one service and prints `{…, "perSecond"}`;
/// - `mutants COUNT SEED` reads broken native payloads and prints `{"payloads", "accepted", "refused", …}`.
@main
enum Main {
    static let keys = 5000

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "prepare" where arguments.count == 2: try prepare(arguments[1])
        case "feed" where arguments.count == 4: try feed(arguments[1], arguments[2], Int(arguments[3]) ?? 0)
        case "lane" where arguments.count == 6:
            try lane(arguments[1], arguments[2], arguments[3], Int(arguments[4]) ?? 0, arguments[5])
        case "orders" where arguments.count == 6:
            try ChainBench(
                servers: arguments[1], prefix: arguments[2], databaseURL: arguments[3], goal: arguments[4]
            ).run(orders: Int(arguments[5]) ?? 0)
        case "adapters" where arguments.count == 1: try AdapterBench.run()
        case "forecast" where arguments.count == 2: try ForecastBench(file: arguments[1]).compare()
        case "forecasts" where arguments.count == 4:
            ForecastBench.time(
                skus: Int(arguments[1]) ?? 0, days: Int(arguments[2]) ?? 0, threads: Int(arguments[3]) ?? 1)
        case "routes" where arguments.count == 5:
            try RouteBench.write(
                count: Int(arguments[1]) ?? 0, warehouses: (Int(arguments[2]) ?? 1)...(Int(arguments[3]) ?? 1),
                seed: UInt64(arguments[4]) ?? 0)
        case "route" where arguments.count == 2: try RouteBench.time(count: Int(arguments[1]) ?? 1)
        case "flash" where arguments.count == 7:
            try FlashBench(servers: arguments[1], prefix: arguments[2], databaseURL: arguments[3]).run(
                orders: Int(arguments[4]) ?? 0, units: Int64(arguments[5]) ?? 0, publishers: Int(arguments[6]) ?? 1)
        case "follow-up" where arguments.count == 6:
            guard let goal = FollowUpBench.Goal(rawValue: arguments[4]) else { exit(64) }
            try FollowUpBench(servers: arguments[1], prefix: arguments[2], databaseURL: arguments[3], goal: goal).run(
                count: Int(arguments[5]) ?? 0)
        case "mutants" where arguments.count == 3:
            MutantBench.run(count: Int(arguments[1]) ?? 0, seed: UInt64(arguments[2]) ?? 0)
        case "edge": try EdgeBench(Array(arguments.dropFirst())).run()
        case "references" where arguments.count == 3:
            try OrderFeed(servers: arguments[1], prefix: arguments[2]).references()
        default:
            FileHandle.standardError.write(Data("usage: see the head of Main.swift\n".utf8))
            exit(64)
        }
    }

    private static func prepare(_ url: String) throws {
        let migrator = try Migrator(administratorURL: url)
        _ = try migrator.migrate(
            schema: "bench", role: "bench", password: "bench",
            [Migration("V002_bench", Array(BenchTables.schema.utf8))])
    }

    private static func feed(_ servers: String, _ prefix: String, _ count: Int) throws {
        let common = ["bootstrap.servers": servers]
        let admin = try Admin(common)
        _ = try admin.createTopics(
            [BenchAdd.topic, BenchAdded.topic].map {
                NewTopic(name: prefix + $0.name, partitions: 1, replication: 1)
            }, timeoutMilliseconds: 10_000)
        let producer = try Producer(common.merging(["linger.ms": "5"]) { $1 })
        let note = String(repeating: "x", count: 200)
        for number in 0..<count {
            let add = BenchAdd(counter: "C\(number % keys)", amount: Int64(number % 97), note: note)
            let headers = [KafkaHeader(name: "ce_id", value: Array("m\(number)".utf8))]
            while true {
                do throws(KafkaError) {
                    try producer.send(
                        topic: prefix + BenchAdd.topic.name, key: Array(add.counter.utf8), value: add.jsonBytes,
                        headers: headers, token: 0)
                    break
                } catch {
                    guard error.isQueueFull else { throw error }
                    _ = producer.poll(timeoutMilliseconds: 10)
                }
            }
        }
        guard producer.flush(timeoutMilliseconds: 60_000) else { exit(1) }
        producer.close()
    }

    private static func lane(
        _ servers: String, _ prefix: String, _ url: String, _ count: Int, _ group: String
    ) throws {
        let source = try KafkaSource(
            configuration: [
                "bootstrap.servers": servers, "group.id": group, "auto.offset.reset": "earliest",
                "socket.nagle.disable": "true", "queued.min.messages": "2000",
            ], topics: [BenchAdd.topic.name], prefix: prefix)
        let lane = Lane(
            handler: BenchHandler(), store: PostgresStore(url: url, service: "bench", tables: BenchTables()),
            source: source, clock: SystemClock())
        var handled = 0
        while handled == 0 { handled = try lane.step().handled }
        let start = (ContinuousClock.now, cpuMicroseconds())
        let first = handled
        while handled < count { handled += try lane.step().handled }
        let seconds = (ContinuousClock.now - start.0) / .seconds(1)
        let cpu = cpuMicroseconds() - start.1
        print("{\"messages\":\(count - first),\"seconds\":\(seconds),\"cpuMicroseconds\":\(cpu)}")
        source.close()
    }

    static func cpuMicroseconds() -> Int {
        var usage = rusage()
        unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        return seconds * 1_000_000 + Int(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    }
}
