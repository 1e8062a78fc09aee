package io.tallystick.sdk.wallet.client;

import io.tallystick.sdk.wallet.http.RestClient;
import java.util.List;
import java.util.Optional;

/** The payer's bills and balances at clearing-service. */
public final class Bills {
  private static final int MAX_LIMIT = 200;

  private final RestClient clearingService;

  Bills(RestClient clearingService) {
    this.clearingService = clearingService;
  }

  /**
   * Some of the payer's bills, newest first.
   *
   * @param next asks for what follows; absent at the end
   */
  public record Page(List<Bill> bills, Optional<String> next) {
    public Page {
      bills = List.copyOf(bills);
    }
  }

  /**
   * @param limit 1 to 200
   * @param cursor {@code next} of the page before; absent for the newest
   */
  public Page page(int limit, Optional<String> cursor) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit is not from 1 to 200: " + limit);
    }
    cursor.ifPresent(Bills::requireCursor);
    String query = "?limit=" + limit + cursor.map(after -> "&cursor=" + after).orElse("");
    Members page = Members.of(clearingService.get("/v1/bills" + query));
    return new Page(page.list("items", Bill::read), page.optionalText("nextCursor"));
  }

  /** One payment with its history. */
  public Bill.Detail get(String paymentId) {
    if (!paymentId.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException("paymentId is not 1 to 64 of A-Z a-z 0-9 _ -");
    }
    return Bill.readDetail(Members.of(clearingService.get("/v1/bills/" + paymentId)));
  }

  /** What the payer has, one for each currency. */
  public List<Balance> balances() {
    return Members.of(clearingService.get("/v1/balances")).list("balances", Balance::read);
  }

  private static void requireCursor(String cursor) {
    if (!cursor.matches("[A-Za-z0-9_=-]{1,512}")) {
      throw new IllegalArgumentException("cursor is not one of ours");
    }
  }
}
