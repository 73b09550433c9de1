-- What moved in months that are over: the stock of a past day is today's without what has moved since.
CREATE TABLE stock_months (
    month date NOT NULL,
    warehouse text NOT NULL,
    sku text NOT NULL,
    moved bigint NOT NULL,
    shipped bigint NOT NULL,
    PRIMARY KEY (month, warehouse, sku)
);
-- All are added up again.
DELETE FROM rolled_months;
