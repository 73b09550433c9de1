/// Who stands below whom, as one statement over all members.
enum MemberTree {
    /// Organisations: organiser, people, levels, and how many organisations there are in all; the largest first.
    ///
    /// `$1` is the moment, `$2` and `$3` the least people and levels, `$4` the most rows. The newest record that holds
    /// then counts. Disabled members are not counted, and those below them move up, as in an order's chain.
    ///
    /// Every member walks up to those above it. 30 levels are enough: whoever has more below has 30 people below, and
    /// is at the limit already. 100 steps end a walk through disabled members that stand in a circle; a walk that comes
    /// back to its member ends there, and one that runs into a circle further up counts each of it once.
    static let organisations: StaticString = """
        WITH RECURSIVE
        newest AS MATERIALIZED (
            SELECT row_number() OVER ()::int AS number, n.* FROM (
                SELECT DISTINCT ON (member_id) member_id, record ->> 'parentId' AS parent_id,
                    coalesce(record ->> 'status', 'active') = 'active' AS is_active
                FROM commission.members WHERE effective_from <= $1 ORDER BY member_id, effective_from DESC
            ) AS n
        ),
        edges AS MATERIALIZED (
            SELECT c.number AS child, p.number AS parent, p.is_active
            FROM newest AS c JOIN newest AS p ON p.member_id = c.parent_id
        ),
        above (member, organiser, is_active, level, steps) AS (
            SELECT number, number, true, 1, 0 FROM newest WHERE is_active
            UNION ALL
            SELECT a.member, e.parent, e.is_active, a.level + e.is_active::int, a.steps + 1
            FROM above AS a JOIN edges AS e ON e.child = a.organiser
            WHERE e.parent <> a.member AND a.level < 30 AND a.steps < 100
        ),
        organisations AS (
            SELECT organiser, count(*) AS people, max(level) AS levels
            FROM (SELECT organiser, member, min(level) AS level FROM above WHERE is_active GROUP BY 1, 2) AS m
            GROUP BY organiser HAVING count(*) >= $2 AND max(level) >= $3
        )
        SELECT n.member_id, o.people, o.levels::bigint, count(*) OVER ()
        FROM organisations AS o JOIN newest AS n ON n.number = o.organiser
        ORDER BY o.people DESC, n.member_id LIMIT $4
        """
}
