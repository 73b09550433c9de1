import Foundation
import Glibc
import Testing

@testable import EmbeddedBroker

@Suite("Running noida")
struct NoidaProcessTests {
    @Test func killedBrokerIsStartedAgain() throws {
        try withBroker { broker in
            let first = try #require(broker.noida.processIdentifier)
            kill(first, SIGKILL)
            try wait { broker.noida.port != nil && broker.noida.processIdentifier != first }
            var client = try KafkaClient(port: broker.port)
            _ = try client.metadata(topic: "orders")
        }
    }

    @Test func stopLeavesNoProcessAndKeepsTheRecords() throws {
        try withDataDirectory { directory in
            let settings = EmbeddedBroker.Settings(
                port: 0, dataDirectory: directory, noidaExecutable: try NoidaBinary.path())
            let first = try EmbeddedBroker(settings)
            try first.start()
            let process = try #require(first.noida.processIdentifier)
            #expect(getpgid(process) == process)
            var client = try KafkaClient(port: first.port)
            _ = try client.metadata(topic: "orders")
            try client.produce("kept", topic: "orders")
            first.stop()
            #expect(kill(process, 0) == -1)
            #expect(errno == ESRCH)

            let second = try EmbeddedBroker(settings)
            try second.start()
            defer { second.stop() }
            var next = try KafkaClient(port: second.port)
            try next.fetch(topic: "orders", until: "kept")
        }
    }

    @Test func frozenBrokerIsKilledInTheEnd() throws {
        try withDataDirectory { directory in
            let noida = try NoidaProcess(
                executable: NoidaBinary.path(), dataDirectory: directory, stopLimit: .milliseconds(200))
            try noida.start()
            let process = try #require(noida.processIdentifier)
            kill(process, SIGSTOP)
            noida.stop()
            #expect(kill(process, 0) == -1)
        }
    }

    @Test func leftOverBrokerIsFoundAndStopped() throws {
        try withDataDirectory { path in
            let directory = try DataDirectory.make(path)
            let leftOver = LeftOverNoida(dataDirectory: directory)
            #expect(leftOver.find() == nil)
            let process = try NoidaLaunch(executable: NoidaBinary.path(), dataDirectory: directory)
                .start(port: LoopbackSocket.freePort())
            try wait { leftOver.find() == process }
            #expect(leftOver.stop() == process)
            #expect(waitpid(process, nil, 0) == process)
            #expect(leftOver.stop() == nil)
        }
    }

    @Test func programOfAnotherNameIsNotStopped() throws {
        try withDataDirectory { path in
            let directory = try DataDirectory.make(path)
            try Data("{\"pid\":\(getpid())}".utf8).write(to: URL(filePath: "\(directory)/noida.control.json"))
            #expect(LeftOverNoida(dataDirectory: directory).find() == nil)
        }
    }

    /// A front that is killed takes its thread with it; here only the thread ends.
    @Test func brokerEndsWithTheThreadThatStartedIt() throws {
        try withDataDirectory { path in
            let launch = NoidaLaunch(executable: try NoidaBinary.path(), dataDirectory: try DataDirectory.make(path))
            let port = try LoopbackSocket.freePort()
            let thread = try OwnThread {
                guard (try? launch.start(port: port)) != nil else { return }
                // Bounded by the assertion below: the thread ends once the broker answers.
                for _ in 0..<1_000 where !BrokerProbe.answers(port: port) { poll(nil, 0, 10) }
            }
            thread.join()
            let leftOver = LeftOverNoida(dataDirectory: launch.dataDirectory)
            let process = try #require(leftOver.find())
            defer {
                _ = leftOver.stop()
                waitpid(process, nil, 0)
            }
            try wait { leftOver.find() == nil }
        }
    }

    @Test func missingProgramIsReported() throws {
        try withDataDirectory { directory in
            let launch = NoidaLaunch(executable: "/nonexistent/noida-db", dataDirectory: directory)
            #expect(throws: BrokerError("cannot run /nonexistent/noida-db", code: ENOENT)) {
                try launch.start(port: 1)
            }
        }
    }
}
