import Mustache

/// Every template of the site, once in each language.
struct Templates: Sendable {
    private let libraries: [Language: MustacheLibrary]

    /// - Throws: `SiteDefect` naming the template that cannot be read.
    init(_ templates: [String: [UInt8]], phrases: Phrases) throws {
        var libraries: [Language: MustacheLibrary] = [:]
        for language in Language.allCases {
            var library = MustacheLibrary()
            for (name, bytes) in templates {
                do {
                    let text = try phrases.filling(String(decoding: bytes, as: UTF8.self), language)
                    try library.register(text, named: name)
                } catch {
                    throw SiteDefect("template \(name): \(error)")
                }
            }
            libraries[language] = library
        }
        self.libraries = libraries
    }

    /// A template's name is the program's own: one that is missing is a bug, and a test renders every page.
    func render(_ name: String, _ content: Content, _ language: Language) -> Markup {
        guard let library = libraries[language], let markup = Markup.rendered(library, name, content) else {
            preconditionFailure("no template \(name)")
        }
        return markup
    }
}
