import Crypto
import Contracts
import Foundation
import HTTPTypes

/// The files that pages load: styles, scripts; each under an address that changes with its bytes.
struct AssetShelf: Sendable {
    private struct Asset: Sendable {
        let type: String
        let bytes: [UInt8]
        let compressed: [UInt8]?
        let tag: String
    }

    private var assets: [String: Asset] = [:]

    /// - Parameter name: `site.css`; the ending says what it is.
    mutating func add(_ name: String, _ bytes: [UInt8]) {
        let digest = Hexadecimal.text(Crypto.SHA256.hash(data: bytes).prefix(8))
        let ending = String(name.split(separator: ".").last ?? "")
        assets[name] = Asset(
            type: Self.types[ending] ?? "application/octet-stream", bytes: bytes,
            compressed: Gzip.compressed(bytes, level: 9), tag: digest)
    }

    /// Where a page finds it; a name that is missing is a bug, and a test loads every page.
    func path(_ name: String) -> String {
        guard let asset = assets[name] else { preconditionFailure("no asset \(name)") }
        return "/assets/\(asset.tag)/\(name)"
    }

    var names: [String] { assets.keys.sorted() }

    /// Answers `/assets/<tag>/<name>`; an old tag gets today's bytes, but they are not kept.
    func reply(_ call: Call) -> Reply? {
        let parts = call.path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[1] == "assets", let asset = assets[String(parts[3])] else { return nil }
        var headers = HTTPFields()
        headers[.contentType] = asset.type
        headers[.eTag] = "\"\(asset.tag)\""
        headers[.vary] = "accept-encoding"
        headers[.cacheControl] = parts[2] == asset.tag ? "public, max-age=31536000, immutable" : "no-cache"
        if call.headers[.ifNoneMatch]?.contains(asset.tag) == true { return Reply(.notModified, headers) }
        if let compressed = asset.compressed, call.takesGzip {
            headers[.contentEncoding] = "gzip"
            return Reply(.ok, headers, compressed)
        }
        return Reply(.ok, headers, asset.bytes)
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "ico": "image/x-icon",
    ]
}
