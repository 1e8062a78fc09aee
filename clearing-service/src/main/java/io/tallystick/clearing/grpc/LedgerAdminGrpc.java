package io.tallystick.clearing.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.tallystick.api.clearing.v1.Account;
import io.tallystick.api.clearing.v1.CheckLedgerRequest;
import io.tallystick.api.clearing.v1.CheckLedgerResponse;
import io.tallystick.api.clearing.v1.DepositRequest;
import io.tallystick.api.clearing.v1.DepositResponse;
import io.tallystick.api.clearing.v1.LedgerAdminServiceGrpc;
import io.tallystick.api.clearing.v1.ListAccountsRequest;
import io.tallystick.api.clearing.v1.ListAccountsResponse;
import io.tallystick.api.clearing.v1.RunSettlementRequest;
import io.tallystick.api.clearing.v1.RunSettlementResponse;
import io.tallystick.api.clearing.v1.SettlementBatch;
import io.tallystick.clearing.audit.LedgerAudit;
import io.tallystick.clearing.bank.BankService;
import io.tallystick.clearing.bank.Deposit;
import io.tallystick.clearing.bank.postgres.PostgresAccounts.Standing;
import io.tallystick.clearing.ledger.OwnerKind;
import io.tallystick.clearing.payment.ProtoValues;
import io.tallystick.clearing.settlement.Batch;
import io.tallystick.clearing.settlement.SettlementService;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.grpc.GrpcCalls;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/// `tallystick.clearing.v1.LedgerAdminService`.
@GrpcService
public class LedgerAdminGrpc extends LedgerAdminServiceGrpc.LedgerAdminServiceImplBase {
  private static final String MALFORMED = "REQUEST_MALFORMED";

  private final GrpcCalls calls;
  private final BankService bank;
  private final SettlementService settlements;
  private final LedgerAudit audit;

  LedgerAdminGrpc(
      GrpcCalls calls, BankService bank, SettlementService settlements, LedgerAudit audit) {
    this.calls = calls;
    this.bank = bank;
    this.settlements = settlements;
    this.audit = audit;
  }

  @Override
  public void deposit(DepositRequest request, StreamObserver<DepositResponse> observer) {
    calls.unary(observer, () -> deposit(request));
  }

  private DepositResponse deposit(DepositRequest request) {
    Deposit deposit =
        ApiErrors.valid(
            MALFORMED,
            () ->
                new Deposit(
                    request.getBankReference(),
                    ownerKind(request.getOwnerKind()),
                    request.getOwnerId(),
                    ProtoValues.money(request.getAmount())));
    long availableMinor = bank.deposit(deposit);
    return DepositResponse.newBuilder()
        .setAvailable(ProtoValues.money(availableMinor, deposit.amount().currency()))
        .build();
  }

  @Override
  public void listAccounts(
      ListAccountsRequest request, StreamObserver<ListAccountsResponse> observer) {
    calls.unary(observer, () -> listAccounts(request));
  }

  private ListAccountsResponse listAccounts(ListAccountsRequest request) {
    OwnerKind ownerKind = ApiErrors.valid(MALFORMED, () -> ownerKind(request.getOwnerKind()));
    if (request.getOwnerId().isEmpty() && ownerKind != OwnerKind.PLATFORM) {
      throw ApiErrors.invalidArgument(MALFORMED, "owner_id is empty");
    }
    List<Standing> standings = bank.accounts(ownerKind, request.getOwnerId());
    return ListAccountsResponse.newBuilder()
        .addAllAccounts(standings.stream().map(LedgerAdminGrpc::account).toList())
        .build();
  }

  @Override
  public void runSettlement(
      RunSettlementRequest request, StreamObserver<RunSettlementResponse> observer) {
    calls.unary(observer, () -> runSettlement(request));
  }

  private RunSettlementResponse runSettlement(RunSettlementRequest request) {
    Optional<String> merchantId = Optional.of(request.getMerchantId()).filter(id -> !id.isEmpty());
    List<Batch> batches = settlements.settle(day(request.getDay()), merchantId);
    return RunSettlementResponse.newBuilder()
        .addAllBatches(batches.stream().map(LedgerAdminGrpc::batch).toList())
        .build();
  }

  private static LocalDate day(String day) {
    try {
      return LocalDate.parse(day);
    } catch (DateTimeParseException e) {
      throw ApiErrors.invalidArgument(MALFORMED, "day is not an ISO 8601 day: " + day);
    }
  }

  private static SettlementBatch batch(Batch batch) {
    String currency = batch.key().currency();
    return SettlementBatch.newBuilder()
        .setBatchId(batch.batchId())
        .setMerchantId(batch.key().merchantId())
        .setDay(batch.key().day().toString())
        .setGross(ProtoValues.money(batch.grossMinor(), currency))
        .setReturned(ProtoValues.money(batch.returnedMinor(), currency))
        .setNet(ProtoValues.money(batch.netMinor(), currency))
        .setPaymentCount(batch.paymentCount())
        .build();
  }

  @Override
  public void checkLedger(
      CheckLedgerRequest request, StreamObserver<CheckLedgerResponse> observer) {
    calls.unary(observer, () -> LedgerReports.response(audit.check()));
  }

  private static Account account(Standing standing) {
    Account.Builder account =
        Account.newBuilder()
            .setAccountId(standing.account().accountId())
            .setKind(standing.account().kind().text())
            .setPostedMinor(standing.balance().postedMinor())
            .setHeldMinor(standing.balance().heldMinor())
            .setCurrency(standing.account().currency());
    String deviceId = standing.account().deviceId();
    if (deviceId != null) {
      account.setDeviceId(deviceId);
    }
    return account.build();
  }

  private static OwnerKind ownerKind(io.tallystick.api.clearing.v1.OwnerKind kind) {
    return switch (kind) {
      case OWNER_KIND_PAYER -> OwnerKind.PAYER;
      case OWNER_KIND_MERCHANT -> OwnerKind.MERCHANT;
      case OWNER_KIND_PLATFORM -> OwnerKind.PLATFORM;
      case OWNER_KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("owner_kind is not set");
    };
  }
}
