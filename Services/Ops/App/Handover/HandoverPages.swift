/// Pick list, packing slips and labels of a wave as one page to print: each part names its own paper.
struct HandoverPages {
    enum Part: String, CaseIterable {
        case pick, slips, labels
    }

    let wave: String
    /// In the order they are packed.
    let parcels: [HandoverParcel]
    let printedAt: String

    func html(_ parts: [Part] = Part.allCases) -> String {
        var body: [String] = []
        if parts.contains(.pick) { body.append(pickList) }
        for (index, parcel) in parcels.enumerated() where parts.contains(.slips) { body.append(slip(parcel, index)) }
        for (index, parcel) in parcels.enumerated() where parts.contains(.labels) { body.append(label(parcel, index)) }
        return """
            <!DOCTYPE html>
            <html lang="zh-CN"><head><meta charset="utf-8"><title>\(escaped("波次 \(wave)"))</title>
            <style>\(Self.style)</style></head><body>
            \(body.joined(separator: "\n"))
            </body></html>

            """
    }

    private func place(_ index: Int) -> String { "\(index + 1) / \(parcels.count)" }

    /// What to fetch for all parcels together, and for which of them.
    private var pickList: String {
        var order: [String] = []
        var lines: [String: (line: HandoverParcel.Line, parcels: [String])] = [:]
        for (index, parcel) in parcels.enumerated() {
            for line in parcel.lines {
                if lines[line.sku] == nil {
                    order.append(line.sku)
                    lines[line.sku] = (line, [])
                } else {
                    lines[line.sku]?.line.quantity += line.quantity
                }
                lines[line.sku]?.parcels.append("#\(index + 1)×\(line.quantity)")
            }
        }
        let rows = order.sorted().compactMap { lines[$0] }.map { line, places in
            "<tr><td>\(escaped(line.sku))<td>\(escaped(line.name ?? ""))<td class=n>\(line.quantity)"
                + "<td>\(places.joined(separator: ", "))<td class=box></tr>"
        }
        let warehouses = Set(parcels.map(\.warehouse)).sorted().joined(separator: ", ")
        return """
            <section class="pick"><h1>拣货单 Pick list</h1>
            <p>\(escaped("波次 Wave \(wave) · 仓库 Warehouse \(warehouses) · \(parcels.count) 包裹 parcels · \(printedAt)"))</p>
            <table><thead><tr><th>SKU<th>商品 Item<th class=n>件数 Qty<th>包裹×件 Parcel×qty<th>✓</tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></section>
            """
    }

    private func slip(_ parcel: HandoverParcel, _ index: Int) -> String {
        let rows = parcel.lines.map {
            "<tr><td>\(escaped($0.sku))<td>\(escaped($0.name ?? ""))<td class=n>\($0.quantity)</tr>"
        }
        let orders = parcel.orders.map { "\($0.channel)/\($0.externalOrderID)" }.joined(separator: ", ")
        return """
            <section class="slip"><h1>装箱单 Packing slip <small>\(place(index))</small></h1>
            <p>\(escaped("订单 Order \(orders)"))<br>\(escaped("包裹 Parcel \(parcel.parcelID) · \(parcel.carrier) \(parcel.waybill)"))</p>
            \(bars(parcel.waybill))
            <table><thead><tr><th>SKU<th>商品 Item<th class=n>件数 Qty</tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table>
            <p class=n>共 \(parcel.pieces) 件 pieces · \(parcel.weightGrams) g</p></section>
            """
    }

    private func label(_ parcel: HandoverParcel, _ index: Int) -> String {
        """
        <section class="label"><div class=carrier>\(escaped(parcel.carrier.uppercased()))<small>\(escaped(wave)) · \(place(index))</small></div>
        \(bars(parcel.waybill))<div class=number>\(escaped(parcel.waybill))</div>
        <div class=to><b>收 TO</b>\(address(parcel.recipient))</div>
        <div class=from><b>寄 FROM</b> \(escaped(parcel.warehouse))</div>
        <div class=foot>\(escaped(parcel.parcelID)) · \(parcel.pieces) 件 · \(parcel.weightGrams) g</div></section>
        """
    }

    private func address(_ recipient: HandoverParcel.Recipient?) -> String {
        guard let recipient else { return "<p>收件信息未知 No address</p>" }
        if let sealed = recipient.sealedAddress {
            return "<p>收件信息由平台加密 Sealed by the platform</p><p>\(escaped(sealed))</p>"
        }
        let who = [recipient.name, recipient.phone].compactMap(\.self).joined(separator: "  ")
        return
            "<p class=who>\(escaped(who))</p><p>\(escaped(recipient.place ?? ""))</p><p>\(escaped(recipient.street ?? ""))</p>"
    }

    /// A number as Code 128, with the quiet zone of ten modules on each side.
    private func bars(_ text: String) -> String {
        guard let code = Code128(text) else { return "" }
        var at = Self.quietModules
        var path = ""
        for (index, width) in code.widths.enumerated() {
            if index.isMultiple(of: 2) { path += "M\(at) 0h\(width)v1h-\(width)z" }
            at += width
        }
        return "<svg class=bars viewBox=\"0 0 \(at + Self.quietModules) 1\" preserveAspectRatio=none>"
            + "<path d=\"\(path)\"/></svg>"
    }

    private static let quietModules = 10

    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    private static let style = """
        @page pick { size: A4; margin: 12mm } @page slip { size: A5; margin: 10mm }
        @page label { size: 100mm 180mm; margin: 4mm }
        * { box-sizing: border-box } body { font: 10pt/1.45 "Noto Sans CJK SC", "PingFang SC", sans-serif; margin: 0; color: #000 }
        section { break-after: page } section:last-child { break-after: auto }
        .pick { page: pick } .slip { page: slip } .label { page: label; width: 92mm }
        h1 { font-size: 15pt; margin: 0 0 2mm } small { font-weight: normal; font-size: 9pt; float: right }
        table { border-collapse: collapse; width: 100% } th, td { border: .3mm solid #000; padding: 1mm 2mm; text-align: left }
        thead { display: table-header-group } tr { break-inside: avoid } .n { text-align: right } .box { width: 8mm }
        .bars { display: block; width: 100%; height: 18mm; shape-rendering: crispEdges }
        .slip .bars { width: 70mm; height: 12mm; margin: 2mm 0 } .number { text-align: center; font: 13pt monospace }
        .label > div { border-bottom: .4mm solid #000; padding: 2mm 0 } .carrier { font: bold 22pt sans-serif }
        .to { font-size: 13pt } .to p { margin: 1mm 0 } .who { font-weight: bold } .foot { font-size: 8pt }
        @media screen { section { margin: 8mm auto; padding: 8mm; border: 1px solid #999; max-width: 190mm } .label { max-width: 100mm } }
        """
}
