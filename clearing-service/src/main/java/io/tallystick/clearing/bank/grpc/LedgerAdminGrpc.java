package io.tallystick.clearing.bank.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.tallystick.api.clearing.v1.Account;
import io.tallystick.api.clearing.v1.DepositRequest;
import io.tallystick.api.clearing.v1.DepositResponse;
import io.tallystick.api.clearing.v1.LedgerAdminServiceGrpc;
import io.tallystick.api.clearing.v1.ListAccountsRequest;
import io.tallystick.api.clearing.v1.ListAccountsResponse;
import io.tallystick.clearing.bank.BankService;
import io.tallystick.clearing.bank.Deposit;
import io.tallystick.clearing.bank.postgres.PostgresAccounts.Standing;
import io.tallystick.clearing.ledger.OwnerKind;
import io.tallystick.clearing.payment.ProtoValues;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.grpc.GrpcCalls;
import java.util.List;

/// `tallystick.clearing.v1.LedgerAdminService`.
@GrpcService
public class LedgerAdminGrpc extends LedgerAdminServiceGrpc.LedgerAdminServiceImplBase {
  private static final String MALFORMED = "REQUEST_MALFORMED";

  private final GrpcCalls calls;
  private final BankService bank;

  LedgerAdminGrpc(GrpcCalls calls, BankService bank) {
    this.calls = calls;
    this.bank = bank;
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
