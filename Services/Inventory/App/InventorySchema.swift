import Pipeline

/// The steps that make inventory's schema.
enum InventorySchema {
    static let migrations = [
        Migration("V002_inventory", PackageResources.V002_inventory_sql),
        Migration("V003_forecasts", PackageResources.V003_forecasts_sql),
        Migration("V004_limits_and_repairs", PackageResources.V004_limits_and_repairs_sql),
    ]
}
