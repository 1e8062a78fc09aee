package io.tallystick.verify.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.verify.intake.TapConfig;
import io.tallystick.verify.intake.TapIntake;
import io.tallystick.verify.tap.HalfResult;
import io.tallystick.verify.tap.Uploader;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// One upload of a wallet: its halves are taken in together and answered together.
@Singleton
public class TapUploads {
  private static final long LARGEST_SEQUENCE = (1L << 53) - 1;
  private static final int MOST_HALVES = 100;

  private final TapIntake intake;
  private final Semaphore slots;

  @Inject
  TapUploads(TapIntake intake, TapConfig config) {
    this.intake = intake;
    this.slots = new Semaphore(config.uploads());
  }

  /// What a wallet sends.
  @RegisterForReflection
  public record Upload(
      @NotNull @Size(min = 1, max = MOST_HALVES) List<@NotNull @Valid UploadedHalf> halves) {}

  /// @param sequence chosen by the wallet, repeated in the result
  /// @param half encoded half
  @RegisterForReflection
  public record UploadedHalf(
      @Min(0) @Max(LARGEST_SEQUENCE) long sequence,
      @NotNull @Size(max = 4096) @Schema(description = "Encoded half, Base64") byte[] half) {
    @Override
    public String toString() {
      return "UploadedHalf[" + sequence + "]";
    }
  }

  /// One result for each half, in the order sent.
  @RegisterForReflection
  public record UploadResults(List<UploadResult> results) {}

  /// Exactly one of the three is there.
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record UploadResult(
      long sequence,
      @Nullable Accepted accepted,
      @Nullable Conflict conflict,
      @Nullable Refused refused) {}

  /// Durable; the wallet may forget it.
  @RegisterForReflection
  public record Accepted(String paymentId, boolean duplicate) {}

  /// Another token with this serial came first.
  @RegisterForReflection
  public record Conflict(String serial, String evidenceId) {}

  /// Sending it again changes nothing.
  @RegisterForReflection
  public record Refused(String reason, String explanation) {}

  /// @throws io.tallystick.kit.error.ApiException `RESOURCE_EXHAUSTED` when too many uploads are in
  ///   work, `UNAVAILABLE` when a part that is needed is away: some halves may be durable then
  UploadResults take(Upload upload, String payerId) {
    if (!slots.tryAcquire()) {
      throw ApiErrors.resourceExhausted("TOO_MANY_UPLOADS", "too many uploads are in work");
    }
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Uploader uploader = new Uploader.WalletUploader(payerId);
      List<CompletableFuture<UploadResult>> futures = new ArrayList<>();
      for (UploadedHalf half : upload.halves()) {
        futures.add(
            CompletableFuture.supplyAsync(
                () -> result(half.sequence(), intake.take(half.half(), uploader)), executor));
      }
      return new UploadResults(futures.stream().map(CompletableFuture::join).toList());
    } catch (CompletionException failure) {
      throw ApiErrors.from(failure);
    } finally {
      slots.release();
    }
  }

  private static UploadResult result(long sequence, HalfResult result) {
    return switch (result) {
      case HalfResult.Accepted(var paymentId, var isDuplicate) ->
          new UploadResult(sequence, new Accepted(paymentId, isDuplicate), null, null);
      case HalfResult.Conflict(var serial, var evidenceId) ->
          new UploadResult(sequence, null, new Conflict(serial, evidenceId), null);
      case HalfResult.Refused(var reason, var explanation) ->
          new UploadResult(sequence, null, null, new Refused(reason, explanation));
    };
  }
}
