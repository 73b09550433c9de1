/// Every type that the outside publishes in our own form, in the order of CONTRACTS section 2.
public enum InboundTypes {
    public static let all: [any Message.Type] = [
        ChannelOrder.self, ChannelOrderCancel.self, ChannelOrderReceived.self, ChannelPayment.self,
        AfterSalesRequest.self, AfterSalesShipped.self, AfterSalesWithdrawn.self, AfterSalesResult.self,
        AfterSalesNote.self,
        ChannelUpdateResult.self, ChannelVisit.self, CarrierScan.self, WarehouseMovement.self,
        WarehouseInspection.self, RefundResult.self, PayoutResult.self, CatalogItem.self, CatalogWarehouse.self,
        CatalogListing.self, CatalogChannel.self, CatalogCarrier.self, DistributionMember.self,
        DistributionBinding.self,
        DistributionPlan.self,
    ]
}
