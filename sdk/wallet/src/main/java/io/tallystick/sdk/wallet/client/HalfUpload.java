package io.tallystick.sdk.wallet.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.sdk.wallet.KeptTap;
import io.tallystick.sdk.wallet.KeptTap.Upload;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import io.tallystick.sdk.wallet.WalletState;
import io.tallystick.sdk.wallet.http.RestClient;
import io.tallystick.sdk.wallet.http.UnreachableException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Uploads the halves that wait. A half is done only when the platform has said what it made of it;
 * a call that was cut off is repeated, and its halves are then duplicates.
 */
public final class HalfUpload {
  /** Halves in one call. */
  private static final int BATCH = 50;

  private final Wallet wallet;
  private final RestClient verifyService;

  HalfUpload(Wallet wallet, RestClient verifyService) {
    this.wallet = wallet;
    this.verifyService = verifyService;
  }

  /**
   * What became of one half.
   *
   * @param tap as it is kept now
   * @param duplicate whether the platform had it already
   */
  public record Result(KeptTap tap, boolean duplicate) {}

  /**
   * Uploads every waiting half that has a receipt, oldest first.
   *
   * @return one result for each, in that order
   * @throws UnreachableException when the platform went away; what it had answered by then is kept
   */
  public List<Result> uploadWaiting() {
    List<Result> results = new ArrayList<>();
    List<KeptTap> waiting = wallet.state().uploadable();
    for (int from = 0; from < waiting.size(); from += BATCH) {
      results.addAll(upload(waiting.subList(from, Math.min(from + BATCH, waiting.size()))));
    }
    wallet.update(state ->
        new Change<>(
            state.uploadable().isEmpty() ? state.withTapUse(state.tapUse().online()) : state,
            true));
    return List.copyOf(results);
  }

  private List<Result> upload(List<KeptTap> taps) {
    JsonArray halves = new JsonArray();
    for (int sequence = 0; sequence < taps.size(); sequence++) {
      JsonObject half = new JsonObject();
      half.addProperty("sequence", sequence);
      half.addProperty(
          "half", Base64.getEncoder().encodeToString(taps.get(sequence).half().encode()));
      halves.add(half);
    }
    JsonObject body = new JsonObject();
    body.add("halves", halves);
    Map<Long, Members> answers = new HashMap<>();
    for (Members answer :
        Members.of(verifyService.postRepeatable("/v1/taps", body))
            .list("results", result -> result)) {
      answers.put(answer.number("sequence"), answer);
    }
    List<Result> results = new ArrayList<>();
    for (int sequence = 0; sequence < taps.size(); sequence++) {
      Members answer = answers.get((long) sequence);
      if (answer == null) {
        throw new UnreachableException("the answer has no result for a half", null);
      }
      results.add(note(taps.get(sequence).serial(), answer));
    }
    return results;
  }

  private Result note(TokenSerial serial, Members answer) {
    Upload upload = read(answer);
    boolean duplicate = answer.has("accepted") && answer.child("accepted").flag("duplicate");
    return wallet.update(state -> {
      WalletState next = state.withTapChanged(serial, tap -> tap.withUpload(upload));
      KeptTap tap = next.tap(serial).orElseThrow(() -> new AssertionError("it was waiting"));
      return new Change<>(next, new Result(tap, duplicate));
    });
  }

  private static Upload read(Members answer) {
    if (answer.has("accepted")) {
      return new Upload.Accepted(answer.child("accepted").text("paymentId"));
    }
    if (answer.has("conflict")) {
      return new Upload.Conflict(answer.child("conflict").text("evidenceId"));
    }
    Members refused = answer.child("refused");
    return new Upload.Refused(refused.text("reason"), refused.text("explanation"));
  }
}
