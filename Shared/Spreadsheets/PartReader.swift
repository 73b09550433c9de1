import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Reads the XML of one part, tag by tag; names come without their prefixes.
final class PartReader: NSObject, XMLParserDelegate {
    /// What a tag says beside its name.
    typealias Attributes = [String: String]

    private let begin: (String, Attributes) -> Void
    private let end: (String, String) -> Void
    /// What has been read between the tags since the last one began.
    private var text = ""

    /// - Parameter end: Told the name, and the text since the last tag that began.
    init(begin: @escaping (String, Attributes) -> Void, end: @escaping (String, String) -> Void) {
        self.begin = begin
        self.end = end
    }

    /// - Throws: `SpreadsheetError` for what is no XML, or declares entities of its own.
    func read(_ bytes: [UInt8], part: String) throws(SpreadsheetError) {
        // No program that writes workbooks declares a document type; whoever does wants its entities unfolded.
        guard bytes.firstRange(of: Array("<!DOCTYPE".utf8)) == nil else {
            throw SpreadsheetError("\(part) of the workbook declares a document type")
        }
        let parser = XMLParser(data: Data(bytes))
        parser.shouldProcessNamespaces = true
        parser.delegate = self
        guard parser.parse() else { throw SpreadsheetError("\(part) of the workbook is no XML") }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        text = ""
        begin(name, attributes)
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        end(name, text)
        text = ""
    }
}
