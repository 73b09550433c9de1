/// Every type that a service or an operator publishes, in the order of CONTRACTS.
///
/// The description of the messages and the checks of the golden files are made from these lists.
public enum OutboundTypes {
    public static let facts: [any Fact.Type] = [
        OrderPlaced.self, PaymentShort.self, PaymentExcess.self, OrderPaid.self, OrderCancelRequested.self,
        OrderCancelRefused.self, OrderHeld.self, OrderReleased.self, OrderConfirmed.self, OrderReinstated.self,
        OrderCancelled.self, OrderPartiallyShipped.self, OrderShipped.self, OrderDelivered.self, OrderCompleted.self,
        OrderRefundStatusChanged.self, OrderAttributionChanged.self, OrderRevised.self, OrderFlagged.self,
        PaymentAwaitsApproval.self, BuyerErased.self, OrderReplacementAnswered.self,
        PartiesRecorded.self,
        BuyerKeyWrapped.self,
        ShippingUpdate.self, StockUpdate.self, RefundDecision.self, NoteUpdate.self,
        StockReserved.self, StockBackordered.self, StockRejected.self, StockReleased.self, StockDeducted.self,
        StockReturned.self, StockReallocated.self,
        StockMoved.self,
        AvailabilityChanged.self,
        StockLow.self, StockRecovered.self, ReplenishmentSuggested.self,
        ShipmentPlanned.self, ShipmentLabelled.self, ShipmentDispatched.self, ShipmentTracked.self,
        ShipmentDelivered.self, ShipmentExceptional.self, ShipmentReturned.self, ShipmentCancelled.self,
        LinesStopped.self, LinesResumed.self, ReallocationRequested.self,
        CaseOpened.self, CaseReplacementRequested.self, CaseApproved.self, CaseRejected.self, CaseWithdrawn.self,
        CaseGoodsShipped.self, CaseGoodsReceived.self, CaseInspected.self, CaseRefunded.self, CaseExchanged.self,
        CaseClosed.self, CaseNoted.self, CaseClockChanged.self,
        RefundDue.self, RefundSettled.self, RefundFailed.self,
        CommissionAccrued.self, CommissionMatured.self, CommissionReversed.self, CommissionSettled.self,
        PayoutRequested.self, PayoutPaid.self, PayoutFailed.self, CommissionAdjusted.self, CommissionHeld.self,
        CommissionReleased.self,
        PayoutDue.self,
        CheckpointSigned.self,
        CommandAnswered.self,
    ]

    public static let commands: [any HeadedCommand.Type] = [
        HoldOrder.self, ReleaseOrder.self, CancelOrder.self, NoteOrder.self, FlagOrder.self, ConfirmPayment.self,
        ChangeAddress.self, ChangePrice.self, ConfirmReceipt.self, ExtendReceipt.self, MatchSku.self,
        ReassignDistributor.self, BlockBuyer.self, EraseBuyer.self, ResendUpdate.self,
        SetSafetyStock.self, SetChannelQuota.self, RunForecast.self, AcceptSuggestion.self,
        RepublishAvailability.self, RepairStock.self,
        DispatchShipment.self, CancelShipment.self, MergeShipments.self, SplitShipment.self, ReassignCarrier.self,
        ReplanOrder.self, ReleaseWave.self,
        ApproveCase.self, RejectCase.self, ReceiveGoods.self, InspectGoods.self, ExtendCase.self, AppealCase.self,
        ChargeReturnFreight.self, CloseCase.self, NoteCase.self, PauseCase.self, ResumeCase.self,
        SettlePeriod.self, RequestPayout.self, ApprovePayout.self, RejectPayout.self, AdjustCommission.self,
        ApproveAdjustment.self, RejectAdjustment.self, ReleaseEntry.self, DisputeEntry.self, AnswerDispute.self,
        RecordPayee.self, VerifyPayee.self, ErasePayee.self,
        RetryDeadLetters.self, DiscardDeadLetters.self,
    ]

    public static let all: [any Message.Type] = facts + commands
}
