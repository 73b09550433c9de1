/// Says how far long work has come: on a terminal in one line, elsewhere a line per step and one each ten seconds.
final class Progress {
    private var step = ""
    private var shownAt = ContinuousClock.now

    func show(_ step: String, _ detail: String) {
        let isNew = step != self.step
        guard isNew || Screen.isTerminal || ContinuousClock.now - shownAt > .seconds(10) else { return }
        self.step = step
        shownAt = .now
        Screen.progress("\(step): \(detail)")
    }

    func end() { Screen.endProgress() }
}
