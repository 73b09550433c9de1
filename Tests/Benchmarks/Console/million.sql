-- A mall of a year in the console's read tables: :orders orders over 365 days, two lines each, of 5,000 SKUs, 6 channels,
-- 4 warehouses and 20,000 distributors three steps deep. The same every time.
SET search_path = console;
SET synchronous_commit = off;
INSERT INTO current_records (topic, key, partition_offset, body)
SELECT 'catalog.channels.v1', 'channel-' || n, n, json_build_object('name', 'Channel ' || n, 'kind', 'web')
FROM generate_series(1, 6) AS n
UNION ALL
SELECT 'catalog.warehouses.v1', 'w' || n, n, json_build_object('name', 'Warehouse ' || n, 'kind', 'own')
FROM generate_series(1, 4) AS n
UNION ALL
SELECT 'catalog.items.v1', 'SKU-' || n, n, json_build_object('name', 'Item ' || n, 'category', 'c' || n % 20,
    'price', 1000 + n, 'cost', 600, 'currency', 'CNY', 'safetyStock', 20)
FROM generate_series(1, 5000) AS n;
-- The root, 20 below it, 400 below those, the others below these.
INSERT INTO members (member_id, parent_id, grade, name, status, joined_at, effective_from)
SELECT 'M' || n, CASE WHEN n = 0 THEN NULL WHEN n <= 20 THEN 'M0' WHEN n <= 420 THEN 'M' || 1 + n % 20
        ELSE 'M' || 21 + n % 400 END,
    CASE WHEN n <= 20 THEN 'gold' ELSE 'base' END, 'Member ' || n, 'active', now(), now() - interval '2 years'
FROM generate_series(0, 19999) AS n;
INSERT INTO orders (order_id, kind, channel, external_order_id, placed_at, day, currency, buyer_id, province, city,
    goods_total, freight, tax, fees, total, receivable, payment_terms, delivery, historical, seller, chain, state,
    stock_status, refund_status, paid, refunded, warehouses, parcels, paid_at, confirmed_at, shipped_at, delivered_at,
    completed_at, plan_id, plan_version, changed_at)
SELECT 'ORDER' || lpad(n::text, 10, '0'), 'sale', 'channel-' || 1 + n % 6, 'X-' || n, at,
    (at AT TIME ZONE 'Asia/Shanghai')::date, 'CNY', 'channel-' || 1 + n % 6 || '/b' || n % 150000, '浙江省', '杭州市',
    total - 800, 800, 0, 0, total, total, 'prepaid', 'express', false,
    CASE WHEN seller IS NOT NULL THEN 'M' || seller END,
    CASE WHEN seller IS NULL THEN '{}'
        ELSE ARRAY['M' || seller, 'M' || 21 + seller % 400, 'M' || 1 + (21 + seller % 400) % 20] END,
    state, 'reserved', CASE n % 40 WHEN 0 THEN 'full' WHEN 1 THEN 'partial' ELSE 'none' END,
    CASE WHEN state IN ('pending-payment', 'cancelled') THEN 0 ELSE total END,
    CASE n % 40 WHEN 0 THEN total WHEN 1 THEN 500 ELSE 0 END, ARRAY['w' || 1 + n % 4],
    1, at, at, CASE WHEN state IN ('shipped', 'delivered', 'completed') THEN at END,
    CASE WHEN state IN ('delivered', 'completed') THEN at END, CASE WHEN state = 'completed' THEN at END, 'plan', 1, at
FROM (
    SELECT n, now() - n * (interval '365 days' / :orders) AS at, 1000 + n % 977 * 37 AS total,
        CASE WHEN n % 5 > 0 THEN 421 + (n::bigint * 7919 % 19500)::int END AS seller,
        CASE WHEN n % 100 = 0 THEN 'cancelled' WHEN n > :orders / 20 THEN 'completed'
            ELSE (ARRAY['pending-payment', 'paid', 'paid', 'shipped', 'delivered'])[1 + n % 5] END AS state
    FROM generate_series(1, :orders) AS n
) AS made;
INSERT INTO order_lines (order_id, line_id, sku, quantity, unit_price, discount, paid, freight_share, gift,
    refunded_quantity, refunded_amount)
SELECT o.order_id, l::text, 'SKU-' || 1 + (hashtext(o.order_id) & 65535) * l % 5000, l, o.goods_total / 2, 0,
    o.goods_total / 2, 400, false, CASE WHEN o.refunded > 0 THEN 1 ELSE 0 END, o.refunded / 2
FROM orders o, generate_series(1, 2) AS l;
INSERT INTO earnings (order_id, member_id, currency, level, accrued, matured, reversed_frozen, accrued_at, matured_at)
SELECT order_id, m.id, 'CNY', m.level, goods_total / (10 * m.level),
    CASE WHEN state = 'completed' THEN goods_total / (10 * m.level) ELSE 0 END, 0, placed_at,
    CASE WHEN state = 'completed' THEN placed_at END
FROM orders, unnest(chain) WITH ORDINALITY AS m(id, level);
INSERT INTO parcels (shipment_id, order_id, parcel_id, warehouse, carrier, waybill, state, planned_at, dispatched_at,
    delivered_at)
SELECT order_id || '-S1', order_id, '1', warehouses[1], 'sf', 'SF' || right(order_id, 10),
    CASE WHEN state IN ('delivered', 'completed') THEN 'delivered' WHEN state = 'shipped' THEN 'dispatched'
        ELSE 'planned' END, placed_at, shipped_at, delivered_at
FROM orders WHERE state NOT IN ('pending-payment', 'cancelled');
INSERT INTO cases (case_id, order_id, kind, reason, state, refunded, opened_at, ended_at)
SELECT order_id || '-A1', order_id, 'return', (ARRAY['damaged', 'late', 'wrong', 'unwanted'])[1 + (total % 4)::int],
    'closed', refunded, placed_at, placed_at
FROM orders WHERE refund_status <> 'none';
INSERT INTO stock_levels (sku, warehouse, on_hand, reserved, available)
SELECT 'SKU-' || n, 'w' || w, 100 + n % 50, 5, 95 + n % 50 FROM generate_series(1, 5000) AS n, generate_series(1, 4) AS w;
INSERT INTO stock (sku, available, incoming, quotas, at)
SELECT 'SKU-' || n, 4 * (95 + n % 50), 0, '{}', now() FROM generate_series(1, 5000) AS n;
INSERT INTO movements (movement_id, sku, warehouse, kind, quantity, balance, reference, at)
SELECT 'V' || order_id || '-' || line_id, sku, 'w1', 'shipped', -quantity, 0, order_id,
    (SELECT placed_at FROM orders o WHERE o.order_id = l.order_id)
FROM order_lines l WHERE line_id = '1' ORDER BY order_id DESC;
INSERT INTO visits (day, channel, member_id, sku, visits)
SELECT current_date - d, 'channel-' || 1 + m % 6, 'M' || m, '', 10 + m % 7
FROM generate_series(0, 364) AS d, generate_series(421, 620) AS m;
INSERT INTO facts (topic, partition, partition_offset, key, type, version, at, message_id, body)
SELECT 'intake.orders.v1', 0, row_number() OVER (), order_id, t, v, placed_at, order_id || '-' || v, '{"orderId": "x"}'
FROM orders, unnest(ARRAY['tributary.intake.orders.OrderPlaced.v1', 'tributary.intake.orders.OrderPaid.v1',
    'tributary.intake.orders.OrderConfirmed.v1']) WITH ORDINALITY AS f(t, v);
INSERT INTO day_marks (day) SELECT DISTINCT day FROM orders;
VACUUM ANALYZE;
