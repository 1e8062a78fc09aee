package io.tallystick.protocol.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.protocol.wire.Tlv;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The terminal's side of one tap: says which command to transmit and takes each response, until it
 * has finished or failed. Not safe for several threads; one instance per tap.
 *
 * <pre>{@code
 * TapStep step = reader.start();
 * while (step instanceof TapStep.Send send) {
 *   step = reader.next(transmit(send.apdu()));   // or reader.connectionLost()
 * }
 * }</pre>
 */
public final class TapReader {
  private final TapRequest request;
  private final NetworkProfile profile;
  private final boolean extendedLength;
  private final Terminal terminal;
  private final ByteWriter received = new ByteWriter();
  private State state = State.NEW;
  private int receivedLength;
  private boolean askedForMore;
  private @Nullable TapToken token;
  private @Nullable Receipt receipt;

  private enum State {
    NEW,
    SELECTING,
    COLLECTING,
    DELIVERING,
    ENDED
  }

  /** What the terminal does; the reader only speaks. */
  @FunctionalInterface
  public interface Terminal {
    /**
     * Verifies the token, decides, stores the terminal's half durably and signs the receipt, which
     * may be a refusal.
     */
    Receipt decide(TapToken token);
  }

  /**
   * @param request what to ask for
   * @param profile of the network
   * @param extendedLength whether the reader hardware passes extended lengths
   * @param terminal decides
   */
  public TapReader(
      TapRequest request, NetworkProfile profile, boolean extendedLength, Terminal terminal) {
    this.request = requireNonNull(request, "request is null");
    this.profile = requireNonNull(profile, "profile is null");
    this.extendedLength = extendedLength;
    this.terminal = requireNonNull(terminal, "terminal is null");
  }

  /** The first command. */
  public TapStep start() {
    requireState(state == State.NEW, "the tap has begun");
    state = State.SELECTING;
    return new TapStep.Send(TapApdu.select());
  }

  /** What follows from the card's response. */
  public TapStep next(byte[] response) {
    ApduResponse parsed;
    try {
      parsed = ApduResponse.parse(response);
    } catch (MalformedException malformed) {
      return state == State.DELIVERING ? finish(false) : fail(TapFailure.MALFORMED_ANSWER, 0);
    }
    return switch (state) {
      case SELECTING -> selected(parsed);
      case COLLECTING -> collected(parsed);
      case DELIVERING -> finish(parsed.isSuccess());
      case NEW, ENDED -> throw new IllegalStateException("no response is awaited");
    };
  }

  /** The card is gone. A token that was received whole stands, its receipt undelivered. */
  public TapStep connectionLost() {
    requireState(state != State.ENDED, "the tap has ended");
    return state == State.DELIVERING ? finish(false) : fail(TapFailure.CONNECTION_LOST, 0);
  }

  private TapStep selected(ApduResponse response) {
    if (!response.isSuccess()) {
      return fail(TapFailure.NO_APPLICATION, response.statusWord());
    }
    if (!isOurs(response.data())) {
      return fail(TapFailure.NO_APPLICATION, response.statusWord());
    }
    state = State.COLLECTING;
    return new TapStep.Send(TapApdu.tap(request, extendedLength));
  }

  private TapStep collected(ApduResponse response) {
    if (!response.isSuccess() && !response.hasMore()) {
      return fail(
          TapRefusal.of(response.statusWord()).isPresent()
              ? TapFailure.WALLET_REFUSED
              : TapFailure.MALFORMED_ANSWER,
          response.statusWord());
    }
    byte[] part = response.data();
    receivedLength += part.length;
    if (receivedLength > TapToken.MAX_LENGTH) {
      return fail(TapFailure.ANSWER_TOO_LONG, response.statusWord());
    }
    received.bytes(part);
    if (response.hasMore()) {
      // A card that announces more and sends nothing could keep the terminal asking for ever.
      if (part.length == 0 && askedForMore) {
        return fail(TapFailure.MALFORMED_ANSWER, response.statusWord());
      }
      askedForMore = true;
      int announced = response.statusWord() & 0xFF;
      return new TapStep.Send(TapApdu.getResponse(announced == 0 ? 256 : announced));
    }
    return decide(response.statusWord());
  }

  private TapStep decide(int statusWord) {
    TapToken parsed;
    try {
      parsed = TapToken.parse(received.toByteArray(), profile);
    } catch (MalformedException malformed) {
      return fail(TapFailure.MALFORMED_ANSWER, statusWord);
    }
    Receipt decided = terminal.decide(parsed);
    token = parsed;
    receipt = decided;
    state = State.DELIVERING;
    return new TapStep.Send(TapApdu.receipt(decided));
  }

  private TapStep finish(boolean delivered) {
    state = State.ENDED;
    return new TapStep.Finished(
        requireNonNull(token, "a token was received"),
        requireNonNull(receipt, "a receipt was signed"),
        delivered);
  }

  private TapStep fail(TapFailure failure, int statusWord) {
    state = State.ENDED;
    return new TapStep.Failed(failure, statusWord);
  }

  private static boolean isOurs(byte[] fileControlInformation) {
    try {
      Tlv fci = Tlv.parse(fileControlInformation);
      Optional<Tlv> name = fci.child(TapApdu.DF_NAME);
      return fci.tag() == TapApdu.FCI
          && name.filter(tlv -> TapApdu.isApplicationId(tlv.value())).isPresent();
    } catch (MalformedException malformed) {
      return false;
    }
  }

  private static void requireState(boolean holds, String message) {
    if (!holds) {
      throw new IllegalStateException(message);
    }
  }
}
