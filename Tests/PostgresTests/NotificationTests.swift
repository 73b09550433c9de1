import Foundation
import Glibc
import Postgres
import Testing

@Suite("Notifications")
struct NotificationTests {
    @Test func aNotificationWakesAWaitingListener() throws {
        try TestSchema.with { schema, connection in
            let ready = Exchange<Int32>()
            let received = Exchange<[Postgres.Notification]>()
            let channel = schema.name
            let listener = OwnThread {
                let connection = try schema.connect()
                try connection.run(script: "LISTEN \(channel)")
                ready.send(connection.backendProcessID)
                received.send(try connection.wait(forNotification: 30_000))
            }
            _ = try ready.receive()
            try connection.query(
                "SELECT pg_notify($1, $2)",
                parameters {
                    $0.append(channel); $0.append("新订单")
                })
            let notifications = try received.receive()
            try listener.join()
            #expect(notifications.map(\.channel) == [channel])
            #expect(notifications.map(\.payload) == ["新订单"])
            #expect(notifications.map(\.backendProcessID) == [connection.backendProcessID])
        }
    }

    @Test func aNotificationThatCameWithAnAnswerIsKept() throws {
        try TestSchema.with { schema, connection in
            try connection.run(script: "LISTEN \(schema.name)")
            try connection.query("SELECT pg_notify($1, 'one')", parameters { $0.append(schema.name) })
            #expect(try connection.query("SELECT 1").count == 1)
            #expect(try connection.wait(forNotification: 30_000).map(\.payload) == ["one"])
            #expect(try connection.wait(forNotification: 0).isEmpty)
        }
    }

    @Test func theOtherDescriptorEndsTheWait() throws {
        try TestSchema.with { _, connection in
            var ends: [Int32] = [0, 0]
            #expect(unsafe pipe(&ends) == 0)
            defer { for end in ends { close(end) } }
            let (readable, writable) = (ends[0], ends[1])
            let waker = OwnThread { _ = unsafe write(writable, "!", 1) }
            let start = ContinuousClock.now
            #expect(try connection.wait(forNotification: 20_000, alsoReadable: readable).isEmpty)
            #expect(start.duration(to: .now) < .seconds(20))
            try waker.join()
            var byte: UInt8 = 0
            #expect(unsafe read(readable, &byte, 1) == 1, "the wait has read nothing from it")
        }
    }

    @Test func aWaitEndsWithItsTime() throws {
        try TestSchema.with { _, connection in
            let notifications = try connection.wait(forNotification: 5)
            #expect(notifications.isEmpty)
            #expect(connection.isAlive)
        }
    }

    @Test func aSessionThatEndsWhileItWaitsIsLost() throws {
        try TestSchema.with { schema, connection in
            let victim = try schema.connect()
            let processID = victim.backendProcessID
            let killer = OwnThread {
                _ = try schema.connect().query(
                    "SELECT pg_terminate_backend($1, 10000)", parameters { $0.append(processID) })
            }
            #expect(try postgresError { _ = try victim.wait(forNotification: 30_000) }.isConnectionLost)
            #expect(!victim.isAlive)
            try killer.join()
        }
    }
}
